"""Pages of questions: asked by a ministry, answered by the local government."""

from django.shortcuts import get_object_or_404, render

from foundation.models import Event
from foundation.pages import make_move, open_moves
from foundation.workflow import readable

from ..forms import QUESTION_FORMS
from ..models import Question, Review
from ..subjects import address_of, words_of
from ..workflow import QUESTION


def new_question(request, pk):
    """Ask about one review's component."""
    review = get_object_or_404(Review.objects.visible_to(request.user).for_page(), pk=pk)
    question = Question(proposal=review.proposal, review=review)
    return make_move(
        request,
        QUESTION,
        question,
        "ask",
        forms=QUESTION_FORMS,
        parent=review,
    )


def question(request, pk):
    question = get_object_or_404(Question.objects.visible_to(request.user).for_list(), pk=pk)
    context = {
        "question": question,
        "about": words_of(question),
        "place": address_of(question),
        "moves": open_moves(QUESTION, request.user, question, forms=QUESTION_FORMS),
        "events": readable(Event.objects.of(question), request.user).in_order(),
    }
    return render(request, "projects/question.html", context)


def move_question(request, pk, move):
    question = get_object_or_404(Question.objects.visible_to(request.user).for_list(), pk=pk)
    template = "projects/reply.html" if move == "answer" else "move.html"
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
