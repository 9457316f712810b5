"""What a question or an issue may be about, and what the decision on an issue changes.

A subject is kept as a word: ``part-section-need``, ``component-7``, ``cell-7-2027-national``,
``review-12``, ``lead-ministry``. :data:`KINDS` says of each kind what it is called and where it
stands. A record with subjects has a ``proposal`` and the ``components`` that come into question.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .models import Source
from .parts import BY_NAME, PARTS


@dataclass(frozen=True)
class Kind:
    """How subjects of one kind are called, and where they stand; each asked with the record."""

    words: Callable
    address: Callable


def subjects_of(record):
    """Everything that a question or an issue may be about, in groups, as choices of a form."""
    cells = [
        (_("Yearly budget: %s") % component, cells_of(component)) for component in live(record)
    ]
    return [components_of(record), *cells, parts_of_proposals()]


def outcomes_of(issue):
    """What the decision on an issue may change, in groups, as choices of a form.

    Another kind of record that decisions change is a row in :data:`KINDS` and a group here.
    """
    return [
        ("", _("nothing of the proposal")),
        (_("Proposal"), [("lead-ministry", _("Lead ministry"))]),
        components_of(issue),
        (_("Answers of the ministries"), reviews_of(issue.proposal)),
        parts_of_proposals(),
    ]


def live(record):
    return [component for component in record.components if not component.dropped]


def components_of(record):
    return _("Components"), [(f"component-{each.pk}", each.title) for each in live(record)]


def cells_of(component):
    lines = sorted(component.lines.all(), key=lambda line: (line.fiscal_year, line.source))
    return [
        (f"cell-{component.pk}-{line.fiscal_year}-{line.source}", cell_words(line))
        for line in lines
    ]


def cell_words(line):
    return f"{line.fiscal_year} · {capfirst(Source(line.source).label)} · {line.won:,}"


def parts_of_proposals():
    return _("Parts of the proposal"), [(f"part-{p.name}", capfirst(p.label)) for p in PARTS]


def reviews_of(proposal):
    """The reviews of the revision submitted last, by ministry and component."""
    rows = proposal.reviews.select_related("component", "revision").order_by("pk")
    reviews = list(rows.prefetch_related("ministry__spells"))
    newest = max((review.revision.number for review in reviews), default=0)
    return [
        (f"review-{review.pk}", f"{review.ministry}: {review}")
        for review in reviews
        if review.revision.number == newest
    ]


def component_in(record, key):
    """The component of a subject; None if it was deleted before any ministry was asked."""
    return next((each for each in record.components if str(each.pk) == key), None)


def component_words(record, key):
    return str(component_in(record, key) or _("a component that was taken out"))


def component_address(record, key):
    component = component_in(record, key)
    return component.get_absolute_url() if component else record.proposal.get_absolute_url()


def words_of_cell(record, rest):
    key, year, source = rest.split("-")
    return f"{component_words(record, key)} · {year} · {capfirst(Source(source).label)}"


def words_of_review(record, key):
    review = record.proposal.reviews.prefetch_related("ministry__spells").get(pk=key)
    return f"{review.ministry}: {review}"


KINDS = {
    "component": Kind(component_words, component_address),
    "cell": Kind(words_of_cell, lambda record, rest: component_address(record, rest.split("-")[0])),
    "part": Kind(
        lambda record, name: capfirst(BY_NAME[name].label),
        lambda record, name: f"{record.proposal.get_absolute_url()}#{name}",
    ),
    "review": Kind(words_of_review, lambda record, key: reverse("review", args=[key])),
    "lead": Kind(
        lambda record, rest: _("Lead ministry"),
        lambda record, rest: f"{record.proposal.get_absolute_url()}#basics",
    ),
}


def words_of(record, subject=None):
    """What a record is about, or another ``subject`` in it, for a reader."""
    kind, _dash, rest = (subject or record.about).partition("-")
    return KINDS[kind].words(record, rest)


def address_of(record, subject=None):
    """Where that stands."""
    kind, _dash, rest = (subject or record.about).partition("-")
    return KINDS[kind].address(record, rest)


def with_subjects(records):
    """Each record with what it is about, for a list."""
    return [(record, words_of(record)) for record in records]
