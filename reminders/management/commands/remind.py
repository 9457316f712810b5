"""Write and mail the reminders of a day, or say what they would be."""

from datetime import date, timedelta

from django.core.management.base import BaseCommand

from accounts.models import User
from foundation import clock
from reminders.delivery import deliver
from reminders.notices import unwritten, write_notices
from reminders.unheld import tell_of_unheld


class Command(BaseCommand):
    foretold = frozenset()
    help = "Write the reminders that are due, then mail what waits."

    def add_arguments(self, parser):
        parser.add_argument("--on", type=date.fromisoformat, help="a day, as 2027-01-04")
        parser.add_argument("--write-only", action="store_true", help="mail nothing")
        parser.add_argument("--dry-run", action="store_true", help="only say who would get what")
        parser.add_argument("--days", type=int, default=1, help="of a dry run: how many days")

    def handle(self, *, on=None, write_only=False, dry_run=False, days=1, **options):
        today = on or clock.today()
        if dry_run:
            for day in (today + timedelta(days=number) for number in range(days)):
                self.foretell(day, f"{day}\t" if days > 1 else "")
            return
        written = write_notices(today, say=self.stdout.write) + tell_of_unheld(today)
        self.stdout.write(f"{written} reminders written.")
        if not write_only:
            self.stdout.write(f"{deliver()} mailed.")

    def foretell(self, today, before):
        """What a day would bring, were nothing done until then; each reminder on its first day."""
        for kind, batch in unwritten(today):
            batch = [reminder for reminder in batch if self.is_new(kind, reminder, today)]
            records = kind.open(today).in_bulk({reminder.record for reminder in batch})
            people = User.objects.in_bulk({reminder.person for reminder in batch})
            for reminder in batch:
                who, what = people[reminder.person].email, records[reminder.record]
                facts = (who, kind.name, reminder.stage, reminder.due, what)
                self.stdout.write(before + "\t".join(map(str, facts)))

    def is_new(self, kind, reminder, today):
        """As the constraints say it: once a stage, and once a day on a matter."""
        matter = (kind.workflow.model, reminder.record, reminder.person)
        facts = {(*matter, today), reminder.message_id}
        if facts & self.foretold:
            return False
        self.foretold |= facts
        return True
