"""Store, load and check the keys with which the system signs for organisations.

``signer_for`` asks the source that the setting ``KEY_SOURCE`` names. Another one (PKCS#11, a
remote signing service) is a class with the same method that returns a signer of pyHanko.
"""

import os
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.dateparse import parse_datetime
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from pyhanko.sign.signers import SimpleSigner

from agreements.pdf_signatures import certificates
from foundation.engine.workflow import NotNow
from foundation.time import clock

from .models import SigningKey


def signer_for(organisation):
    """The pyHanko signer of an organisation; raises NotNow if there is no valid key."""
    return import_string(settings.KEY_SOURCE)().signer_for(organisation)


class StoredKeys:
    """Keys in the database, each a PKCS#12 file that only ``SIGNING_SECRET`` opens."""

    def signer_for(self, organisation):
        key = self.key_of(organisation)
        try:
            return SimpleSigner.load_pkcs12_data(
                bytes(key.pkcs12), other_certs=[], passphrase=password_of(bytes(key.salt))
            )
        except ValueError as shut:
            raise NotNow(
                _("The key of %s does not open: inform the administrator of the system.")
                % organisation
            ) from shut

    def key_of(self, organisation):
        """The active key of the organisation or of its successor; NotNow without a valid one."""
        bodies = [
            organisation.pk,
            *organisation.successors.order_by("pk").values_list("pk", flat=True),
        ]
        found = {
            key.organisation_id: key
            for key in SigningKey.objects.active().filter(organisation__in=bodies)
        }
        key = next((found[body] for body in bodies if body in found), None)
        if key is None:
            raise NotNow(
                _(
                    "The software has no certificate to sign for %s. Ask an administrator to enter"
                    " it, or sign with software of your own or on paper."
                )
                % organisation
            )
        if not key.valid_from <= clock.now() <= key.valid_until:
            raise NotNow(
                _("The certificate of %s is not valid today. Ask an administrator for a new one.")
                % organisation
            )
        return key


def password_of(salt):
    """The password of a stored key, derived from ``SIGNING_SECRET`` and its salt."""
    derived = HKDF(SHA256(), 32, salt, b"signing keys at rest")
    return derived.derive(settings.SIGNING_SECRET.encode()).hex().encode()


def enter(organisation, key, certificate, others=()):
    """Store a key for an organisation; the one before is retired and its certificate kept."""
    salt = os.urandom(16)
    encoded = certificates.der(certificate)
    values = certificates.facts(encoded)
    SigningKey.objects.active().filter(organisation=organisation).update(retired_at=clock.now())
    return SigningKey.objects.create(
        organisation=organisation,
        pkcs12=certificates.packed(key, certificate, list(others), password_of(salt)),
        salt=salt,
        certificate=encoded,
        subject=values["subject"][:300],
        serial=values["serial"],
        fingerprint=values["fingerprint"],
        valid_from=parse_datetime(values["valid_from"]),
        valid_until=parse_datetime(values["valid_until"]),
    )


def owner_of(organisation_ids, certificate):
    """Whether a certificate (as returned by ``facts``) belongs to one of these organisations.

    It names one of them, or an administrator entered it for one of them.
    """
    if certificate["organisation"] in organisation_ids:
        return True
    return SigningKey.objects.filter(
        organisation__in=organisation_ids, fingerprint=certificate["fingerprint"]
    ).exists()


def anchors(folder=None):
    """The trusted certificates in PEM, from ``folder`` or from ``TRUSTED_CERTIFICATES``."""
    folder = Path(folder or settings.TRUSTED_CERTIFICATES)
    return [read(path, path.stat().st_mtime_ns) for path in sorted(folder.glob("*.pem"))]


@lru_cache(maxsize=64)
def read(path, changed_at):
    return path.read_text(encoding="ascii")


def timestamper():
    """The source of time stamps or None; with one, signatures are PAdES B-T, else B-B."""
    return import_string(settings.TIME_STAMP_SOURCE)() if settings.TIME_STAMP_SOURCE else None
