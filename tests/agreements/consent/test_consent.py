"""A party consents clause by clause; earlier agreement is prefilled."""

from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from agreements.consent.clause_positions import clauses_of, save_stances
from agreements.consent.forms.clause_positions import ClausesForm
from agreements.drafting.forms.drafts import ArticleForm
from agreements.models import SCHEDULE, Stance
from agreements.workflow import AGREEMENT, PARTY
from foundation.engine.workflow import NotNow
from tests import factories


@pytest.fixture
def asked(cast, call):
    factories.template(cast, call, ("목적", "가"), ("기간", "나"), ("해약", "다"))
    version = factories.circulated(cast, factories.drafted(cast, call))
    return version.parties.get(organisation="gangwon")


def form_of(cast, party, data, who="province_approver"):
    return ClausesForm(data, record=party, move=PARTY["weigh"], actor=cast[who])


def answer(cast, party, data):
    form = form_of(cast, party, data)
    assert form.is_valid(), form.errors
    return form.perform(PARTY)


def answers_of(party):
    rows = party.stances.filter(valid=True).order_by("number")
    return list(rows.values_list("number", "agrees", "remark"))


def test_what_is_entered_is_kept_and_sent_to_nobody(cast, asked):
    party = answer(cast, asked, {"agrees_1": "yes", "agrees_2": "no", "remark_2": "너무 짧다."})

    assert party.state == "asked"
    assert answers_of(party) == [(1, True, ""), (2, False, "너무 짧다.")]


def test_what_is_open_again_is_taken_back_and_what_is_not_sent_stays(cast, asked):
    answer(cast, asked, {"agrees_1": "yes", "agrees_2": "yes"})
    asked.refresh_from_db()

    party = answer(cast, asked, {"agrees_1": ""})

    assert answers_of(party) == [(2, True, "")]


def test_consent_to_the_whole_agrees_to_every_clause(cast, asked):
    party = PARTY.perform("consent", asked, actor=cast["province_approver"])

    assert [number for number, _agrees, _remark in answers_of(party)] == [SCHEDULE, 1, 2, 3]
    assert all(agrees for _number, agrees, _remark in answers_of(party))


def test_no_party_consents_while_it_objects_to_a_clause(cast, asked):
    sent = {"agrees_2": "no", "remark_2": "너무 짧다.", "then": "consent"}
    form = form_of(cast, asked, sent)
    assert form.is_valid()

    with pytest.raises(NotNow):
        form.perform(PARTY)

    asked.refresh_from_db()
    assert (asked.state, answers_of(asked)) == ("asked", [])


def test_a_party_objects_with_at_least_one_clause(cast, asked):
    with pytest.raises(NotNow):
        PARTY.perform("object", asked, actor=cast["province_approver"])

    sent = {"agrees_0": "no", "remark_0": "지방비가 많다.", "then": "object"}
    party = answer(cast, asked, sent)

    assert (party.state, answers_of(party)) == ("objected", [(SCHEDULE, False, "지방비가 많다.")])


def test_an_objection_without_a_remark_is_refused_at_its_place(cast, asked):
    form = form_of(cast, asked, {"agrees_1": "no", "remark_1": "  "})

    assert list(form.errors) == ["remark_1"]


def test_a_consent_is_taken_back_with_a_reason_while_others_are_asked(cast, asked):
    party = PARTY.perform("consent", asked, actor=cast["province_approver"])

    party = PARTY.perform("reconsider", party, actor=cast["province_approver"], note="재검토")

    assert party.state == "asked"
    assert party.due_on is not None


def recalled_and_sent_again(cast, version, number, text):
    version = AGREEMENT.perform("recall", version, actor=cast["coordinator"], note="수정")
    article = version.articles.get(number=number)
    form = ArticleForm(
        {"heading_ko": article.heading_ko, "body_ko": text},
        record=version,
        move=AGREEMENT["revise"],
        actor=cast["coordinator"],
        article=article,
    )
    assert form.is_valid()
    version = form.perform(AGREEMENT)
    return AGREEMENT.perform("circulate", version, actor=cast["coordinator"])


