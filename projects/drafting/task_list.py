"""The parts of a proposal as a task list with the progress of each part."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.calls.models import SectionName

from .completeness import missing, sent_back


class Progress(models.TextChoices):
    NOT_BEGUN = "not_begun", _("not begun")
    IN_PROGRESS = "in_progress", _("in progress")
    COMPLETE = "complete", _("complete")
    NEEDS_FIX = "needs_fix", _("needs a fix")


@dataclass(frozen=True)
class Part:
    """One part; ``begun(proposal)`` returns whether anything is entered."""

    name: str
    label: str
    group: str
    begun: Callable
    route: str = "projects:part"

    def address(self, proposal):
        named = [proposal.pk, self.name] if self.route == "projects:part" else [proposal.pk]
        return reverse(self.route, args=named)


def section_begun(name, proposal):
    return any(section.name == name for section in proposal.sections.all())


def any_of(relation, proposal):
    return bool(getattr(proposal, relation).all())


def has_components(proposal):
    return bool(proposal.live_components())


def has_amounts(proposal):
    return any(component.lines.all() for component in proposal.live_components())


def has_papers(proposal):
    return any(not paper.removed for paper in proposal.attachments.all())


PROJECT, MONEY, MEASURES, LINKS = (
    _("The project"),
    _("Components and money"),
    _("Indicators and risks"),
    _("Links and papers"),
)

PARTS = (
    Part("basics", _("Basics"), PROJECT, lambda proposal: True),
    Part("partners", _("Partner local governments"), PROJECT, partial(any_of, "partners")),
    *(
        Part(f"section-{name}", name.label, PROJECT, partial(section_begun, name))
        for name in SectionName
    ),
    Part("components", _("Components"), MONEY, has_components, "projects:components"),
    Part("budget", _("Yearly budget"), MONEY, has_amounts),
    Part("indicators", _("Indicators"), MEASURES, partial(any_of, "indicators")),
    Part("risks", _("Risks"), MEASURES, partial(any_of, "risks")),
    Part("other-funding", _("Other funding"), LINKS, partial(any_of, "other_funding")),
    Part("attachments", _("Papers"), LINKS, has_papers, "projects:attachments"),
)  # fmt: skip
BY_NAME = {part.name: part for part in PARTS}


@dataclass(frozen=True)
class Task:
    """A part of one proposal with its progress and complaints."""

    part: Part
    address: str
    progress: Progress
    complaints: list

    @property
    def is_needed(self):
        """Whether the part has complaints or content; an empty optional part is not needed."""
        return bool(self.complaints) or self.progress != Progress.NOT_BEGUN


def tasks(proposal):
    """The task list of a proposal read with ``for_page``, grouped: [(group, [Task, …]), …].

    Complaints are those against the submission and the shortcomings of the last return.
    """
    complaints = [
        *sent_back(proposal, lambda name: BY_NAME[name].address(proposal)),
        *missing(proposal),
    ]
    groups = {}
    for part in PARTS:
        groups.setdefault(part.group, []).append(task(part, proposal, complaints))
    return list(groups.items())


def task(part, proposal, complaints):
    mine = [complaint for complaint in complaints if complaint.part == part.name]
    return Task(part, part.address(proposal), progress(part, proposal, mine), mine)


def progress(part, proposal, complaints):
    if any(complaint.wrong for complaint in complaints):
        return Progress.NEEDS_FIX
    if not part.begun(proposal):
        return Progress.NOT_BEGUN
    return Progress.IN_PROGRESS if complaints else Progress.COMPLETE


def share_done(groups):
    """(number of needed parts that are complete, number of needed parts)."""
    needed = [task for _group, tasks in groups for task in tasks if task.is_needed]
    return sum(task.progress == Progress.COMPLETE for task in needed), len(needed)
