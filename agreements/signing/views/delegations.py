"""Pages of delegations: who may sign for the head of an organisation."""

from django.shortcuts import get_object_or_404, render

from accounts.models import Organisation
from foundation.time import clock
from foundation.web.pages import make_move, open_moves

from ..forms import DELEGATION_FORMS
from ..models import Delegation
from ..workflow import DELEGATION

PERMISSION = "agreements.grant_delegation"


def delegations(request):
    """Delegations of the reader's organisations; all of them for those who may read everything."""
    rows = Delegation.objects.visible_to(request.user).for_list()
    today = clock.today()
    shown = [
        {
            "delegation": row,
            "valid": row.is_valid_on(today),
            "ended": row.state == Delegation.State.GRANTED and row.until < today,
            "moves": open_moves(DELEGATION, request.user, row),
        }
        for row in rows.order_by("-until", "-pk")[:200]
    ]
    return render(
        request,
        "agreements/signing/delegations.html",
        {"rows": shown, "organisations": grantable(request.user)},
    )


def grantable(user):
    """The organisations for which ``user`` may delegate."""
    held = [post.organisation for post in user.posts]
    mine = {
        body.pk: body for body in held if user.has_perm(PERMISSION, Delegation(organisation=body))
    }
    return [mine[key] for key in sorted(mine)]


def new_delegation(request, organisation):
    body = get_object_or_404(Organisation.objects.named(), pk=organisation)
    return make_move(
        request,
        DELEGATION,
        Delegation(organisation=body),
        "grant",
        forms=DELEGATION_FORMS,
        template="agreements/signing/delegation.html",
        organisation=body,
    )


def move_delegation(request, pk, move):
    rows = Delegation.objects.visible_to(request.user).for_list()
    return make_move(request, DELEGATION, get_object_or_404(rows, pk=pk), move)
