"""Pages on which parties sign: here, elsewhere, on paper; delegations and corrections."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext

from foundation.engine.workflow import readable
from foundation.models import Event
from foundation.web.downloads import SEALED
from foundation.web.pages import make_move, open_moves

from ..forms import (
    CONFIRMATION_FORMS,
    CORRECTION_FORMS,
    PAPER_FORMS,
    PARTY_FORMS,
    signed_here,
)
from ..models import Confirmation, Correction, PaperSignature, Party, Version
from ..workflow import CONFIRMATION, CORRECTION, PAPER, PARTY
from .agreements import newest_version, schedule_tables

TEMPLATES = {
    "sign": "agreements/sign.html",
    "sign_elsewhere": "agreements/sign_elsewhere.html",
}


def move_party(request, pk, move):
    party = get_object_or_404(Party.objects.visible_to(request.user).for_page(), pk=pk)
    if move == "weigh":
        return make_move(
            request,
            PARTY,
            party,
            move,
            forms=PARTY_FORMS,
            template="agreements/clauses.html",
            button=gettext("Keep what is entered"),
            **schedule_tables(Version.objects.for_page().get(pk=party.version_id)),
        )
    more = {"deed": newest_deed(party.version)} if move in TEMPLATES else {}
    template = TEMPLATES.get(move, "move.html")
    return make_move(request, PARTY, party, move, forms=PARTY_FORMS, template=template, **more)


def newest_deed(version):
    return version.deeds.without_bytes().filter(edition=version.edition).newest_first().first()


def new_paper(request, pk):
    """Enter the scan of a signed print for one party."""
    party = get_object_or_404(Party.objects.visible_to(request.user).for_page(), pk=pk)
    return make_move(
        request,
        PAPER,
        PaperSignature(party=party),
        "enter",
        forms=PAPER_FORMS,
        template="agreements/paper_form.html",
        parent=party,
        deed=newest_deed(party.version),
    )


def visible_paper(user, pk):
    return get_object_or_404(PaperSignature.objects.visible_to(user).for_page(), pk=pk)


def paper(request, pk):
    found = visible_paper(request.user, pk)
    context = {
        "paper": found,
        "moves": open_moves(PAPER, request.user, found, forms=PAPER_FORMS),
        "stands": found.digest == found.party.version.digest,
        "events": readable(Event.objects.of(found), request.user).in_order(),
    }
    return render(request, "agreements/paper.html", context)


def scan(request, pk):
    """The scan, to be saved and not shown."""
    found = visible_paper(request.user, pk)
    answer = HttpResponse(bytes(found.scan), content_type=found.media_type, headers=SEALED)
    answer["Content-Disposition"] = content_disposition_header(True, found.name)
    return answer


def move_paper(request, pk, move):
    found = visible_paper(request.user, pk)
    return make_move(request, PAPER, found, move, forms=PAPER_FORMS)


def new_correction(request, pk):
    version = newest_version(request.user, pk)
    return make_move(
        request,
        CORRECTION,
        Correction(version=version),
        "propose",
        forms=CORRECTION_FORMS,
        template="agreements/correction_form.html",
        parent=version,
    )


def visible_correction(user, pk):
    return get_object_or_404(Correction.objects.visible_to(user).for_page(), pk=pk)


def correction(request, pk):
    """The comparison by words, and what each party says to it."""
    found = visible_correction(request.user, pk)
    rows = sorted(found.confirmations.all(), key=lambda row: (row.party.position, row.party_id))
    context = {
        "correction": found,
        "changes": [
            {"number": row.number, "before": row.before, "after": row.after}
            for row in sorted(found.articles.all(), key=lambda row: row.number)
        ],
        "moves": open_moves(CORRECTION, request.user, found),
        "confirmations": [confirmation_row(request.user, found, row) for row in rows],
        "events": readable(Event.objects.of(found), request.user).in_order(),
    }
    return render(request, "agreements/correction.html", context)


def confirmation_row(user, correction, row):
    row.correction = correction
    row.party.version = correction.version
    signature = row.party.standing_signature()
    return {
        "confirmation": row,
        "moves": open_moves(CONFIRMATION, user, row, forms=forms_for(row.party)),
        "asks_anew": signature is not None and signature.kind != "platform",
    }


def forms_for(party):
    """Who has signed here gives the password with the click; for all others it is one click."""
    return CONFIRMATION_FORMS if signed_here(party) else {}


def move_correction(request, pk, move):
    found = visible_correction(request.user, pk)
    return make_move(request, CORRECTION, found, move, forms=CORRECTION_FORMS)


def move_confirmation(request, pk, move):
    rows = Confirmation.objects.visible_to(request.user).for_page()
    found = get_object_or_404(rows, pk=pk)
    template = "agreements/confirm.html" if move == "confirm" else "move.html"
    forms = CONFIRMATION_FORMS
    return make_move(request, CONFIRMATION, found, move, forms=forms, template=template)