def test_after_a_recall_agreement_is_filled_in_where_the_words_are_the_same(cast, asked):
    PARTY.perform("consent", asked, actor=cast["province_approver"])
    version = recalled_and_sent_again(cast, asked.version, 2, "다른 기간")
    party = version.parties.get(pk=asked.pk)

    form = form_of(cast, party, None)

    filled = {n: form.fields[f"agrees_{n}"].initial for n in (1, 2, 3, SCHEDULE)}
    assert party.state == "asked"
    assert answers_of(party) == []
    assert filled == {1: "yes", 2: "", 3: "yes", SCHEDULE: "yes"}


def test_a_stance_counts_for_the_words_it_was_about(cast, asked):
    save_stances(asked, {2: (False, "너무 짧다.")})
    Stance.objects.filter(party=asked).update(digest="0" * 64)

    party = PARTY.perform("consent", asked, actor=cast["province_approver"])

    assert party.state == "consented"


def test_last_consent_by_clauses_freezes_the_text(cast, asked):
    version = asked.version
    for party in version.parties.order_by("pk"):
        sent = {f"agrees_{clause.number}": "yes" for clause in clauses_of(version)}
        form = form_of(
            cast, party, sent | {"then": "consent"}, factories.SIGNERS[party.organisation_id]
        )
        assert form.is_valid()
        form.perform(PARTY)

    version.refresh_from_db()
    assert version.state == "frozen"


def test_everybody_concerned_sees_the_answers_of_each_party(cast, asked, client):
    factories.objected(cast, asked, number=2, remark="기간이 너무 짧다.")

    for who in ("coordinator", "drafter", "mcst_reviewer", "auditor"):
        client.force_login(cast[who])
        page = client.get(f"/agreements/{asked.version.agreement_id}/").content.decode()
        assert "기간이 너무 짧다." in page, who


def test_objections_are_shown_while_the_text_is_edited(cast, asked, client):
    factories.objected(cast, asked, number=2, remark="기간이 너무 짧다.")
    AGREEMENT.perform("recall", asked.version, actor=cast["coordinator"], note="수정")
    client.force_login(cast["coordinator"])

    page = client.get(f"/agreements/{asked.version.agreement_id}/").content.decode()

    assert "기간이 너무 짧다." in page


def test_nothing_entered_is_lost_when_it_is_refused(cast, asked, client):
    client.force_login(cast["province_approver"])
    sent = {"agrees_1": "no", "remark_1": "목적이 다르다.", "then": "consent"}

    answer = client.post(f"/parties/{asked.pk}/moves/weigh/", sent)

    assert answer.status_code == 409
    assert "목적이 다르다." in answer.content.decode()


def test_clauses_are_answered_by_api(cast, asked, client):
    client.force_login(cast["province_approver"])
    clauses = [{"number": 1, "agrees": True}, {"number": 2, "agrees": False, "remark": "짧다."}]

    answer = client.post(
        f"/api/v1/parties/{asked.pk}/moves/weigh/",
        {"clauses": clauses, "then": "object"},
        content_type="application/json",
    )

    assert answer.json()["state"] == "objected"
    assert [row["agrees"] for row in answer.json()["stances"]] == [True, False]


@pytest.mark.parametrize(
    ("name", "values"),
    [("stance_once", {"number": 1}), ("stance_objection_has_a_remark", {"agrees": False})],
)
def test_stance_constraint(cast, asked, name, values):
    save_stances(asked, {1: (True, ""), 2: (True, "")})

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Stance.objects.filter(number=2).update(**values)


def test_database_takes_a_stance_only_while_the_text_waits_for_consent(cast, call):
    party = factories.frozen(cast, call).parties.order_by("pk").first()

    refused = pytest.raises(DatabaseError, match="waits for consent")
    with refused, transaction.atomic():
        partial(save_stances, answers={1: (True, "")})(party)
