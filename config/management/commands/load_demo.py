"""Load the demo: the pilot agreements of 2019, their organisations, and invented people."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import reference
from accounts.models import User
from config.demo.story import tell


class Command(BaseCommand):
    help = "Load the demo data into an empty database."

    def add_arguments(self, parser):
        parser.add_argument("--accounts", type=Path, required=True, help="where to write accounts")

    def handle(self, *, accounts, **options):
        if User.objects.exists():
            raise CommandError("There are people here already; the demo wants an empty database.")
        with transaction.atomic():
            reference.load()
            made = tell(lambda text: self.stdout.write(f"  {text}"))
        accounts.write_text(json.dumps(made, ensure_ascii=False, indent=1), encoding="utf-8")
        accounts.chmod(0o600)
