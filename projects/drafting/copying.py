"""Copy the content of a proposal into a new one."""

from operator import attrgetter

from django.db import transaction

from projects.proposals.models import BudgetLine, FacilityAccess, Section, Target

ROWS = ("risks", "other_funding")


@transaction.atomic
def copy_parts(source, target):
    """Copy the content of ``source`` into the new ``target``, shifted to its first year.

    Not copied: attachments (they are evidence for the other proposal), dropped components,
    reviews, revisions.
    """
    shift = target.first_year - source.first_year
    target.partners.set(source.partners.all())
    Section.objects.bulk_create(
        Section(proposal=target, name=section.name, text=section.text)
        for section in in_order(source.sections)
    )
    components = sorted(source.live_components(), key=attrgetter("pk"))
    copies = {component.pk: copy_component(component, target, shift) for component in components}
    for relation in ROWS:
        rows = [as_new(row, proposal=target) for row in in_order(getattr(source, relation))]
        getattr(target, relation).model.objects.bulk_create(rows)
    for indicator in in_order(source.indicators):
        copy_indicator(indicator, target, copies, shift)


def copy_component(component, target, shift):
    copy = as_new(component, proposal=target)
    copy.save()
    copy.goals.set(component.goals.all())
    BudgetLine.objects.bulk_create(
        as_new(line, component=copy, fiscal_year=line.fiscal_year + shift)
        for line in in_order(component.lines)
    )
    FacilityAccess.objects.bulk_create(
        as_new(access, component=copy) for access in in_order(component.access)
    )
    return copy


def copy_indicator(indicator, target, copies, shift):
    copy = as_new(indicator, proposal=target, component=copies.get(indicator.component_id))
    copy.save()
    Target.objects.bulk_create(
        as_new(goal, indicator=copy, year=goal.year + shift) for goal in in_order(indicator.targets)
    )


def in_order(rows):
    """Rows in the order in which they were entered; the copies keep it."""
    return rows.order_by("pk")


def as_new(row, **changes):
    """An unsaved copy of a row, with ``changes``."""
    kept = [f for f in row._meta.fields if not f.primary_key and f.name not in changes]
    return type(row)(**{field.attname: getattr(row, field.attname) for field in kept} | changes)
