"""Pages of corrections and their confirmations."""

from django.shortcuts import get_object_or_404, render

from agreements.versions.views.agreements import newest_version
from foundation.engine.workflow import readable
from foundation.models import Event
from foundation.web.pages import make_move, open_moves

from .forms import CONFIRMATION_FORMS, CORRECTION_FORMS, signed_here
from .models import Confirmation, Correction
from .workflow import CONFIRMATION, CORRECTION


def new_correction(request, pk):
    version = newest_version(request.user, pk)
    return make_move(
        request,
        CORRECTION,
        Correction(version=version),
        "propose",
        forms=CORRECTION_FORMS,
        template="agreements/corrections/correction_form.html",
        parent=version,
    )


def visible_correction(user, pk):
    return get_object_or_404(Correction.objects.visible_to(user).for_page(), pk=pk)


def correction(request, pk):
    """The changes word by word, and the answer of each party."""
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
    return render(request, "agreements/corrections/correction.html", context)


def confirmation_row(user, correction, row):
    row.correction = correction
    row.party.version = correction.version
    signature = row.party.current_signature()
    return {
        "confirmation": row,
        "moves": open_moves(CONFIRMATION, user, row, forms=forms_for(row.party)),
        "must_sign_again": signature is not None and signature.kind != "platform",
    }


def forms_for(party):
    """The forms for a party: with a password if it has signed here, else none."""
    return CONFIRMATION_FORMS if signed_here(party) else {}


def move_correction(request, pk, move):
    found = visible_correction(request.user, pk)
    return make_move(request, CORRECTION, found, move, forms=CORRECTION_FORMS)


def move_confirmation(request, pk, move):
    rows = Confirmation.objects.visible_to(request.user).for_page()
    found = get_object_or_404(rows, pk=pk)
    template = "agreements/corrections/confirm.html" if move == "confirm" else "move.html"
    forms = CONFIRMATION_FORMS
    return make_move(request, CONFIRMATION, found, move, forms=forms, template=template)
