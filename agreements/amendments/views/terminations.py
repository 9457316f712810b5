"""Pages of a termination: prepared by one coordinator, decided by another."""

from django.shortcuts import get_object_or_404, render

from agreements.versions.models import Agreement
from agreements.versions.views.agreements import current_version
from foundation.engine.workflow import readable
from foundation.models import Event
from foundation.web.pages import make_move, open_moves

from ..forms import TERMINATION_FORMS
from ..models import Termination
from ..workflow import TERMINATION


def new_termination(request, pk):
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
    version = current_version(request.user, pk)
    row = Termination(agreement=agreement, version=version)
    return make_move(
        request, TERMINATION, row, "prepare", forms=TERMINATION_FORMS, parent=agreement
    )


def termination(request, pk):
    rows = Termination.objects.visible_to(request.user).for_list()
    termination = get_object_or_404(rows, pk=pk)
    context = {
        "termination": termination,
        "moves": open_moves(TERMINATION, request.user, termination, forms=TERMINATION_FORMS),
        "events": readable(Event.objects.of(termination), request.user).in_order(),
    }
    return render(request, "agreements/amendments/termination.html", context)


def move_termination(request, pk, move):
    rows = Termination.objects.visible_to(request.user).for_list()
    termination = get_object_or_404(rows, pk=pk)
    return make_move(request, TERMINATION, termination, move, forms=TERMINATION_FORMS)
