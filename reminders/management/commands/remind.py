"""Write and mail the reminders of a day, or show what they would be (--dry-run)."""

from datetime import date

from django.core.management.base import BaseCommand

from foundation.time import clock
from reminders.matters.schedules import all_rules
from reminders.outbox.notices import write_notices
from reminders.outbox.sending.delivery import deliver
from reminders.rules.preview import predict
from reminders.work.unassigned import notify_of_unassigned


class Command(BaseCommand):
    help = "Write the reminders that are due, then mail what waits."

    def add_arguments(self, parser):
        parser.add_argument("--on", type=date.fromisoformat, help="a day, as 2027-01-04")
        parser.add_argument("--write-only", action="store_true", help="mail nothing")
        parser.add_argument("--dry-run", action="store_true", help="only show who would get what")
        parser.add_argument("--days", type=int, default=1, help="of a dry run: how many days")

    def handle(self, *, on=None, write_only=False, dry_run=False, days=1, **options):
        today = on or clock.today()
        if dry_run:
            for day, kind, person, stage, due, record in predict(today, days, all_rules()):
                before = f"{day}\t" if days > 1 else ""
                facts = (person.email, kind.name, stage, due, record)
                self.stdout.write(before + "\t".join(map(str, facts)))
            return
        written = write_notices(today, say=self.stdout.write) + notify_of_unassigned(today)
        self.stdout.write(f"{written} reminders written.")
        if not write_only:
            self.stdout.write(f"{deliver()} mailed.")
