"""Pages of remarks: written by a party, answered by the coordinator."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from agreements.consent.views import article_of
from foundation.engine.workflow import readable
from foundation.models import Event
from foundation.web.pages import make_move, open_moves

from ..forms import REMARK_FORMS
from ..models import Remark
from ..workflow import REMARK


def unsaved_remark(user, pk):
    """A new remark on one article, for the party for which the person may write."""
    version, article = article_of(user, pk)
    if article is None:
        raise Http404
    remark = Remark(version=version, article=article, heading=str(article))
    for party in version.parties.all():
        remark.organisation = party.organisation
        if REMARK["write"].post_of(user, remark):
            return remark
    return remark


def new_remark(request, pk):
    remark = unsaved_remark(request.user, pk)
    return make_move(
        request,
        REMARK,
        remark,
        "write",
        forms=REMARK_FORMS,
        template="agreements/drafting/new_remark.html",
        parent=remark.version,
        article=remark.article,
    )


def remark(request, pk):
    remark = get_object_or_404(Remark.objects.visible_to(request.user).for_page(), pk=pk)
    context = {
        "remark": remark,
        "moves": open_moves(REMARK, request.user, remark, forms=REMARK_FORMS),
        "events": readable(Event.objects.of(remark), request.user).in_order(),
    }
    return render(request, "agreements/drafting/remark.html", context)


def move_remark(request, pk, move):
    remark = get_object_or_404(Remark.objects.visible_to(request.user).for_page(), pk=pk)
    return make_move(
        request,
        REMARK,
        remark,
        move,
        forms=REMARK_FORMS,
        template="agreements/drafting/move_remark.html",
    )
