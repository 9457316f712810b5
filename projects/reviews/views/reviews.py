"""Pages of reviews: the queue, one review, the form of the answer."""

from functools import partial

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext

from foundation.engine.workflow import readable
from foundation.models import Event
from foundation.web.pages import make_move, open_moves
from projects.budget import sums as budget
from projects.comments.references import with_subjects
from projects.drafting import unsaved
from projects.proposals.models import Source, plain

from .. import board, queue, scoring
from ..filters import ReviewFilter
from ..forms import BULK_REVIEWS, REVIEW_FORMS
from ..models import Question, Review
from ..workflow import QUESTION, REVIEW

ROWS = 25


def reviews(request):
    """The list of reviews: by default the first queue with reviews, soonest due first."""
    user, seen = request.user, Review.objects.visible_to(request.user)
    counts = [
        (name, label, queue.in_queue(name, seen, user).count()) for name, label in queue.QUEUES
    ]
    asked = request.GET.copy()
    asked.setdefault("mine", next((name for name, _label, found in counts if found), ""))
    chosen = ReviewFilter(asked, seen.for_list().defer("revision__content"), request=request)
    rows = queue.with_counts(queue.by_urgency(chosen.qs), user)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": board.rows(page, user),
        "filter": chosen,
        "queues": [*counts, ("", gettext("all"), seen.count())],
        "mine": asked["mine"],
        "many": BULK_REVIEWS.offer(user, page),
    }
    return render(request, "projects/reviews/reviews.html", context)


def review(request, pk):
    review = get_object_or_404(Review.objects.visible_to(request.user).for_page(), pk=pk)
    shown = review.shows_answer_to(request.user)
    questions = review.questions.visible_to(request.user).for_list()
    context = {
        "review": review,
        "shown": shown,
        "moves": open_moves(REVIEW, request.user, review, forms=REVIEW_FORMS),
        "events": readable(Event.objects.of(review), request.user).in_order(),
        "row": board.rows([review], request.user)[0],
        "questions": with_subjects(questions.order_by("-pk")),
        "may_ask": may_ask(request.user, review),
        "conditions": conditions_of(review, request.user),
        **given_marks(review),
        **amounts(review),
    }
    return render(request, "projects/reviews/review.html", context)


def may_ask(user, review):
    question = Question(proposal=review.proposal, review=review)
    return review.state == Review.State.WAITING and QUESTION["ask"].post_of(user, question)


def conditions_of(review, user):
    """The conditions of an answer; ``is_linked`` if ``user`` may open the page of the condition."""
    linked = set(review.conditions.imposed().visible_to(user).values_list("pk", flat=True))
    rows = sorted(review.conditions.all(), key=lambda row: row.pk)
    for row in rows:
        row.is_linked = row.pk in linked
    return rows


def given_marks(review):
    """Template context: the marks of a review by criterion, and their weighted mean."""
    criteria = {criterion.pk: criterion for criterion in review.proposal.call.criteria.all()}
    given = sorted(review.marks.all(), key=lambda mark: mark.criterion_id)
    for mark in given:
        mark.criterion = criteria[mark.criterion_id]
    exact = [scoring.Given(review.pk, m.criterion_id, m.criterion.weight, m.points) for m in given]
    return {"marks": given, "weighted": scoring.in_words(scoring.weighted(exact))}


def amounts(review):
    """Template context: requested and supported amounts by source and year."""
    asked = review.component.plain_lines()
    supported = plain(review.supported_lines.all(), component=review.component)
    years = sorted(budget.by([*asked, *supported], "year"))
    sources = [s.value for s in Source if s.value in budget.by([*asked, *supported], "source")]
    asked_rows, asked_all = budget.table(asked, years, sources, "source")
    supported_rows, supported_all = budget.table(supported, years, sources, "source")
    labels = [Source(source).label for source in sources]
    return {
        "years": years,
        "asked": list(zip(labels, asked_rows, strict=True)),
        "asked_all": asked_all,
        "supported": list(zip(labels, supported_rows, strict=True)),
        "supported_all": supported_all,
    }


def move_review(request, pk, move):
    review = get_object_or_404(Review.objects.visible_to(request.user).for_page(), pk=pk)
    if move == "answer":
        return write_answer(request, review, "projects/reviews/answer.html", **amounts(review))
    return make_move(request, REVIEW, review, move, forms=REVIEW_FORMS)


def write_answer(request, review, template, /, **context):
    """Show or save the form of the answer; unsaved text of the same person is loaded."""
    place = unsaved.place_of(review)
    answer = make_move(
        request,
        REVIEW,
        review,
        "answer",
        forms=REVIEW_FORMS,
        template=template,
        reopen=partial(unfinished, unsaved.of(review.proposal, request.user, place)),
        jot_address=reverse("projects:jot-answer", args=[review.pk]),
        **context,
    )
    if request.method == "POST" and answer.status_code == 302:
        unsaved.forget(review.proposal, request.user, place)
    return answer


def unfinished(jotting, form_class, *, record, **options):
    """The form with what was typed; the stored answer is shown beside it."""
    if jotting is None:
        return form_class(None, record=record, **options)
    form = unsaved.recall(jotting, form_class, record=record, **options)
    form.data["seen"] = str(record.moves_made)
    form.full_clean()
    return form
