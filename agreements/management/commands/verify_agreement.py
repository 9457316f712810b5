"""Checks the PDF of an agreement by its content, and against the record if there is one."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils import translation

from agreements.keys import signing_keys as keys
from agreements.pdf_signatures.reading import read
from agreements.verification import check_against_record
from agreements.verification.check_report import lines_of, report_of


class Command(BaseCommand):
    help = "Say whether a PDF is the agreement it says it is. Ends with 1 if anything is wrong."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--trust", type=Path, help="folder of trusted certificates (PEM)")
        parser.add_argument("--offline", action="store_true", help="do not ask the record")
        parser.add_argument("--language", default="ko", choices=["ko", "en"])

    def handle(self, *, file, trust, offline, language, **options):
        if not file.is_file():
            raise CommandError(f"{file} is no file.")
        pdf = file.read_bytes()
        with translation.override(language):
            report = report_of(read(pdf, keys.anchors(trust)))
            report = report if offline else self.compared(report, pdf)
            for line in lines_of(report):
                self.stdout.write(str(line))
            if not report.holds:
                sys.exit(1)

    def compared(self, report, pdf):
        try:
            return check_against_record.compare(report, pdf)
        except OperationalError:
            self.stderr.write("There is no database here: checked against the file alone.")
            return report
