"""A person's queue of reviews: those that wait for them, in the order of due dates."""

from django.db.models import Case, Count, DateField, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import held_by_another
from foundation.time import clock
from foundation.time.calendar import moved_on
from projects.comments.models import Comment

from .models import Question, Review
from .workflow import QUESTION, REVIEW

R = Review.State
TURN, MINISTRY = "turn", "ministry"
QUEUES = ((TURN, _("wait for me")), (MINISTRY, _("of my ministry")))


def in_queue(name, rows, user):
    """The ``rows`` in one of the :data:`QUEUES`; any other name means all of them."""
    if name == TURN:
        return rows.filter(turns_of(user))
    if name == MINISTRY:
        return rows.filter(ministry__in=user.organisations)
    return rows


def turns_of(user):
    """A Q of the reviews on which ``user`` must act: answer, confirm, re-route, reply."""
    running = Review.objects.running()
    another = held_by_another(
        user, REVIEW["answer"].permission, Review, "assigned_to", clock.today()
    )
    asked = Question.objects.filter(state=Question.State.ASKED)
    return (
        keys(REVIEW, "answer", running.filter(state=R.WAITING).exclude(another), user)
        | keys(REVIEW, "confirm", running.filter(state=R.ANSWERED), user)
        | keys(REVIEW, "reroute", running.filter(state=R.DISOWNED), user)
        | Q(pk__in=QUESTION.open_rows("answer", user, asked).values("review"))
    )


def keys(workflow, move, rows, user):
    return Q(pk__in=workflow.open_rows(move, user, rows).values("pk"))


def by_urgency(rows):
    """Order by due date; stopped clocks count as resumed today, closed reviews come last.

    Of those due on the same day, one whose clock is stopped comes after.
    """
    today = clock.today()
    waits = rows.filter(state__in=Review.OPEN, stopped_on__isnull=False)
    days = waits.order_by().values_list("due_on", "stopped_on").distinct()
    moved = [
        When(due_on=due, stopped_on=since, then=Value(moved_on(due, since, today)))
        for due, since in days
    ]
    over = When(~Q(state__in=Review.OPEN), then=Value(None))
    due = Case(over, *moved, default=F("due_on"), output_field=DateField())
    return rows.annotate(due=due).order_by(F("due").asc(nulls_last=True), "-due_on", "pk")


def with_counts(rows, user):
    """Annotate the numbers of open questions and comments that ``user`` may read."""
    asked = Question.objects.visible_to(user).filter(state=Question.State.ASKED)
    noted = Comment.objects.visible_to(user).filter(state=Comment.State.OPEN)
    return rows.annotate(open_questions=how_many(asked), open_comments=how_many(noted))


def how_many(rows):
    mine = rows.filter(review=OuterRef("pk")).order_by().values("review")
    return Coalesce(Subquery(mine.annotate(n=Count("pk")).values("n")), 0)


def place_in_queue(review, user):
    """(position, length, key before, key after) of a review in the queue of ``user``.

    For a review that is not in the queue, position and key before are None, key after is the first.
    """
    waiting = Review.objects.visible_to(user).filter(turns_of(user))
    found = list(by_urgency(waiting).values_list("pk", flat=True))
    if review.pk not in found:
        return None, len(found), None, next(iter(found), None)
    at = found.index(review.pk)
    before = found[at - 1] if at else None
    after = found[at + 1] if at + 1 < len(found) else None
    return at + 1, len(found), before, after
