"""The amounts of a component after a cut of its national funds of a year."""

from django.db import models
from django.utils.translation import pgettext_lazy

from projects.models import Source

LOCAL = (Source.MUNICIPAL, Source.PROVINCIAL)


class How(models.TextChoices):
    """Three ways to follow a cut; all amounts stay whole won."""

    SMALLER = "smaller", pgettext_lazy("cut", "smaller: local funds shrink in the agreed ratio")
    LATER = "later", pgettext_lazy("cut", "later: what is cut moves to the year after")
    BORNE = "borne", pgettext_lazy("cut", "as large: the local government bears what is cut")


def after_cut(amounts, year, loss, how):
    """{(year, source): won} after a loss of national won in one year; amounts of 0 are left out."""
    after = dict(amounts)
    there = after[year, Source.NATIONAL]
    after[year, Source.NATIONAL] = there - loss
    if how == How.SMALLER:
        for source in (source for source in LOCAL if (year, source) in after):
            after[year, source] = after[year, source] * (there - loss) // there
    elif how == How.LATER:
        after[year + 1, Source.NATIONAL] = after.get((year + 1, Source.NATIONAL), 0) + loss
    else:
        bears = next((source for source in LOCAL if (year, source) in after), Source.MUNICIPAL)
        after[year, bears] = after.get((year, bears), 0) + loss
    return {key: won for key, won in after.items() if won}
