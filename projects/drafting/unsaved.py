"""Unsaved text of forms (drafts): stored for each person until it is saved or discarded."""

from django.http import QueryDict

from foundation.time import clock
from projects.proposals.models import Jotting

LEFT_OUT = ("csrfmiddlewaretoken", "key", "seen", "base", "more", "recalculate", "discard", "keep")
MOST_BYTES = 500_000


def place_of(review):
    """The ``place`` under which the unsaved answer of a review is stored."""
    return f"review-{review.pk}"


def keep(proposal, person, place, sent):
    """Store the fields of a form while it is typed; returns the Jotting."""
    values = {
        storable(name): [storable(text) for text in sent.getlist(name)]
        for name in sent
        if name not in LEFT_OUT
    }
    found, _created = Jotting.objects.update_or_create(
        proposal=proposal,
        person=person,
        place=place,
        defaults={"values": values, "base": storable(sent.get("base", ""))[:64], "at": clock.now()},
    )
    return found


def storable(text):
    """Text without NUL characters, which the database rejects."""
    return text.replace("\0", "")


def forget(proposal, person, place):
    Jotting.objects.filter(proposal=proposal, person=person, place=place).delete()


def recall(jotting, form_class, **options):
    """The form with the unsaved text, without errors; with both texts if others saved meanwhile."""
    data = QueryDict(mutable=True)
    for name, values in jotting.values.items():
        data.setlist(name, values)
    data["base"], data["key"] = jotting.base, options["initial"]["key"]
    form = form_class(data, **options)
    if jotting.base and form.is_valid() and form.is_overtaken(options["record"]):
        form.compare(options["record"])
    form.quiet = True
    form.jotting = jotting
    return form


def of(proposal, person, place):
    return Jotting.objects.filter(proposal=proposal, person=person, place=place).first()
