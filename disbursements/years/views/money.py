"""Pages of carry-overs, settlements, and of what is unspent on termination."""

from django.shortcuts import get_object_or_404, render

from agreements.models import Termination
from disbursements.ledger.models import Appropriation
from disbursements.ledger.views import page_of, visible
from foundation.web.pages import make_move

from ..forms import CARRY_FORMS, SETTLEMENT_FORMS
from ..models import CarryOver, Settlement
from ..unspent_on_termination import COLUMNS, sheet_of
from ..workflow import CARRY_OVER, SETTLEMENT


def termination_money(request, pk):
    """Unspent money of each line: current, or frozen once the termination is decided."""
    rows = Termination.objects.visible_to(request.user).for_list()
    termination = get_object_or_404(rows, pk=pk)
    sheet = sheet_of(termination)
    names = (*COLUMNS, "unpaid", "unspent")
    context = {
        "termination": termination,
        "rows": sheet,
        "sums": {name: sum(getattr(row, name) for row in sheet) for name in names},
    }
    return render(request, "disbursements/years/termination_money.html", context)


def new_carry_over(request, pk):
    carry = CarryOver(appropriation=visible(Appropriation, request.user, pk))
    return make_move(request, CARRY_OVER, carry, "request", forms=CARRY_FORMS)


def carry_over(request, pk):
    carry = visible(CarryOver, request.user, pk)
    return page_of(request, CARRY_OVER, carry, CARRY_FORMS, "disbursements/years/carry_over.html")


def move_carry_over(request, pk, move):
    carry = visible(CarryOver, request.user, pk)
    return make_move(request, CARRY_OVER, carry, move, forms=CARRY_FORMS)


def new_settlement(request, pk):
    settlement = Settlement(appropriation=visible(Appropriation, request.user, pk))
    return make_move(request, SETTLEMENT, settlement, "report", forms=SETTLEMENT_FORMS)


def settlement(request, pk):
    settlement = visible(Settlement, request.user, pk)
    return page_of(
        request, SETTLEMENT, settlement, SETTLEMENT_FORMS, "disbursements/years/settlement.html"
    )


def move_settlement(request, pk, move):
    settlement = visible(Settlement, request.user, pk)
    return make_move(request, SETTLEMENT, settlement, move, forms=SETTLEMENT_FORMS)
