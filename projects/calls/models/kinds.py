"""Choices shared by calls and proposals: kinds of components, sections, attachments."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ComponentKind(models.TextChoices):
    FACILITY = "facility", _("facility")
    PUBLIC_SPACE = "public_space", _("roads, parks and public space")
    PROGRAMME = "programme", _("programme or service")
    RESEARCH = "research", _("research and development")
    LAND = "land", _("purchase of land")


class SectionName(models.TextChoices):
    """The written sections of a proposal, in the order of display."""

    NEED = "need", _("need")
    GOALS = "goals", _("goals")
    DELIVERY = "delivery", _("how it will be carried out")
    EFFECTS = "effects", _("expected effects")
    OPERATION = "operation", _("operation after completion")


class PaperKind(models.TextChoices):
    """Kinds of files attached to a proposal."""

    COUNCIL = "council", _("opinion of the local council")
    PARTNERS = "partners", _("consent of the partners")
    LOCATION = "location", _("map of the place")
    FEASIBILITY = "feasibility", _("feasibility study")
    LAND = "land", _("proof of land")
    COMMITMENT = "commitment", _("commitment of private or public bodies")
    OTHER = "other", _("other paper")
