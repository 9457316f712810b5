"""Agreed records cannot be changed, neither by code nor by SQL of the application's role."""

import pytest
from django.db import DatabaseError, transaction

from agreements.models import Article, Party, ScheduleLine, Version
from tests import factories


@pytest.fixture
def agreed(cast, call):
    return factories.signed(cast, call)


refused = pytest.raises(DatabaseError, match="agreed:|append-only|permission denied|must be owner")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE agreements_article SET body_ko = 'x'",
        "UPDATE agreements_article SET number = number + 100",
        "DELETE FROM agreements_article",
        "INSERT INTO agreements_article (version_id, number, heading_ko, body_ko, heading_en, body_en)"
        " SELECT version_id, 99, 'x', 'x', '', '' FROM agreements_article LIMIT 1",
        "UPDATE agreements_scheduleline SET won = won + 1",
        "DELETE FROM agreements_scheduleline",
        "UPDATE agreements_party SET name_ko = 'x'",
        "UPDATE agreements_party SET state = 'invited'",
        "UPDATE agreements_party SET organisation_id = 'MOE'",
        "DELETE FROM agreements_party",
        "UPDATE agreements_version SET digest = 'x'",
        "UPDATE agreements_version SET edition = edition + 1",
        "UPDATE agreements_version SET state = 'drafting', in_force_on = NULL",
        "UPDATE agreements_version SET in_force_on = '2020-01-01'",
        "UPDATE agreements_version SET resolution = 'x'",
        "UPDATE agreements_agreement SET title = 'x'",
        "UPDATE agreements_agreement SET number = 'x'",
        "DELETE FROM agreements_agreement",
        "UPDATE agreements_deed SET pdf = ''",
        "DELETE FROM agreements_deed",
        "TRUNCATE agreements_deed CASCADE",
        "UPDATE agreements_signature SET signatory = 'x'",
        "DELETE FROM agreements_signature",
        "UPDATE agreements_commitment SET won = won + 1",
        "DELETE FROM agreements_commitment",
        "TRUNCATE agreements_article",
        "ALTER TABLE agreements_article DISABLE TRIGGER ALL",
        "DROP TRIGGER article_stays ON agreements_article",
        "SET session_replication_role = replica",
        "UPDATE agreements_signingkey SET certificate = ''",
        "DELETE FROM agreements_signingkey",
        "UPDATE foundation_event SET note = 'x'",
    ],
)
def test_role_of_the_application_changes_nothing_that_is_agreed(agreed, as_application, sql):
    with refused:
        as_application(sql)


def test_role_of_the_application_can_do_its_work(agreed, as_application):
    as_application("SELECT 1 FROM agreements_deed")
    as_application("UPDATE agreements_party SET changed_at = now()")


@pytest.mark.parametrize(
    "change",
    [
        lambda version: version.articles.update(body_ko="x"),
        lambda version: version.articles.first().delete(),
        lambda version: Article.objects.create(version=version, number=99),
        lambda version: version.schedule.update(won=1),
        lambda version: version.schedule.first().delete(),
        lambda version: ScheduleLine.objects.create(
            version=version,
            component=version.schedule.first().component,
            fiscal_year=2040,
            source="private",
            won=1,
        ),
        lambda version: version.parties.update(name_ko="x"),
        lambda version: Party.objects.create(
            version=version, organisation_id="MOE", role="ministry"
        ),
        lambda version: Version.objects.filter(pk=version.pk).update(digest="x"),
        lambda version: version.deeds.update(sha256="x"),
        lambda version: version.deeds.first().delete(),
    ],
)
@pytest.mark.parametrize("road", ["frozen", "in_force"])
def test_no_code_path_changes_a_text_that_is_frozen(cast, call, road, change):
    version = getattr(factories, road)(cast, call)
    before = version.text()

    with pytest.raises(DatabaseError), transaction.atomic():
        change(version)

    version.refresh_from_db()
    assert version.text() == before


def test_signature_is_given_only_to_the_current_text(cast, call):
    version = factories.signing(cast, call)
    party = version.parties.order_by("pk").first()
    factories.sign(cast, party)
    row = party.signatures.get()
    row.pk, row.digest, row.deed_id = None, "0" * 64, None

    with pytest.raises(DatabaseError, match="binds to the current text"), transaction.atomic():
        row.save(force_insert=True)


def test_signature_needs_the_proof_of_its_kind(cast, call):
    version = factories.signing(cast, call)
    party = version.parties.order_by("pk").first()

    with pytest.raises(DatabaseError, match="signature_has_its_proof"), transaction.atomic():
        party.signatures.create(
            kind="platform",
            digest=version.digest,
            signatory="x",
            office="x",
            authority="x",
            signed_by=cast["coordinator"],
            signed_at="2026-01-01T00:00:00Z",
        )
