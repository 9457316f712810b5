"""Load the organisations of Korea."""

from django.core.management.base import BaseCommand

from accounts.reference import load


class Command(BaseCommand):
    help = "Load regions, ministries and other bodies with their dated names."

    def handle(self, **options):
        self.stdout.write(f"{load()} organisations.")
