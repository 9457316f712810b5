"""The history: a chain of events with digests that anyone can check."""

import hashlib
import json
from datetime import UTC

from django.apps import apps

from foundation.time import clock

from .models import Event

COVERED = [
    "tree",
    "position",
    "subject",
    "verb",
    "before",
    "after",
    "actor_id",
    "actor_name",
    "organisation",
    "organisation_name",
    "role",
    "deputy_for",
    "note",
    "key",
    "request_digest",
    "data_digest",
    "previous",
]


def canonical(values):
    """Canonical JSON (sorted keys, no spaces, UTF-8), so that digests can be computed again."""
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest_of(values):
    """SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(values).encode()).hexdigest()


def seal(event):
    """The digest of an event, over the fields in :data:`COVERED` and the time in UTC."""
    covered = {name: getattr(event, name) for name in COVERED}
    return digest_of(covered | {"at": event.at.astimezone(UTC).isoformat()})


def write(record, *, verb, before, after, actor=None, post=None, note="", key="", request=""):
    """Append an event about ``record``. Call it while holding the lock of the record's root."""
    tree = record.root.reference
    last = Event.objects.filter(tree=tree).order_by("-position").first()
    data = json.loads(canonical(record.content()))
    event = Event(
        tree=tree,
        position=last.position + 1 if last else 1,
        previous=last.digest if last else "",
        subject=record.reference,
        verb=verb,
        before=before,
        after=after,
        actor=actor,
        actor_name=actor.name if actor else "",
        organisation=post.organisation_id if post else "",
        organisation_name=post.organisation.name_on(clock.today()) if post else "",
        role=post.role if post else "",
        deputy_for=post.deputy_for.name if post and post.deputy_for else "",
        at=clock.now(),
        note=note,
        key=key or None,
        request_digest=request,
        data=data,
        data_digest=digest_of(data),
    )
    event.digest = seal(event)
    event.save(force_insert=True)
    return event


def first_broken(events):
    """The first event that breaks the chain, with the reason; None if the chain is valid.

    ``events`` must be ordered by tree and position.
    """
    last = None
    for event in events:
        if last is None or last.tree != event.tree:
            last = None
        if reason := why_broken(event, last):
            return event, reason
        last = event
    return None


def why_broken(event, last):
    """The reason why ``event`` does not follow from ``last``; an empty string if it does."""
    if event.position != (last.position + 1 if last else 1):
        return "an event before it is missing"
    if event.previous != (last.digest if last else ""):
        return "it does not name the digest of the event before it"
    if event.data_digest != digest_of(event.data):
        return "its data do not match their digest"
    if event.digest != seal(event):
        return "its own digest does not match what it says"
    return ""


def first_drifted(events):
    """The last event whose record now differs from it, with the reason; None if all match.

    ``events`` are the last events of their subjects.
    """
    for event in events:
        label, pk = event.subject.split(":")
        record = apps.get_model(label).objects.filter(pk=pk).first()
        if record is None:
            return event, "the record is gone"
        if digest_of(record.content()) != event.data_digest:
            return event, "the record was changed outside the workflow"
    return None
