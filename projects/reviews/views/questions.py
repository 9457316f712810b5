"""Pages of questions: asked by a ministry, answered by the local government."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from foundation.engine.workflow import readable
from foundation.models import Event
from foundation.web.pages import make_move, open_moves
from projects.comments.models import Comment
from projects.comments.references import address_of, words_of

from ..forms import QUESTION_FORMS
from ..models import Question, Review
from ..workflow import QUESTION


def new_question(request, pk):
    """Ask about one review's component."""
    review = get_object_or_404(Review.objects.visible_to(request.user).for_page(), pk=pk)
    question = Question(proposal=review.proposal, review=review)
    answer = make_move(
        request,
        QUESTION,
        question,
        "ask",
        forms=QUESTION_FORMS,
        parent=review,
        reopen=partial(begun_with, request, review),
    )
    if "about" in request.GET and answer.status_code == 302:  # asked on the review's page
        messages.success(request, gettext("The question is asked."))
        return redirect(f"{reverse('projects:read', args=[review.pk])}#questions")
    return answer


def begun_with(request, review, form_class, **options):
    """The form with the subject, and the text of a comment if it was made from one."""
    options["initial"]["about"] = request.GET.get("about", "")
    noted = Comment.objects.visible_to(request.user).filter(review__ministry=review.ministry_id)
    number = request.GET.get("comment", "")
    found = noted.filter(proposal=review.proposal_id, pk=as_key(number)).first()
    if found:
        options["initial"]["text"] = found.text
    return form_class(None, **options)


def as_key(text):
    """A primary key from a URL parameter; 0, which finds nothing, if it is invalid."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def question(request, pk):
    question = get_object_or_404(Question.objects.visible_to(request.user).for_list(), pk=pk)
    context = {
        "question": question,
        "about": words_of(question),
        "place": address_of(question),
        "moves": open_moves(QUESTION, request.user, question, forms=QUESTION_FORMS),
        "events": readable(Event.objects.of(question), request.user).in_order(),
    }
    return render(request, "projects/reviews/question.html", context)


def move_question(request, pk, move):
    question = get_object_or_404(Question.objects.visible_to(request.user).for_list(), pk=pk)
    template = "projects/reviews/reply.html" if move == "answer" else "move.html"
    return make_move(
        request,
        QUESTION,
        question,
        move,
        forms=QUESTION_FORMS,
        template=template,
        about=words_of(question),
        place=address_of(question),
    )
