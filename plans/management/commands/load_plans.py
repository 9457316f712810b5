"""Enter the national plans, in the history as moves of a coordinator."""

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from plans.reference import enter


class Command(BaseCommand):
    help = "Enter the national plans, goals and minimum standards that are not there yet."

    def add_arguments(self, parser):
        parser.add_argument("--by", required=True, help="the e-mail address of a coordinator")

    def handle(self, *, by, **options):
        actor = User.objects.filter(email=by).first()
        if actor is None:
            raise CommandError(f"There is no account {by}.")
        self.stdout.write(f"{len(enter(actor))} plans.")
