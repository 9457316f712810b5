"""Plans, areas and what the demo's components cite of them; regional ones are invented."""

from datetime import date

from plans.models import Area, AreaKind, Goal, Plan
from plans.reference import enter
from plans.workflow import AREA, PLAN
from projects.models import FacilityAccess

from .cast import region_named

NOTE = "(예시)"
AREAS = (
    ("완도군", AreaKind.UNDERDEVELOPED),
    ("의성군", AreaKind.UNDERDEVELOPED),
    ("거창군", AreaKind.UNDERDEVELOPED),
    ("군산시", AreaKind.OLD_DOWNTOWN),
    ("세종특별자치시", AreaKind.SMART_CITY),
)


class Plans:
    """The plans of the demo, entered once, and the citations of each component."""

    def __init__(self, coordinator):
        self.coordinator = coordinator
        self.plans = enter(coordinator)
        self.goals = list(self.plans["territorial-5"].goals.order_by("pk"))
        self.standards = list(self.plans["standards-2018"].standards.order_by("pk"))
        self.regional = {}
        for name, kind in AREAS:
            area = Area(region=region_named(name), kind=kind, since=date(2024, 1, 1), basis=NOTE)
            AREA.perform("designate", area, actor=coordinator)

    def of_region(self, region):
        """A plan of the region itself, under the territorial plan."""
        if region.pk not in self.regional:
            self.regional[region.pk] = self.enter_regional(region)
        return self.regional[region.pk]

    def enter_regional(self, region):
        plan = Plan(
            kind=Plan.Kind.MUNICIPAL if region.kind == "municipality" else Plan.Kind.PROVINCIAL,
            title_ko=f"{region.name_on(date(2026, 1, 1), 'ko')} 종합발전계획 {NOTE}",
            title_en=f"Development plan of {region.name_on(date(2026, 1, 1), 'en')} (illustrative)",
            issuer=region,
            parent=self.plans["territorial-5"],
            first_year=2024,
            last_year=2033,
        )

        def write_goal(record):
            Goal.objects.create(plan=record, title_ko="일자리와 정주", title_en="Jobs and living")

        return PLAN.perform("enter", plan, actor=self.coordinator, parts=write_goal)

    def cite(self, proposal):
        """Every component but the last serves a goal; facilities name a standard."""
        own = self.of_region(proposal.applicant).goals.get()
        components = list(proposal.components.order_by("pk"))
        for place, component in enumerate(components):
            if place == 0 or place < len(components) - 1:
                component.goals.set([self.goals[place % len(self.goals)], own])
            if component.is_facility:
                standard = self.standards[place % len(self.standards)]
                FacilityAccess.objects.create(
                    component=component,
                    standard=standard,
                    minutes_before=standard.minutes * 3,
                    minutes_after=standard.minutes,
                )
