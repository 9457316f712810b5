"""One authority for a test run, and a key for each organisation that signs: made once, used often."""

from datetime import UTC, datetime
from functools import cache

from agreements.keys import signing_keys as keys
from agreements.models import SigningKey
from agreements.pdf_signatures import certificates

SINCE, UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2045, 1, 1, tzinfo=UTC)
MADE = {}


TRUSTED, STRANGE = "시험용 인증기관", "모르는 인증기관"


@cache
def authority(name):
    return certificates.make_authority(name, SINCE, UNTIL)


def trust(folder):
    """The folder of trusted certificates holds the authority of the tests."""
    (folder / "authority.pem").write_bytes(certificates.pem(authority(TRUSTED)[1]))


def certificate(organisation, *, of=TRUSTED, identifier=None):
    """A key and its certificate for an organisation, of the trusted authority or another one."""
    name = organisation.name_on(SINCE.date(), "ko")
    return certificates.make_certificate(
        authority(of), name, identifier or organisation.pk, SINCE, UNTIL
    )


def give_key(organisation):
    """The organisation's key in the database; the same one in every test of a run."""
    if organisation.pk not in MADE:
        keys.enter(organisation, *certificate(organisation))
        row = SigningKey.objects.active().get(organisation=organisation)
        MADE[organisation.pk] = {
            field.attname: getattr(row, field.attname)
            for field in row._meta.concrete_fields
            if not field.primary_key
        }
        return
    SigningKey.objects.create(**MADE[organisation.pk])
