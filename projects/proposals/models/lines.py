"""Base of all budget lines: an amount in won of one fiscal year from one source."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.budget.sums import Line


class Source(models.TextChoices):
    NATIONAL = "national", _("national")
    PROVINCIAL = "provincial", _("provincial")
    MUNICIPAL = "municipal", _("municipal")
    PUBLIC_BODY = "public_body", _("public body")
    PRIVATE = "private", _("private")


class WonLine(models.Model):
    """An amount in won of one fiscal year from one source."""

    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    source = models.CharField(_("source"), max_length=20, choices=Source)
    won = models.BigIntegerField(_("won"))

    class Meta:
        abstract = True


def lines_content(lines):
    return sorted([line.fiscal_year, line.source, line.won] for line in lines)


def plain(lines, *, component):
    """Convert rows to the plain lines of :mod:`projects.budget.sums`."""
    return [
        Line(component.pk, component.ministry_id, line.fiscal_year, line.source, line.won)
        for line in lines
    ]
