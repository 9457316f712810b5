"""The workflow of a deputyship: named with its days, ended by an approver or on return."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NEW, Move, NotNow, Workflow
from foundation.time import clock

from .models import Deputy, Membership

S = Deputy.State


def is_possible(deputy):
    """Raise NotNow if the deputy cannot be named; checked under the lock of the post."""
    hold_the_post(deputy)
    for _field, reason in refusals(deputy):
        raise NotNow(reason)


def hold_the_post(deputy):
    """Lock the post, so that a concurrent naming of its deputy waits."""
    list(post_of(deputy).select_for_update(of=("self",)))


def post_of(deputy):
    """The post in which the deputy acts, while its holder has it."""
    posts = Membership.objects.active(clock.today())
    return posts.filter(
        user=deputy.absent_id, organisation=deputy.organisation_id, role=deputy.role
    )


def refusals(deputy):
    """(field, reason) for each reason why the deputy cannot be named; none if it is possible."""
    if deputy.deputy_id == deputy.absent_id:
        yield "deputy", gettext("Nobody is their own deputy.")
    elif deputy.deputy_id == deputy.named_by_id:
        yield (
            "deputy",
            gettext("Nobody names themselves. Ask another approver, or choose somebody else."),
        )
    if not post_of(deputy).exists():
        yield "post", gettext("This person no longer holds this post.")
    if not is_colleague(deputy):
        yield (
            "deputy",
            gettext("Only somebody with a post in the same organisation can be the deputy."),
        )
    yield from refused_days(deputy)


def is_colleague(deputy):
    posts = Membership.objects.active(clock.today())
    return posts.filter(user=deputy.deputy_id, organisation=deputy.organisation_id).exists()


def refused_days(deputy):
    """(field, reason) for days that are past, in the wrong order, or taken by another deputy."""
    if deputy.since < clock.today():
        yield "since", gettext("Choose today or a later day.")
    if deputy.until < deputy.since:
        yield "until", gettext("The last day is before the first.")
    elif other := overlapping(deputy).first():
        yield (
            "since",
            gettext("%(name)s is the deputy already from %(since)s to %(until)s.")
            % {
                "name": other.deputy,
                "since": other.since,
                "until": other.until,
            },
        )


def overlapping(deputy):
    rows = Deputy.objects.filter(
        state=S.NAMED,
        absent=deputy.absent_id,
        organisation=deputy.organisation_id,
        role=deputy.role,
        since__lte=deputy.until,
        until__gte=deputy.since,
    )
    return rows.exclude(pk=deputy.pk).select_related("deputy").order_by("since", "pk")


def is_not_over(deputy):
    if deputy.until < clock.today():
        raise NotNow(gettext("It has ended by itself, on %s.") % deputy.until)


def end_today(deputy):
    """Past days stay on the record; days in the future give no right any more."""
    if deputy.since <= clock.today():
        deputy.until = clock.today()


DEPUTY = Workflow(
    Deputy,
    #    move       from       to        who may                   label
    Move("name",    {NEW},     S.NAMED,  "accounts.name_deputy",   _("Name a deputy"),
         does=is_possible, stamps="named_by", tone="primary"),
    Move("end",     {S.NAMED}, S.ENDED,  "accounts.name_deputy",   _("End the deputyship"),
         requires=(is_not_over,), does=end_today, tone="danger"),
    Move("take_up", {S.NAMED}, S.ENDED,  "accounts.take_up_post",  _("I am back: take up my post again"),
         requires=(is_not_over,), does=end_today, only_by=("absent",), tone="primary"),
)  # fmt: skip
