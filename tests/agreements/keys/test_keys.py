"""Keys of organisations: encrypted, entered by administrators, made for trials."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from agreements.keys import signing_keys as keys
from agreements.models import SigningKey
from agreements.pdf_signatures import certificates as seals
from foundation.engine.workflow import NotNow
from foundation.time import clock
from tests import certificates

ADD = "admin:agreements_signingkey_add"


@pytest.fixture
def administrator(cast, client):
    cast["administrator"].is_staff = True
    cast["administrator"].save()
    client.force_login(cast["administrator"])
    return client


def packed(organisation, password=b"secret"):
    key, certificate = certificates.certificate(organisation)
    return seals.packed(key, certificate, [], password), certificate


def enter(client, organisation, content, password="secret"):
    file = SimpleUploadedFile("key.p12", content)
    values = {"organisation": organisation.pk, "file": file, "password": password}
    return client.post(reverse(ADD), values)


def test_administrator_enters_a_key_and_the_one_before_is_retired(cast, administrator):
    content, certificate = packed(cast.gangwon)

    answer = enter(administrator, cast.gangwon, content)

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    rows = SigningKey.objects.filter(organisation="gangwon").order_by("pk")
    assert [row.retired_at is None for row in rows] == [False, True]
    assert bytes(rows[1].certificate) == seals.der(certificate)
    assert keys.signer_for(cast.gangwon).signing_cert.dump() == seals.der(certificate)


@pytest.mark.parametrize("password", ["", "wrong"])
def test_wrong_password_of_the_file_enters_nothing(cast, administrator, password):
    content, _certificate = packed(cast.gangwon)

    answer = enter(administrator, cast.gangwon, content, password)

    assert answer.status_code == 200
    assert "file" in answer.context["adminform"].form.errors
    assert SigningKey.objects.filter(organisation="gangwon").count() == 1


def test_certificate_of_another_organisation_is_not_entered(cast, administrator):
    content, _certificate = packed(cast.motir)

    answer = enter(administrator, cast.gangwon, content)

    assert "organisation" in answer.context["adminform"].form.errors


def test_list_of_keys_is_for_administrators_and_shows_no_key(cast, administrator, client):
    page = administrator.get(reverse("admin:agreements_signingkey_changelist"))

    assert page.status_code == 200
    assert SigningKey.objects.first().fingerprint in page.content.decode()
    client.force_login(cast["coordinator"])
    assert client.get(reverse(ADD)).status_code == 302


def test_stored_key_opens_with_the_secret_of_the_product_only(cast, monkeypatch):
    assert keys.signer_for(cast.gangwon)

    monkeypatch.setattr(settings, "SIGNING_SECRET", "another secret")

    with pytest.raises(NotNow):
        keys.signer_for(cast.gangwon)


def test_an_organisation_has_one_active_key(cast):
    row = SigningKey.objects.get(organisation="gangwon")
    row.pk, row.fingerprint = None, "0" * 64

    with pytest.raises(IntegrityError, match="signing_key_one_active"), transaction.atomic():
        row.save(force_insert=True)


def test_expired_certificate_signs_nothing(cast):
    with clock.at(certificates.UNTIL + timedelta(days=1)), pytest.raises(NotNow):
        keys.signer_for(cast.gangwon)


def test_successor_signs_with_its_own_key(cast):
    SigningKey.objects.filter(organisation="MOTIR").update(retired_at=clock.now())
    cast.motir.successors.add(cast.mcst)

    found = keys.signer_for(cast.motir)

    assert seals.organisation_of(found.signing_cert) == "MCST"


def test_command_makes_a_key_for_organisations_without_one(cast, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "TRUSTED_CERTIFICATES", tmp_path)
    output = io.StringIO()

    call_command("make_certificates", stdout=output)
    call_command("make_certificates", stdout=output)

    assert keys.signer_for(cast.hongseong)
    assert len(list(Path(tmp_path).glob("*.pem"))) == 1
    assert output.getvalue().splitlines()[1].startswith("0 ")
