"""Subjects: what a question, a comment or an issue is about, and what a decision changes.

A subject is stored as text: ``part-section-need``, ``component-7``, ``cell-7-2027-national``,
``review-12``, ``lead-ministry``. :data:`KINDS` has the label and the URL of each kind. A record
with subjects has a ``proposal`` and the ``components`` that it may be about.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from projects.drafting.task_list import BY_NAME, PARTS
from projects.proposals.models import Source, lines_content


@dataclass(frozen=True)
class Kind:
    """Functions for the label and the URL of one kind of subject, called with the record."""

    words: Callable
    address: Callable


def subjects_of(record):
    """All subjects of a question or an issue, as grouped choices of a form field."""
    cells = [
        (
            _("Yearly budget: %s") % component,
            cells_of(component.pk, lines_content(component.lines.all())),
        )
        for component in live(record)
    ]
    return [components_of(record), *cells, parts_of_proposals()]


def outcomes_of(issue):
    """What the decision on an issue may change, as grouped choices of a form field.

    To add another kind of record, add a row to :data:`KINDS` and a group here.
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


def cells_of(component, lines):
    return [
        (cell_subject(component, year, source), cell_words(year, source, won))
        for year, source, won in lines
    ]


def cell_subject(component, year, source):
    return f"cell-{component}-{year}-{source}"


def cell_words(year, source, won):
    return f"{year} · {capfirst(Source(source).label)} · {won:,}"


def places_in(content, component):
    """All subjects of a submitted proposal for one component, as grouped choices of a field."""
    titles = {row["id"]: row["title"] for row in content["components"]}
    lines = next((row["lines"] for row in content["components"] if row["id"] == component), ())
    others = [(f"component-{key}", titles[key]) for key in titles if key != component]
    groups = [
        (_("Component"), [(f"component-{component}", titles[component])]),
        (_("Yearly budget of the component"), cells_of(component, lines)),
        parts_of_proposals(),
        (_("Other components"), others),
    ]
    return [(label, choices) for label, choices in groups if choices]


def words_in(about, titles):
    """The label of a subject; ``titles`` is {primary key of component: title}."""
    kind, _dash, rest = about.partition("-")
    if kind == "part":
        return capfirst(BY_NAME[rest].label) if rest in BY_NAME else "–"
    component, *cell = rest.split("-")
    title = titles.get(int(component)) or _("a component that was taken out")
    return f"{title} · {cell[0]} · {capfirst(Source(cell[1]).label)}" if cell else title


def may_be_asked(about, component):
    """Whether a ministry may ask about it: the whole proposal, its own component and its cells."""
    return about.startswith("part-") or about.split("-")[1] == str(component)


def parts_of_proposals():
    return _("Parts of the proposal"), [(f"part-{p.name}", capfirst(p.label)) for p in PARTS]


def reviews_of(proposal):
    """The reviews of the last submitted revision, as choices of a form field."""
    rows = proposal.reviews.select_related("component", "revision").order_by("pk")
    reviews = list(rows.prefetch_related("ministry__spells"))
    newest = max((review.revision.number for review in reviews), default=0)
    return [
        (f"review-{review.pk}", f"{review.ministry}: {review}")
        for review in reviews
        if review.revision.number == newest
    ]


def component_in(record, key):
    """The component of a subject; None if it was deleted."""
    return next((each for each in record.components if str(each.pk) == key), None)


def component_address(record, key):
    component = component_in(record, key)
    return component.get_absolute_url() if component else record.proposal.get_absolute_url()


def words_of_place(kind):
    """A function for the label of a part, component or cell, from the record and the rest."""

    def words(record, rest):
        return words_in(f"{kind}-{rest}", {each.pk: str(each) for each in record.components})

    return words


def words_of_review(record, key):
    review = record.proposal.reviews.prefetch_related("ministry__spells").get(pk=key)
    return f"{review.ministry}: {review}"


KINDS = {
    "component": Kind(words_of_place("component"), component_address),
    "cell": Kind(
        words_of_place("cell"),
        lambda record, rest: component_address(record, rest.split("-")[0]),
    ),
    "part": Kind(
        words_of_place("part"),
        lambda record, name: f"{record.proposal.get_absolute_url()}#{name}",
    ),
    "review": Kind(words_of_review, lambda record, key: reverse("projects:review", args=[key])),
    "lead": Kind(
        lambda record, rest: _("Lead ministry"),
        lambda record, rest: f"{record.proposal.get_absolute_url()}#basics",
    ),
}


def words_of(record, subject=None):
    """The label of what a record is about, or of another ``subject``."""
    kind, _dash, rest = (subject or record.about).partition("-")
    return KINDS[kind].words(record, rest)


def address_of(record, subject=None):
    """The URL of what a record is about, or of another ``subject``."""
    kind, _dash, rest = (subject or record.about).partition("-")
    return KINDS[kind].address(record, rest)


def with_subjects(records):
    """Each record with the label of what it is about, for a list."""
    return [(record, words_of(record)) for record in records]
