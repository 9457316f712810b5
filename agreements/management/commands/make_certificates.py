"""Makes certificates for trials and the demo; a real deployment enters those it was issued."""

from django.core.management.base import BaseCommand

from agreements.keys.demo_certificates import make_certificates


class Command(BaseCommand):
    help = "Make a certificate authority for trials, and a key for every organisation without one."

    def add_arguments(self, parser):
        parser.add_argument(
            "--name", default="시험용 인증기관 (예시)", help="name of the authority"
        )

    def handle(self, *, name, **options):
        bodies = make_certificates(name)
        self.stdout.write(
            f"{len(bodies)} organisations can sign now; the authority is trusted here."
        )
