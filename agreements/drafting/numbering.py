"""Numbering of articles: 1, 2, 3 …, without gaps."""

from django.db.models import Case, PositiveSmallIntegerField, Value, When


def put_in_order(articles, keys):
    """Number the articles in the order of their keys, in one statement."""
    places = [When(pk=key, then=Value(place)) for place, key in enumerate(keys, start=1)]
    if places:
        articles.update(number=Case(*places, output_field=PositiveSmallIntegerField()))
