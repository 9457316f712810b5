"""Pages of deputies: who is away, who is the deputy, until when."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext

from foundation.engine.workflow import readable
from foundation.models import Event
from foundation.web.pages import make_move, open_moves

from .forms import DEPUTY_FORMS
from .models import Deputy, Organisation
from .permissions import PERMISSIONS
from .workflow import DEPUTY

ROWS = 25


def deputies(request):
    rows = Deputy.objects.visible_to(request.user).for_list().order_by("-until", "-pk")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "bodies": bodies_to_name_in(request.user)}
    return render(request, "accounts/deputies.html", context)


def new_deputy(request):
    """Name a deputy in one of the organisations in which one may."""
    bodies = bodies_to_name_in(request.user)
    wanted = request.GET.get("organisation")
    found = [body for body in bodies if wanted in (None, body.pk)]
    if not found:
        raise PermissionDenied(gettext("An approver of the organisation names its deputies."))
    deputy = Deputy(organisation=found[0])
    return make_move(
        request,
        DEPUTY,
        deputy,
        "name",
        forms=DEPUTY_FORMS,
        template="accounts/new_deputy.html",
        body=found[0],
    )


def bodies_to_name_in(user):
    """The organisations in which ``user`` may name deputies, in the order of their posts."""
    roles = frozenset().union(*(right.roles for right in PERMISSIONS["accounts.name_deputy"]))
    held = [post.organisation_id for post in user.posts if post.role in roles]
    bodies = Organisation.objects.named().in_bulk(held)
    return [bodies[pk] for pk in dict.fromkeys(held)]


def deputy(request, pk):
    deputy = get_object_or_404(Deputy.objects.visible_to(request.user).for_list(), pk=pk)
    context = {
        "deputy": deputy,
        "moves": open_moves(DEPUTY, request.user, deputy) if not deputy.is_over else [],
        "events": readable(Event.objects.of(deputy), request.user).in_order(),
    }
    return render(request, "accounts/deputy.html", context)


def move_deputy(request, pk, move):
    deputy = get_object_or_404(Deputy.objects.visible_to(request.user).for_list(), pk=pk)
    return make_move(request, DEPUTY, deputy, move, forms=DEPUTY_FORMS)
