"""The next version of an agreement: a copy of the one in force, with successors as parties."""

from agreements.drafting.numbering import put_in_order
from agreements.versions.models import Article, ScheduleLine
from foundation.time import clock

from .models import Heir
from .scope import municipalities_of
from .succession import bodies_in_place_of


def first_open_year():
    """The current year; earlier years are closed, and their promised amounts cannot change."""
    return clock.today().year


def fill_next(version):
    """Copy parties, articles, schedule and decided heirs of the base into a new version."""
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
    """(organisation, role) of the next version, each once, in the order of the base.

    A divided body stays a party until somebody decides which heirs replace it.
    """
    parties = list(base.parties.staying().prefetch_related("organisation__spells"))
    parties.sort(key=lambda party: (party.position, party.pk))
    municipalities = municipalities_of(base, [party.organisation for party in parties])
    named, today = set(), clock.today()
    for party in parties:
        body = party.organisation
        found = bodies_in_place_of(body, municipalities, base.in_force_on, today)
        divided = len(found) != 1 and body.has_ended_on(today)
        for heir in [body] if divided else found:
            if heir.pk not in named:
                yield heir, party.role
            named.add(heir.pk)
