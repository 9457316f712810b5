"""Record bounced mails from a mailbox file, or one mail from standard input."""

import mailbox
import sys
from email import message_from_binary_file

from django.core.management.base import BaseCommand

from reminders.outbox.sending.bounces import record


class Command(BaseCommand):
    help = "Record bounces (RFC 3464): their notices are marked as failed."

    def add_arguments(self, parser):
        parser.add_argument("mbox", nargs="?", help="a mailbox file; without it, one mail is read")

    def handle(self, *, mbox=None, **options):
        if mbox:
            mails = mailbox.mbox(mbox, create=False)
        else:
            mails = [message_from_binary_file(sys.stdin.buffer)]
        self.stdout.write(f"{sum(record(mail) for mail in mails)} bounces recorded.")
