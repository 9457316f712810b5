"""How long a text takes from the last consent to its document, and one party to sign it."""

import os
import statistics
import time
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from benchmarks.database import own_database  # noqa: E402

ROUNDS = 7


def timed(act):
    """Milliseconds on the clock, and of this process alone."""
    begun, used = time.perf_counter(), time.process_time()
    act()
    return (time.perf_counter() - begun) * 1000, (time.process_time() - used) * 1000


def report(name, times):
    clock, own = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"{name:<52} {clock:6.0f} ms, of which {own:4.0f} ms in Python and Typst")


def set_up():
    from tests import certificates, conftest, factories  # noqa: PLC0415

    certificates.trust(Path(django.conf.settings.TRUSTED_CERTIFICATES))
    cast = conftest.Cast()
    conftest.add_organisations(cast)
    conftest.add_people(cast)
    for body in (cast.gangwon, cast.gangneung, cast.motir, cast.mcst):
        certificates.give_key(body)
    return cast, factories.call(cast)


def measure():
    from agreements.keys import signing_keys as keys  # noqa: PLC0415
    from agreements.pdf_signatures.reading import read  # noqa: PLC0415
    from agreements.signing import signed_documents  # noqa: PLC0415
    from agreements.workflow import AGREEMENT, PARTY  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415

    cast, call = set_up()
    frozen, signed, checked = [], [], []
    for number in range(ROUNDS):
        version = factories.drafted(cast, call, title=f"협약 {number}")
        version = AGREEMENT.perform("circulate", version, actor=cast["coordinator"])
        *others, last = version.parties.order_by("pk")
        for party in others:
            PARTY.perform("consent", party, actor=factories.signer(cast, party))
        consent = partial(PARTY.perform, "consent", last, actor=factories.signer(cast, last))
        frozen.append(timed(consent))
        version.refresh_from_db()
        AGREEMENT.perform("resolve", version, actor=cast["coordinator"], change=resolution)
        for party in version.parties.order_by("pk"):
            signed.append(timed(partial(factories.sign, cast, party)))
        pdf = signed_documents.content_of(signed_documents.newest(version))
        checked.append(timed(lambda pdf=pdf: read(pdf, keys.anchors())))
    report("last consent: frozen, set, stored", frozen)
    report("one party signs: stamp, signature, stored", signed)
    report("a document with four signatures is read", checked)


def resolution(record):
    record.resolution, record.resolved_on = "제12차-3", date(2026, 11, 1)


def main():
    with own_database(), TemporaryDirectory() as folder:
        django.conf.settings.TRUSTED_CERTIFICATES = folder
        measure()


if __name__ == "__main__":
    main()
