"""URLs of reviews and questions."""

from django.urls import path

from .views import board, bulk, questions, reviews

urlpatterns = [
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/board/", board.review_board, name="board"),
    path("reviews/bulk/", bulk.bulk_reviews, name="bulk-reviews"),
    path("reviews/<int:pk>/", reviews.review, name="review"),
    path("reviews/<int:pk>/moves/<slug:move>/", reviews.move_review, name="move-review"),
    path("reviews/<int:pk>/questions/new/", questions.new_question, name="new-question"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("questions/<int:pk>/moves/<slug:move>/", questions.move_question, name="move-question"),
]
