"""Write and mail the reminders of a day."""

from datetime import date

from django.core.management.base import BaseCommand

from foundation import clock
from reminders.delivery import deliver
from reminders.notices import write_notices


class Command(BaseCommand):
    help = "Write the reminders that are due, then mail what waits."

    def add_arguments(self, parser):
        parser.add_argument("--on", type=date.fromisoformat, help="a day, as 2027-01-04")
        parser.add_argument("--write-only", action="store_true", help="mail nothing")

    def handle(self, *, on=None, write_only=False, **options):
        written = write_notices(on or clock.today(), say=self.stdout.write)
        self.stdout.write(f"{written} reminders written.")
        if not write_only:
            self.stdout.write(f"{deliver()} mailed.")
