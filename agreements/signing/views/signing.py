"""Pages on which parties sign: here, elsewhere, on paper."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext

from agreements.versions.models import Party, Version
from agreements.versions.views.agreements import schedule_tables
from agreements.versions.workflow import PARTY
from foundation.engine.workflow import readable
from foundation.models import Event
from foundation.web.downloads import SEALED
from foundation.web.pages import make_move, open_moves

from ..forms import PAPER_FORMS, PARTY_FORMS
from ..models import PaperSignature
from ..workflow import PAPER

TEMPLATES = {
    "sign": "agreements/signing/sign.html",
    "sign_elsewhere": "agreements/signing/sign_elsewhere.html",
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
            template="agreements/signing/clauses.html",
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
        template="agreements/signing/paper_form.html",
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
        "is_current": found.digest == found.party.version.digest,
        "events": readable(Event.objects.of(found), request.user).in_order(),
    }
    return render(request, "agreements/signing/paper.html", context)


def scan(request, pk):
    """Download the scan; it is never displayed in the browser."""
    found = visible_paper(request.user, pk)
    answer = HttpResponse(bytes(found.scan), content_type=found.media_type, headers=SEALED)
    answer["Content-Disposition"] = content_disposition_header(True, found.name)
    return answer


def move_paper(request, pk, move):
    found = visible_paper(request.user, pk)
    return make_move(request, PAPER, found, move, forms=PAPER_FORMS)
