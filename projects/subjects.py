"""What a question or a comment may be about: part of a proposal, component, cell of its budget.

A subject is kept as a word: ``part-section-need``, ``component-7``, ``cell-7-2027-national``.
"""

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .models import Source, lines_content
from .parts import BY_NAME, PARTS


def subjects_of(component):
    """All of them for one component, in groups, as choices of a form."""
    return [
        (_("Component"), [(f"component-{component.pk}", component.title)]),
        (
            _("Yearly budget of the component"),
            cells_of(component.pk, lines_content(component.lines.all())),
        ),
        (_("Parts of the proposal"), parts()),
    ]


def places_in(content, component):
    """All of them in a submitted proposal as read for one component, as choices of a form."""
    titles = {row["id"]: row["title"] for row in content["components"]}
    lines = next((row["lines"] for row in content["components"] if row["id"] == component), ())
    others = [(f"component-{key}", titles[key]) for key in titles if key != component]
    groups = [
        (_("Component"), [(f"component-{component}", titles[component])]),
        (_("Yearly budget of the component"), cells_of(component, lines)),
        (_("Parts of the proposal"), parts()),
        (_("Other components"), others),
    ]
    return [(label, choices) for label, choices in groups if choices]


def parts():
    return [(f"part-{part.name}", capfirst(part.label)) for part in PARTS]


def cells_of(component, lines):
    return [
        (cell_subject(component, year, source), cell_words(year, source, won))
        for year, source, won in lines
    ]


def cell_subject(component, year, source):
    return f"cell-{component}-{year}-{source}"


def cell_words(year, source, won):
    return f"{year} · {capfirst(Source(source).label)} · {won:,}"


def words_in(about, titles):
    """A subject for a reader; ``titles`` are those of components, by their keys."""
    kind, _dash, rest = about.partition("-")
    if kind == "part":
        return capfirst(BY_NAME[rest].label) if rest in BY_NAME else "–"
    component, *cell = rest.split("-")
    title = titles.get(int(component), "–")
    return f"{title} · {cell[0]} · {capfirst(Source(cell[1]).label)}" if cell else title


def words_of(question):
    component = question.review.component
    return words_in(question.about, {component.pk: component.title})


def may_be_asked(about, component):
    """A ministry asks about the whole proposal, or about its own component and its cells."""
    return about.startswith("part-") or about.split("-")[1] == str(component)


def address_of(question):
    """Where a question points to."""
    kind, _dash, rest = question.about.partition("-")
    if kind == "part":
        return f"{reverse('proposal', args=[question.proposal_id])}#{rest}"
    return reverse("component", args=[question.review.component_id])


def with_subjects(questions):
    """Each question with what it is about, for a list."""
    return [(question, words_of(question)) for question in questions]
