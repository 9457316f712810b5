"""Verify the history: check every chain and compare every record with its last event."""

from django.core.management.base import BaseCommand, CommandError

from foundation.engine.history import first_broken, first_drifted
from foundation.engine.models import Event


class Command(BaseCommand):
    help = "Check the chains of events and report the first event that is not valid."

    def add_arguments(self, parser):
        parser.add_argument("--tree", help="check one record tree only, as projects.proposal:7")

    def handle(self, *, tree=None, **options):
        events = Event.objects.filter(tree=tree) if tree else Event.objects.all()
        walk = events.order_by("tree", "position").iterator(chunk_size=500)
        newest = events.order_by("subject", "-position").distinct("subject")
        broken = first_broken(walk) or first_drifted(newest.iterator(chunk_size=500))
        if broken:
            event, reason = broken
            raise CommandError(
                f"{event.tree}, event {event.position} ({event.subject} {event.verb}): {reason}."
            )
        self.stdout.write(f"{events.count()} events hold.")
