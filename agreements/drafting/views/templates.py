"""Pages that show and edit the template of articles of a call."""

from django.shortcuts import get_object_or_404, render

from foundation.engine.workflow import readable
from foundation.models import Event
from foundation.web.pages import make_move, open_moves
from projects.models import Call

from ..first_draft import articles_for, template_of
from ..forms import TEMPLATE_FORMS
from ..placeholders import KNOWN
from ..workflow import TEMPLATE


def visible_template(user, pk):
    return template_of(get_object_or_404(Call.objects.visible_to(user), pk=pk))


def template(request, pk):
    found = visible_template(request.user, pk)
    context = {
        "template": found,
        "call": found.call,
        "articles": articles_for(found.call),
        "blanks": KNOWN.items(),
        "moves": open_moves(TEMPLATE, request.user, found, forms=TEMPLATE_FORMS),
        "events": readable(Event.objects.of(found), request.user).in_order() if found.pk else [],
    }
    return render(request, "agreements/drafting/template.html", context)


def move_template(request, pk, move):
    found = visible_template(request.user, pk)
    return make_move(
        request,
        TEMPLATE,
        found,
        move,
        forms=TEMPLATE_FORMS,
        template="agreements/drafting/template_form.html",
        parent=found.call,
        blanks=KNOWN.items(),
    )
