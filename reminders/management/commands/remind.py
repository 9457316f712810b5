"""Write and mail the reminders of a day, or say what they would be."""

from datetime import date

from django.core.management.base import BaseCommand

from accounts.models import User
from foundation import clock
from reminders.delivery import deliver
from reminders.notices import unwritten, write_notices


class Command(BaseCommand):
    help = "Write the reminders that are due, then mail what waits."

    def add_arguments(self, parser):
        parser.add_argument("--on", type=date.fromisoformat, help="a day, as 2027-01-04")
        parser.add_argument("--write-only", action="store_true", help="mail nothing")
        parser.add_argument("--dry-run", action="store_true", help="only say who would get what")

    def handle(self, *, on=None, write_only=False, dry_run=False, **options):
        today = on or clock.today()
        if dry_run:
            self.foretell(today)
            return
        written = write_notices(today, say=self.stdout.write)
        self.stdout.write(f"{written} reminders written.")
        if not write_only:
            self.stdout.write(f"{deliver()} mailed.")

    def foretell(self, today):
        for kind, batch in unwritten(today):
            records = kind.open(today).in_bulk({reminder.record for reminder in batch})
            people = User.objects.in_bulk({reminder.person for reminder in batch})
            for reminder in batch:
                who, what = people[reminder.person].email, records[reminder.record]
                facts = (who, kind.name, reminder.stage, reminder.due, what)
                self.stdout.write("\t".join(map(str, facts)))
