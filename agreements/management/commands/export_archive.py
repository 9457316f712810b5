"""Exports one agreement as a folder that anybody can check with public tools."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from agreements.verification import archive
from agreements.versions.models import Agreement


class Command(BaseCommand):
    help = "Export one agreement that was in force: documents, texts, history, money, how to check."

    def add_arguments(self, parser):
        parser.add_argument("number")
        parser.add_argument("folder", type=Path)

    def handle(self, *, number, folder, **options):
        agreement = Agreement.objects.filter(number=number).first()
        if agreement is None or not archive.versions_of(agreement):
            raise CommandError(f"There is no agreement in force with the number {number}.")
        if folder.exists() and any(folder.iterdir()):
            raise CommandError(f"{folder} is not empty.")
        for name in archive.write(agreement, folder):
            self.stdout.write(name)
