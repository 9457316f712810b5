"""What a post is: a role, and the days on which it is held."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    DRAFTER = "drafter", _("drafter")
    APPROVER = "approver", _("approver")
    REVIEWER = "reviewer", _("reviewer")
    FINANCE = "finance", _("finance officer")
    COORDINATOR = "coordinator", _("coordinator")
    BUDGET = "budget", _("budget officer")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")


def held_on(day, way=""):
    """The Q of posts held on a day by an active person; ``way`` is the prefix of the lookup."""
    last = Q(**{f"{way}until": None}) | Q(**{f"{way}until__gte": day})
    return Q(last, **{f"{way}since__lte": day, f"{way}user__is_active": True})
