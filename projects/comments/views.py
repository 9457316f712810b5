"""Pages with a proposal and its review side by side, and of the ministry's comments."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from foundation.web.pages import make_move, open_moves
from projects.drafting import unsaved
from projects.reviews import board, queue
from projects.reviews.forms import REVIEW_FORMS
from projects.reviews.models import Review
from projects.reviews.views.reviews import (
    amounts,
    conditions_of,
    given_marks,
    may_ask,
    write_answer,
)
from projects.reviews.workflow import REVIEW

from . import side_by_side
from .forms import COMMENT_FORMS, CommentForm
from .models import Comment
from .references import may_be_asked, words_of
from .workflow import COMMENT


def read(request, pk):
    """The proposal as submitted on the left; the review, questions and comments on the right."""
    review = review_to_read(request.user, pk)
    if "keep" in request.POST:
        keep_answer(request, review)
        messages.success(request, gettext("What you typed is kept. Nobody else sees it."))
        return redirect(f"{reverse('projects:read', args=[review.pk])}#review-side")
    context = page_of(request, review)
    if REVIEW["answer"] not in REVIEW.open_to(request.user, review) and request.method != "POST":
        return render(request, "projects/comments/read.html", context)
    answer = write_answer(request, review, "projects/comments/read.html", **context)
    if answer.status_code == 302:
        messages.success(request, gettext("The answer is prepared; an approver confirms it."))
        return redirect("projects:read", review.pk)
    return answer


def review_to_read(user, pk):
    rows = Review.objects.visible_to(user).for_page()
    return get_object_or_404(rows.select_related("revision__submitted_by"), pk=pk)


def page_of(request, review):
    user, proposal = request.user, side_by_side.proposal_of(review)
    place, waiting, before, after = queue.place_in_queue(review, user)
    questions = review.questions.visible_to(user).for_list().order_by("-pk")
    return {
        "review": review,
        "proposal": proposal,
        "row": board.rows([review], user)[0],
        "shown": review.shows_answer_to(user),
        "moves": open_moves(REVIEW, user, review, forms=REVIEW_FORMS, but=("answer",)),
        "desk": {"place": place, "waiting": waiting, "before": before, "after": after},
        "questions": [(each, words_of(each), proposal.anchor(each.about)) for each in questions],
        "may_ask": may_ask(user, review),
        "conditions": conditions_of(review, user),
        **given_marks(review),
        **amounts(review),
        **comments_of(request, review, proposal),
    }


def comments_of(request, review, proposal):
    """The ministry's comments in page order, and the form for the subject in ``?about=``."""
    user, ranks = request.user, proposal.subjects
    draft = Comment(proposal=review.proposal, review=review, about=request.GET.get("about", ""))
    rows = Comment.objects.visible_to(user).of_review_ministry(review).for_list().order_by("pk")
    noted = sorted(rows, key=lambda each: ranks.get(proposal.anchor(each.about), len(ranks)))
    may_write = COMMENT["write"].post_of(user, draft) and not COMMENT["write"].barred(user, draft)
    form = None
    if may_write and draft.about in ranks:
        form = CommentForm(None, record=draft, move=COMMENT["write"], actor=user)
    return {
        "reads_comments": user.has_perm(Comment.view_permission, draft),
        "may_comment": may_write,
        "comments": [noted_at(each, proposal, review, user) for each in noted],
        "counts": Counter(proposal.anchor(each.about) for each in noted if each.state == "open"),
        "comment_form": form,
        "comment_about": draft.about and form and proposal.words(draft.about),
        "comment_place": draft.about,
        "comment_address": reverse("projects:new-comment", args=[review.pk]),
    }


def noted_at(comment, proposal, review, user):
    return {
        "comment": comment,
        "about": proposal.words(comment.about),
        "anchor": proposal.anchor(comment.about),
        "moves": open_moves(COMMENT, user, comment, forms=COMMENT_FORMS),
        "may_be_asked": may_be_asked(comment.about, review.component_id),
    }


def new_comment(request, pk):
    """Write a comment on the proposal of a review."""
    review = review_to_read(request.user, pk)
    comment = Comment(proposal=review.proposal, review=review, about=request.GET.get("about", ""))
    return write_comment(request, review, comment, "write", request.path)


def move_comment(request, pk, move):
    comment = get_object_or_404(Comment.objects.visible_to(request.user).for_list(), pk=pk)
    review = review_to_read(request.user, comment.review_id)
    return write_comment(request, review, comment, move, request.path)


def write_comment(request, review, comment, move, address):
    """Make a move of a comment; its page has the same list of comments as the review's."""
    proposal = side_by_side.proposal_of(review)
    about = request.POST.get("about") or comment.about
    context = comments_of(request, review, proposal) | {
        "comment_about": proposal.words(about) if about in proposal.subjects else "",
        "comment_place": about,
        "comment_address": address,
        "home": reverse("projects:read", args=[review.pk]),
    }
    return make_move(
        request,
        COMMENT,
        comment,
        move,
        forms=COMMENT_FORMS,
        template="projects/comments/comment.html",
        review=review,
        parent=review,
        **context,
    )


@require_POST
def keep_unsaved_answer(request, pk):
    """Store an unsaved answer while it is typed, or discard it; nobody else sees it."""
    review = review_to_read(request.user, pk)
    if "discard" in request.POST:
        unsaved.forget(review.proposal, request.user, unsaved.place_of(review))
        return redirect("projects:read", review.pk)
    if int(request.headers.get("Content-Length") or 0) > unsaved.MOST_BYTES:
        return HttpResponseBadRequest(gettext("This is too long to be kept."))
    return render(request, "projects/drafting/kept.html", {"jotting": keep_answer(request, review)})


def keep_answer(request, review):
    if REVIEW["answer"] not in REVIEW.open_to(request.user, review):
        raise PermissionDenied
    return unsaved.keep(review.proposal, request.user, unsaved.place_of(review), request.POST)
