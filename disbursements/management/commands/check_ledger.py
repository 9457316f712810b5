"""Check the ledger: compare every stored total with the entries."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from disbursements.ledger.ledger_check import first_difference
from disbursements.ledger.models import Entry


class Command(BaseCommand):
    help = "Add up all entries of the ledger and report the first wrong total."

    @transaction.atomic
    def handle(self, **options):
        if found := first_difference():
            what, *figures = found
            kept, counted = (f"{each:,}" if isinstance(each, int) else each for each in figures)
            raise CommandError(f"{what}: {kept} is kept, {counted} follows from the entries.")
        self.stdout.write(f"{Entry.objects.count()} entries hold.")
