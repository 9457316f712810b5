"""The next version of an agreement: a copy of the one in force, heirs in their places."""

from agreements.drafting.numbering import put_in_order
from agreements.versions.models import Article, ScheduleLine
from foundation.time import clock

from .models import Heir
from .scope import municipalities_of
from .succession import standing_for


def first_open_year():
    """Years before this one are closed: what they promised stands."""
    return clock.today().year


def fill_next(version):
    """Write parties, articles, schedule and decided heirs of the base into a new version."""
    base = version.amendment.base
    for position, (body, role) in enumerate(parties_after(base)):
        version.parties.create(organisation=body, role=role, position=position)
    copy(base.articles.order_by("number"), Article, version)
    put_in_order(version.articles, version.articles.order_by("number").values_list("pk", flat=True))
    copy(base.schedule.order_by("pk"), ScheduleLine, version)
    copy(base.heirs.order_by("pk"), Heir, version)


def copy(rows, model, version):
    fields = [field.attname for field in model._meta.fields if field.name not in ("id", "version")]
    model.objects.bulk_create(model(version=version, **values) for values in rows.values(*fields))


def parties_after(base):
    """The parties of the next version, each body once, in the place it or its predecessor had.

    A divided body keeps its place until its heirs are named: that is a decision.
    """
    parties = list(base.parties.staying().prefetch_related("organisation__spells"))
    parties.sort(key=lambda party: (party.position, party.pk))
    municipalities = municipalities_of(base, [party.organisation for party in parties])
    named, today = set(), clock.today()
    for party in parties:
        body = party.organisation
        found = standing_for(body, municipalities, base.in_force_on, today)
        divided = len(found) != 1 and body.has_ended_on(today)
        for heir in [body] if divided else found:
            if heir.pk not in named:
                yield heir, party.role
            named.add(heir.pk)
