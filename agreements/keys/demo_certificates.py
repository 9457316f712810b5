"""Certificates for trials: one authority, and a key for every organisation that signs."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings

from accounts.models import Kind, Organisation
from agreements.pdf_signatures import certificates
from foundation.time import clock

from . import signing_keys as keys
from .models import SigningKey

SIGNING_KINDS = (Kind.MINISTRY, Kind.PROVINCE, Kind.MUNICIPALITY, Kind.COORDINATION)
BACK, AHEAD = timedelta(days=730), timedelta(days=3650)


def make_certificates(name):
    """Make a trusted authority, and a key for each organisation that has none.

    The authority's own key is not stored: nobody can issue more certificates in its name. Called
    again, it makes another authority for organisations that were added meanwhile.
    """
    now = clock.now()
    span = (now - BACK, now + AHEAD)
    authority = certificates.make_authority(name, *span)
    bodies = without_key(now.date())
    for body in bodies:
        made = certificates.make_certificate(
            authority, body.name_on(now.date(), "ko"), body.pk, *span
        )
        keys.enter(body, *made)
    if bodies:
        trust(authority[1])
    return bodies


def without_key(day):
    held = SigningKey.objects.active().values("organisation")
    rows = Organisation.objects.filter(kind__in=SIGNING_KINDS).alive(day).exclude(pk__in=held)
    return list(rows.named().order_by("pk"))


def trust(certificate):
    folder = Path(settings.TRUSTED_CERTIFICATES)
    folder.mkdir(parents=True, exist_ok=True)
    fingerprint = certificates.facts(certificates.der(certificate))["fingerprint"]
    (folder / f"trial-{fingerprint[:12]}.pem").write_bytes(certificates.pem(certificate))
