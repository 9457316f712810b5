"""What a question may be about: a part of the proposal, the component, a cell of its budget.

A subject is kept as a word: ``part-section-need``, ``component-7``, ``cell-7-2027-national``.
"""

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .models import Source
from .parts import BY_NAME, PARTS


def subjects_of(component):
    """All of them for one component, in groups, as choices of a form."""
    parts = [(f"part-{part.name}", capfirst(part.label)) for part in PARTS]
    lines = sorted(component.lines.all(), key=lambda line: (line.fiscal_year, line.source))
    cells = [
        (f"cell-{component.pk}-{line.fiscal_year}-{line.source}", cell_words(line))
        for line in lines
    ]
    return [
        (_("Component"), [(f"component-{component.pk}", component.title)]),
        (_("Yearly budget of the component"), cells),
        (_("Parts of the proposal"), parts),
    ]


def cell_words(line):
    return f"{line.fiscal_year} · {capfirst(Source(line.source).label)} · {line.won:,}"


def words_of(question):
    """What a question is about, for a reader."""
    kind, _dash, rest = question.about.partition("-")
    if kind == "part" and rest in BY_NAME:
        return capfirst(BY_NAME[rest].label)
    if kind == "cell":
        _component, year, source = rest.split("-")
        return f"{question.review.component} · {year} · {capfirst(Source(source).label)}"
    return str(question.review.component)


def address_of(question):
    """Where a question points to."""
    kind, _dash, rest = question.about.partition("-")
    if kind == "part":
        return f"{reverse('proposal', args=[question.proposal_id])}#{rest}"
    return reverse("component", args=[question.review.component_id])


def with_subjects(questions):
    """Each question with what it is about, for a list."""
    return [(question, words_of(question)) for question in questions]
