"""URLs of the ranking and decision letters."""

from django.urls import path

from .views import letters, ranking

urlpatterns = [
    path("calls/<int:pk>/ranking/", ranking.ranking, name="ranking"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
    path("letters/<int:pk>/letter.pdf", letters.letter_pdf, name="letter-pdf"),
]
