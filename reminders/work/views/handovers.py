"""Pages of handovers, by which the work of a post goes to its successor."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Membership, User
from foundation.time import clock
from foundation.web.bulk import chosen

from .. import handover as leaving
from ..bulk_handover import HANDED
from ..my_work import Work
from ..work_query import mine

ROWS = 25


class HandoverFilter(forms.Form):
    """Filter of the listed posts: ending or ended, with matters held by name, or all."""

    posts = forms.ChoiceField(
        label=gettext_lazy("posts"),
        required=False,
        choices=[
            ("", gettext_lazy("ending or ended")),
            ("held", gettext_lazy("with matters held by name")),
            ("all", gettext_lazy("all posts")),
        ],
    )

    def of(self, rows, today):
        """The filtered rows; the ending ones if the filter is invalid."""
        wanted = self.cleaned_data["posts"] if self.is_valid() else ""
        if wanted == "held":
            return rows.filter(held__gt=0)
        return rows if wanted else rows.filter(leaving.ended(today))


def handovers(request):
    """The posts whose handover one may read, the last to end first."""
    today, chosen = clock.today(), HandoverFilter(request.GET)
    rows = chosen.of(leaving.handovers(request.user, today), today)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "filter": {"form": chosen}, "today": today}
    return render(request, "reminders/work/handovers.html", context)


class HandoverForm(forms.Form):
    """The successor: somebody with the same post in the same organisation."""

    successor = forms.ModelChoiceField(
        label=gettext_lazy("successor"),
        queryset=User.objects.none(),
        help_text=gettext_lazy("Somebody who has the same post, or acts for one who has."),
    )

    def __init__(self, *args, post, **options):
        super().__init__(*args, **options)
        today = clock.today()
        posts = Membership.objects.active(today).filter(
            organisation__in=bodies_of(post), role=post.role
        )
        people = User.objects.acting_in(posts, today).exclude(pk=post.user_id)
        self.fields["successor"].queryset = people.order_by("name", "pk")
        self.anybody = people.exists()


def bodies_of(post):
    """The keys of the organisation of a post and of its successors."""
    body = post.organisation
    return [body.pk, *body.successors.values_list("pk", flat=True)]


def handover(request, post):
    """Open work of a post, for those who may hand it over and for its possible successors."""
    post = get_object_or_404(Membership.objects.with_rights(), pk=post)
    may_hand = request.user.has_perm("accounts.hand_over_post", post)
    if not may_hand and not comes_next(request.user, post):
        raise Http404
    form = HandoverForm(request.POST if request.method == "POST" else None, post=post)
    if request.method != "POST":
        return draw(request, post, form, may_hand)
    if not may_hand:
        raise PermissionDenied
    seen = seen_in(request.POST)
    if not form.is_valid() or not seen:
        if not seen:
            form.add_error(None, _("Choose at least one row."))
        return draw(request, post, form, may_hand, status=422)
    return hand(request, post, form, seen)


def comes_next(user, post):
    return any(each.role == post.role and post.organisation_id in each.reach for each in user.posts)


def seen_in(sent):
    """The chosen rows by kind, from ``review.12:3`` …: key and number of moves that was shown."""
    seen = {}
    for value in sent.getlist("row")[: leaving.MOST]:
        name, _dot, row = value.partition(".")
        if name in HANDED and (pair := chosen([row])):
            seen.setdefault(name, {}).update(pair)
    return seen


def hand(request, post, form, seen):
    successor, today = form.cleaned_data["successor"], clock.today()
    outcomes = leaving.hand_all(post, seen, successor, request.user, today)
    failed = [outcome for outcome in outcomes if not outcome.made]
    if made := len(outcomes) - len(failed):
        words = ngettext(
            "%(count)d matter is handed to %(name)s.",
            "%(count)d matters are handed to %(name)s.",
            made,
        )
        messages.success(request, words % {"count": made, "name": successor})
    if not failed:
        return redirect("reminders:handover", post.pk)
    return draw(request, post, form, True, failed=failed)


def draw(request, post, form, may_hand, *, status=200, failed=()):
    today = clock.today()
    context = {
        "post": post,
        "is_over": bool(post.until and post.until < today) or not post.user.is_active,
        "form": form,
        "may_hand": may_hand,
        "failed": failed,
        "held": leaving.held(post, today),
        "work": Work(leaving.as_holder(post), today, streams=mine),
        "deputies": leaving.deputyships(post, today),
        "delegations": leaving.delegations(post, today),
        "events": leaving.decisions(post, request.user),
    }
    return render(request, "reminders/work/handover.html", context, status=status)


def left_behind(user, today):
    """Ending or ended posts with matters held by name that ``user`` may hand over."""
    if not user.may_somewhere("accounts.hand_over_post"):
        return []
    return leaving.ending(user, today)
