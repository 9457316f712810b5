"""A clerical error is corrected when every party confirms, without a new round of consent."""

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction

from agreements.corrections.forms import ConfirmForm, CorrectionForm
from agreements.keys import signing_keys as keys
from agreements.models import Correction
from agreements.pdf_signatures.reading import read
from agreements.signing import signed_documents
from agreements.workflow import AGREEMENT, CONFIRMATION, CORRECTION
from foundation.engine.workflow import NotNow
from tests import factories
from tests.factories.accounts import PASSWORD


def confirm(cast, row, **entered):
    actor = factories.signer(cast, row.party)
    form = ConfirmForm(entered, record=row, move=CONFIRMATION["confirm"], actor=actor)
    assert form.is_valid(), form.errors
    return form.perform(CONFIRMATION)


def test_last_confirmation_freezes_a_new_edition(cast, call):
    version = factories.frozen(cast, call)
    old = version.digest

    made = factories.corrected(cast, version)

    assert made.state == "made"
    assert (version.state, version.edition) == ("frozen", 2)
    assert version.digest != old
    assert version.articles.get(number=1).heading_ko == "목적과 정의"
    newest = signed_documents.newest(version)
    assert (newest.edition, newest.number, newest.digest) == (2, 0, version.digest)


def test_system_signs_again_for_who_signed_here_and_others_stay_invited(cast, call):
    version = factories.signing(cast, call)
    first = version.parties.get(organisation="MOTIR")
    factories.sign(cast, first)
    made = factories.correction(cast, version)

    for row in made.confirmations.order_by("pk"):
        confirm(cast, row, password=PASSWORD if row.party_id == first.pk else "")

    version.refresh_from_db()
    states = dict(version.parties.values_list("organisation", "state"))
    assert states == {
        "MOTIR": "signed",
        "MCST": "invited",
        "gangwon": "invited",
        "gangwon-gangneung": "invited",
    }
    newest = signed_documents.newest(version)
    assert (newest.edition, newest.number) == (2, 1)
    [found] = read(signed_documents.content_of(newest), keys.anchors())["signatures"]
    assert found["intact"]
    assert found["certificate"]["organisation"] == "MOTIR"
    first.refresh_from_db()
    assert first.current_signature().digest == version.digest


def test_who_signed_on_paper_is_asked_to_sign_again(cast, call):
    version = factories.signing(cast, call)
    party = version.parties.get(organisation="gangwon")
    row = factories.paper(cast, version, party=party)
    factories.PAPER.perform("confirm", row, actor=cast["coordinator"])
    made = factories.correction(cast, version)

    for each in made.confirmations.order_by("pk"):
        confirm(cast, each)

    party.refresh_from_db()
    assert party.state == "invited"
    assert party.due_on is not None


def test_who_signed_here_gives_the_password_with_the_click(cast, call):
    cache.clear()
    version = factories.signing(cast, call)
    party = version.parties.get(organisation="MOTIR")
    factories.sign(cast, party)
    row = factories.correction(cast, version).confirmations.get(party=party)

    actor = cast["motir_approver"]
    form = ConfirmForm({}, record=row, move=CONFIRMATION["confirm"], actor=actor)

    assert list(form.errors) == ["password"]


def test_one_refusal_and_nothing_changes(cast, call):
    version = factories.frozen(cast, call)
    old = version.digest
    made = factories.correction(cast, version)
    first, second, *others = made.confirmations.order_by("pk")
    confirm(cast, first)

    actor = factories.signer(cast, second.party)
    CONFIRMATION.perform("refuse", second, actor=actor, note="뜻이 달라집니다.")

    made.refresh_from_db()
    version.refresh_from_db()
    assert made.state == "refused"
    assert (version.edition, version.digest) == (1, old)
    assert {type(row).objects.get(pk=row.pk).state for row in others} == {"lapsed"}
    with pytest.raises(NotNow):
        confirm(cast, others[0])


def test_nobody_signs_while_a_correction_waits(cast, call):
    version = factories.signing(cast, call)
    factories.correction(cast, version)

    with pytest.raises(NotNow, match="오기 정정"):
        factories.sign(cast, version.parties.order_by("pk").first())


def test_recall_lets_an_open_correction_lapse(cast, call):
    version = factories.frozen(cast, call)
    made = factories.correction(cast, version)

    AGREEMENT.perform("recall", version, actor=cast["coordinator"], note="다시 작성")

    made.refresh_from_db()
    assert made.state == "lapsed"


@pytest.mark.parametrize("road", ["drafted", "in_force"])
def test_neither_a_draft_nor_a_text_in_force_is_corrected(cast, call, road):
    version = getattr(factories, road)(cast, call)

    with pytest.raises(NotNow):
        factories.correction(cast, version)


def test_two_corrections_do_not_wait_at_once(cast, call):
    version = factories.frozen(cast, call)
    factories.correction(cast, version)

    with pytest.raises(NotNow):
        factories.correction(cast, version)
    with pytest.raises(IntegrityError, match="correction_one_waits"), transaction.atomic():
        Correction.objects.create(version=version, edition=1, state="proposed")


def test_a_text_that_is_sent_unchanged_is_no_correction(cast, call):
    version = factories.frozen(cast, call)
    sent = {"reason": "오기"}
    for article in version.articles.all():
        for name in ("heading_ko", "body_ko", "heading_en", "body_en"):
            sent[f"{name}_{article.number}"] = getattr(article, name)
    options = {"move": CORRECTION["propose"], "actor": cast["coordinator"]}

    unchanged = CorrectionForm(sent, record=Correction(version=version), **options)
    changed = CorrectionForm(
        sent | {"body_ko_2": "고친 글"}, record=Correction(version=version), **options
    )

    assert not unchanged.is_valid()
    assert changed.is_valid(), changed.errors
    assert changed.perform(CORRECTION).articles.get().number == 2
