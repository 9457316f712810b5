from datetime import date
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from agreements import workflow
from agreements.consent.clause_positions import save_stances
from agreements.drafting.forms.drafts import ArticleForm
from agreements.models import Agreement, Commitment, ScheduleLine, Version
from agreements.signing import signed_documents
from agreements.signing.forms.signatures import SignForm
from agreements.workflow import AGREEMENT, PARTY
from foundation.engine.workflow import NotNow
from tests import factories
from tests.factories.accounts import PASSWORD


def test_draft_takes_over_parties_articles_and_supported_amounts(cast, call):
    version = factories.drafted(cast, call)

    parties = version.parties.order_by("position").values_list("organisation", "role")
    assert list(parties) == [
        ("MOTIR", "lead_ministry"),
        ("MCST", "ministry"),
        ("gangwon", "province"),
        ("gangwon-gangneung", "municipality"),
    ]
    assert version.articles.count() == 15
    assert sum(version.schedule.values_list("won", flat=True)) == 12_000_000


def test_province_is_a_party_though_it_is_no_partner(cast, call):
    version = factories.drafted(cast, call)
    proposal = version.agreement.proposal
    proposal.partners.clear()

    from agreements.drafting.first_draft import local_parties  # noqa: PLC0415 -- beside its one use

    assert [body.pk for body in local_parties(proposal)] == ["gangwon", "gangwon-gangneung"]


def test_each_proposal_has_one_agreement(cast, call):
    version = factories.drafted(cast, call)

    with pytest.raises(NotNow):
        workflow.draft(version.agreement.proposal, actor=cast["coordinator"])


def test_only_a_coordinator_drafts(cast, call):
    proposal = factories.selected(cast, call)

    with pytest.raises(PermissionDenied):
        workflow.draft(proposal, actor=cast["drafter"])

    assert not Agreement.objects.exists()


def test_agreement_is_drafted_from_a_selected_proposal_only(cast, call):
    with pytest.raises(NotNow):
        workflow.draft(factories.reviewed(cast, call), actor=cast["coordinator"])


def test_last_consent_freezes_the_text(cast, call):
    version = factories.frozen(cast, call)

    assert version.state == "frozen"
    assert len(version.digest) == 64
    assert version.parties.get(organisation="gangwon").name_ko == "강원특별자치도"


def test_objection_keeps_the_text_open_until_the_party_consents(cast, call):
    version = factories.drafted(cast, call)
    version = AGREEMENT.perform("circulate", version, actor=cast["coordinator"])
    first, *others = version.parties.order_by("pk")
    factories.objected(cast, first)
    for party in others:
        PARTY.perform("consent", party, actor=factories.signer(cast, party))
    version.refresh_from_db()
    assert version.state == "consent"
    first = PARTY.perform(
        "weigh",
        first,
        actor=factories.signer(cast, first),
        parts=partial(save_stances, answers={1: (True, "")}),
    )

    PARTY.perform("consent", first, actor=factories.signer(cast, first))

    version.refresh_from_db()
    assert version.state == "frozen"


def test_last_signature_brings_it_into_force_with_its_commitments(cast, call):
    version = factories.in_force(cast, call)

    assert version.state == "in_force"
    columns = ("component", "fiscal_year", "source", "won")
    promised = set(Commitment.objects.values_list(*columns))
    assert promised == set(ScheduleLine.objects.values_list(*columns))
    assert len(promised) == 18


def test_signature_binds_to_the_text_that_was_shown(cast, call):
    version = factories.signing(cast, call)
    party = version.parties.get(organisation="gangwon")
    entered = {"capacity": "office", "office": "부지사", "read": "on", "password": PASSWORD}

    form = SignForm(
        entered | {"digest": "0" * 64},
        record=party,
        move=PARTY["sign"],
        actor=cast["province_approver"],
    )

    assert not form.is_valid()
    assert list(form.errors) == ["digest"]


def test_edit_after_freezing_voids_signatures_and_changes_the_digest(cast, call):
    version = factories.signing(cast, call)
    old = version.digest
    factories.sign(cast, version.parties.get(organisation="gangwon"))

    version = AGREEMENT.perform("recall", version, actor=cast["coordinator"], note="오기 정정")
    assert set(version.parties.values_list("state", flat=True)) == {"named"}
    version = AGREEMENT.perform("circulate", version, actor=cast["coordinator"])
    for party in version.parties.order_by("pk"):
        PARTY.perform("consent", party, actor=factories.signer(cast, party))

    version.refresh_from_db()
    assert version.digest not in ("", old)
    assert version.edition == 2


def test_draft_is_edited_only_while_it_is_drafted(cast, call):
    version = factories.frozen(cast, call)
    article = version.articles.get(number=1)
    form = ArticleForm(
        {"heading_ko": "x", "body_ko": "y"},
        record=version,
        move=AGREEMENT["revise"],
        actor=cast["coordinator"],
        article=article,
    )
    assert form.is_valid()

    with pytest.raises(NotNow):
        form.perform(AGREEMENT)

    article.refresh_from_db()
    assert article.heading_ko == "목적"


@pytest.mark.parametrize("table", ["agreements_commitment", "agreements_signature"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_database_refuses_to_change_promises_and_signatures(cast, call, table, sql):
    factories.in_force(cast, call)

    refused = pytest.raises(DatabaseError, match="append-only")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table))


def broken(name):
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("version_frozen_has_digest", {"state": "frozen", "digest": ""}),
        ("version_signing_is_resolved", {"state": "signing", "digest": "x"}),
        ("version_in_force_has_a_day", {"in_force_on": date(2027, 1, 1)}),
        ("version_period_is_possible", {"last_year": 2000}),
    ],
)
def test_version_constraint(cast, call, name, values):
    version = factories.drafted(cast, call)
    with broken(name), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(**values)


@pytest.mark.parametrize(
    ("name", "related"),
    [
        ("article_number_once", "articles"),
        ("schedule_line_once", "schedule"),
        ("party_once", "parties"),
    ],
)
def test_parts_of_a_draft_are_there_once(cast, call, name, related):
    row = getattr(factories.drafted(cast, call), related).first()
    row.pk = None
    with broken(name), transaction.atomic():
        row.save(force_insert=True)


def test_amounts_are_positive(cast, call):
    version = factories.drafted(cast, call)
    with broken("schedule_line_is_positive"), transaction.atomic():
        version.schedule.update(won=0)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("commitment_once", {}),
        ("is in the schedule", {"won": 1}),
        ("is in the schedule", {"fiscal_year": 2040}),
    ],
)
def test_a_commitment_is_written_once_as_it_was_agreed(cast, call, name, values):
    row = factories.in_force(cast, call).commitments.first()
    row.pk = None
    for field, value in values.items():
        setattr(row, field, value)

    with broken(name), transaction.atomic():
        row.save(force_insert=True)


def test_version_number_once(cast, call):
    version = factories.drafted(cast, call)
    version.pk = None
    with broken("version_number_once"), transaction.atomic():
        version.save(force_insert=True)


def test_signature_once_per_text(cast, call):
    version = factories.signing(cast, call)
    party = version.parties.order_by("pk").first()
    factories.sign(cast, party)
    signature = party.signatures.get()
    longer = signed_documents.content_of(signed_documents.newest(version)) + b"\n"
    signature.pk, signature.deed = None, signed_documents.store(version, longer)
    with broken("signature_once_per_text"), transaction.atomic():
        signature.save(force_insert=True)
