"""Remarks of parties on a draft, and their answers."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from agreements.models import Remark
from agreements.workflow import AGREEMENT, REMARK
from foundation.engine.workflow import NotNow
from tests import factories


def test_a_remark_waits_for_the_coordinators_answer(cast, call):
    version = factories.drafted(cast, call)
    remark = factories.remark(cast, version)

    answered = factories.answer_remark(cast, remark)

    assert remark.due_on is not None
    assert (answered.state, answered.settled_by, answered.due_on) == (
        "settled",
        cast["coordinator"],
        None,
    )


@pytest.mark.parametrize("who", ["motir_reviewer", "mcst_approver", "province_approver"])
def test_those_who_prepare_and_decide_for_a_party_remark(cast, call, who):
    version = factories.drafted(cast, call)

    assert factories.remark(cast, version, who=who).state == "open"


@pytest.mark.parametrize("who", ["finance", "motir_finance"])
def test_others_of_a_party_read_and_do_not_remark(cast, call, who):
    version = factories.drafted(cast, call)

    with pytest.raises(PermissionDenied):
        factories.remark(cast, version, who=who)


def test_nobody_remarks_for_a_body_that_is_no_party(cast, call):
    version = factories.drafted(cast, call)

    with pytest.raises(NotNow):
        factories.remark(cast, version, who="moe_reviewer")


def test_a_draft_with_an_open_remark_is_not_circulated(cast, call):
    version = factories.remarked(cast, call)

    with pytest.raises(NotNow) as refusal:
        AGREEMENT.perform("circulate", version, actor=cast["coordinator"])

    assert refusal.value.places == [
        (str(Remark.objects.get()), Remark.objects.get().get_absolute_url())
    ]


def test_nobody_remarks_once_the_draft_is_circulated(cast, call):
    version = factories.circulated(cast, factories.drafted(cast, call))

    with pytest.raises(NotNow):
        factories.remark(cast, version)

    assert not Remark.objects.exists()


def test_a_remark_is_taken_back_by_its_writer_only(cast, call):
    remark = factories.remark(cast, factories.drafted(cast, call))
    with pytest.raises(PermissionDenied):
        REMARK.perform("withdraw", remark, actor=cast["approver"])

    gone = REMARK.perform("withdraw", remark, actor=cast["drafter"])

    assert gone.state == "withdrawn"


def test_a_remark_stays_when_its_article_is_taken_out(cast, call):
    version = factories.drafted(cast, call)
    remark = factories.remark(cast, version, number=15)
    factories.answer_remark(cast, remark)

    version.articles.get(number=15).delete()

    remark.refresh_from_db()
    assert (remark.article, remark.heading.startswith("15.")) == (None, True)


def test_an_answered_remark_has_its_answer(cast, call):
    factories.remarked(cast, call)

    refused = pytest.raises(IntegrityError, match="remark_settled_has_an_answer")
    with refused, transaction.atomic():
        Remark.objects.update(state="settled")


def test_a_remark_says_something(cast, call):
    version = factories.drafted(cast, call)

    refused = pytest.raises(IntegrityError, match="remark_says_something")
    with refused, transaction.atomic():
        factories.remark(cast, version, text="")


def test_nobody_answers_their_own_remark(cast, call):
    factories.remarked(cast, call)

    with pytest.raises(IntegrityError, match="remark_four_eyes"), transaction.atomic():
        Remark.objects.update(settled_by=cast["drafter"])


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE agreements_remark SET answer = '다른 답변'",
        "UPDATE agreements_remark SET state = 'open'",
        "DELETE FROM agreements_remark",
    ],
)
def test_database_keeps_remarks_and_answers(cast, call, sql):
    factories.answer_remark(cast, factories.remark(cast, factories.drafted(cast, call)))

    refused = pytest.raises(DatabaseError, match="remarks stay")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_database_takes_remarks_of_parties_on_drafts_only(cast, call):
    remark = factories.remark(cast, factories.drafted(cast, call))
    remark.pk, remark.organisation = None, cast.moe

    refused = pytest.raises(DatabaseError, match="a party remarks")
    with refused, transaction.atomic():
        remark.save(force_insert=True)


def test_remark_is_written_at_the_article_and_answered_there(cast, call, client):
    version = factories.drafted(cast, call)
    article = version.articles.get(number=3)
    client.force_login(cast["drafter"])
    sent = {"organisation": "gangwon-gangneung", "text": "역할을 나누어 주십시오."}
    written = client.post(f"/articles/{article.pk}/remarks/new/", sent)
    remark = Remark.objects.get()
    client.force_login(cast["coordinator"])

    answered = client.post(f"/remarks/{remark.pk}/moves/settle/", {"answer": "나누었습니다."})

    page = client.get(f"/agreements/{version.agreement_id}/").content.decode()
    assert (written.status_code, answered.status_code) == (302, 302)
    assert "역할을 나누어 주십시오." in page
    assert "나누었습니다." in page


def test_remark_is_written_and_answered_by_api(cast, call, client):
    version = factories.drafted(cast, call)
    client.force_login(cast["motir_reviewer"])
    sent = {"article": version.articles.get(number=1).pk, "organisation": "MOTIR", "text": "?"}
    made = client.post("/api/v1/remarks/", sent, content_type="application/json")
    client.force_login(cast["coordinator"])

    address = f"/api/v1/remarks/{made.json()['id']}/moves/settle/"
    done = client.post(address, {"answer": "!"}, content_type="application/json")

    assert made.status_code == 201
    assert (done.status_code, done.json()["state"]) == (200, "settled")
