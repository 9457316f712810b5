"""Which components serve the goals of a plan, and their amounts in won."""

from dataclasses import dataclass

from django.db.models import Q, Sum

from projects.proposals.models import BudgetLine, Component, Proposal, Source

ENDED = (Proposal.State.WITHDRAWN, Proposal.State.NOT_SELECTED)


@dataclass(frozen=True)
class Carrier:
    """A component that serves a goal, with its amounts in won."""

    component: object
    national: int
    total: int


@dataclass(frozen=True)
class Carried:
    """A goal with the components that serve it; a component may serve several goals."""

    goal: object
    carriers: list

    @property
    def national(self):
        return sum(carrier.national for carrier in self.carriers)

    @property
    def total(self):
        return sum(carrier.total for carrier in self.carriers)


def carriers_of(plan, user):
    """([Carried, …], national won, total won) of a plan; totals count each component once.

    Only components of proposals that ``user`` may see and that have not ended; four queries.
    """
    live = Component.objects.filter(
        dropped=False, proposal__in=Proposal.objects.visible_to(user).values("pk")
    ).exclude(proposal__state__in=ENDED)
    components = (
        live.filter(citations__goal__plan=plan)
        .distinct()
        .select_related("proposal")
        .prefetch_related("citations", "proposal__applicant__spells")
        .order_by("pk")
    )
    found = {component.pk: component for component in components}
    money = money_of(found)
    carried = {goal.pk: Carried(goal, []) for goal in plan.goals.all()}
    for component in found.values():
        for citation in component.citations.all():
            if citation.goal_id in carried:
                national, total = money.get(component.pk, (0, 0))
                carried[citation.goal_id].carriers.append(Carrier(component, national, total))
    national, total = (
        (sum(amounts) for amounts in zip(*money.values(), strict=True)) if money else (0, 0)
    )
    return list(carried.values()), national, total


def money_of(components):
    """{component: (national won, total won)}, summed by the database."""
    rows = BudgetLine.objects.filter(component__in=components).values_list("component")
    national = Sum("won", filter=Q(source=Source.NATIONAL))
    sums = rows.annotate(national=national, whole=Sum("won")).order_by()
    return {component: (national or 0, total) for component, national, total in sums}
