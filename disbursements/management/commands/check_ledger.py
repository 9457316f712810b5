"""Prove the money: tell every total again from the entries and compare."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from disbursements.ledger.ledger_check import first_difference
from disbursements.ledger.models import Entry


class Command(BaseCommand):
    help = "Add up all entries of the ledger and name the first total that does not hold."

    @transaction.atomic
    def handle(self, **options):
        if found := first_difference():
            what, *figures = found
            kept, told = (f"{each:,}" if isinstance(each, int) else each for each in figures)
            raise CommandError(f"{what}: {kept} is kept, {told} is told by the entries.")
        self.stdout.write(f"{Entry.objects.count()} entries hold.")
