"""Visits and sessions: planned, recorded with their minutes, and never changed afterwards."""

import hashlib
import io
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.utils.html import escape

from foundation.engine.workflow import NotNow
from foundation.models import Event
from projects.models import AgendaItem, Session, SessionMember
from projects.workflow import SESSION
from tests import factories, samples


@pytest.fixture
def stored(settings, tmp_path):
    """A function for the names of all stored files, in a folder of this test only."""
    settings.MEDIA_ROOT = tmp_path
    return lambda: sorted(path.name for path in tmp_path.rglob("*") if path.is_file())


@pytest.fixture
def proposals(cast, call, time_machine):
    """A proposal of Gangneung, and one of Hongseong in which Gangneung takes no part."""
    time_machine.move_to("2026-11-24T09:00:00+09:00")
    mine = factories.submitted(cast, call)
    other = factories.submitted(cast, call, title="홍성의 것")
    other.partners.clear()
    type(other).objects.filter(pk=other.pk).update(applicant=cast.hongseong)
    return mine, other


@pytest.fixture
def session(cast, call, proposals):
    return factories.session(cast, call, *proposals)


def rows(name, *given):
    sent = {f"{name}-TOTAL_FORMS": str(len(given)), f"{name}-INITIAL_FORMS": "0"}
    for number, row in enumerate(given):
        sent |= {f"{name}-{number}-{key}": value for key, value in row.items()}
    return sent


CHAIR = {"name": "김위원", "affiliation": "서울대학교", "role": "chair"}


def plan(*proposals, members=(CHAIR,), **values):
    given = {"kind": "visit", "held_on": "2026-12-03", "place": "강릉"}
    items = rows("items", *({"proposal_id": proposal.pk} for proposal in proposals))
    return given | items | rows("members", *members) | values


def record(session, content=samples.PDF, name="회의록.pdf", **changed):
    sent = {"present": [session.members.first().pk], "file": SimpleUploadedFile(name, content)}
    for item in session.items.all():
        sent |= {f"outcome_{item.pk}": "approved", f"remark_{item.pk}": "보완 후 추진"}
    return sent | changed


def test_session_goes_its_way_through_the_pages(
    client, cast, call, proposals, stored, time_machine
):
    client.force_login(cast["coordinator"])
    sent = client.post(f"/calls/{call.pk}/sessions/new/", plan(*proposals))
    session = Session.objects.get()
    assert sent["Location"] == session.get_absolute_url()
    early = client.post(f"/sessions/{session.pk}/moves/hold/", record(session))
    assert early.status_code == 409
    assert f"/sessions/{session.pk}/moves/redate/" in early.content.decode()
    time_machine.move_to("2026-12-04T09:00:00+09:00")

    done = client.post(f"/sessions/{session.pk}/moves/hold/", record(session))

    assert done["Location"] == session.get_absolute_url()
    session.refresh_from_db()
    digest = hashlib.sha256(samples.PDF).hexdigest()
    assert (session.state, session.minutes_sha256, stored()) == ("held", digest, [digest])
    assert (session.recorded_by, session.recorded_on) == (cast["coordinator"], date(2026, 12, 4))
    page = client.get(session.get_absolute_url()).content.decode()
    assert digest in page
    assert "서울대학교" in page
    assert "가결" in client.get(f"/calls/{call.pk}/ranking/").content.decode()
    assert "가결" in client.get(f"/calls/{call.pk}/sessions/?kind=visit").content.decode()
    assert "보완 후 추진" in client.get(proposals[0].get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "party"},
        {"held_on": "0000-00-00"},
        {"place": "\x00"},
        {"place": "가" * 201},
        {"items-TOTAL_FORMS": "0"},
        {"items-0-proposal_id": ""},
        {"items-0-proposal_id": "0"},
        {"items-0-proposal_id": "\x00"},
        {"members-0-name": ""},
        {"members-0-affiliation": "가" * 201},
        {"members-0-role": "king"},
        {"supplements": "1"},
        rows("members", CHAIR, CHAIR | {"name": "박위원"}),
        rows("members", CHAIR, CHAIR | {"role": "member"}),
    ],
)
def test_wrong_plan_is_refused_at_its_place(client, cast, call, proposals, wrong):
    client.force_login(cast["coordinator"])

    sent = client.post(f"/calls/{call.pk}/sessions/new/", plan(proposals[0]) | wrong)

    assert sent.status_code == 422
    assert not Session.objects.exists()


def test_proposal_of_another_call_or_a_draft_is_not_on_the_agenda(client, cast, call, proposals):
    other = factories.submitted(cast, factories.call(cast, title_ko="다른 공모"), title="남의 것")
    draft = factories.complete_proposal(cast, call, title="초안")
    client.force_login(cast["coordinator"])

    for foreign in (other, draft):
        sent = client.post(f"/calls/{call.pk}/sessions/new/", plan(proposals[0], foreign))
        assert sent.status_code == 422
    session = factories.session(cast, call, proposals[0])
    with pytest.raises(IntegrityError, match="another call"), transaction.atomic():
        session.items.create(proposal=other)


def test_agenda_may_change_its_order_while_it_is_planned(client, cast, session, proposals):
    first, second = session.items.order_by("pk")
    client.force_login(cast["coordinator"])
    items = [
        {"id": first.pk, "proposal_id": second.proposal_id},
        {"id": second.pk, "proposal_id": first.proposal_id},
    ]

    sent = client.post(f"/sessions/{session.pk}/moves/revise/", plan() | rows("items", *items))

    assert sent.status_code == 302
    assert Session.objects.get().held_on == date(2026, 1, 15)  # another day has a reason
    assert [i.proposal for i in session.items.order_by("pk")] == [proposals[1], proposals[0]]
    assert session.members.get().affiliation == "서울대학교"


@pytest.mark.parametrize(
    "case", ["empty", "html as pdf", "zip bomb", "pdf with javascript", "docm as docx"]
)
def test_hostile_minutes_are_refused_and_nothing_is_stored(client, cast, session, stored, case):
    name, content, reason = samples.HOSTILE[case]
    file = io.BytesIO(content)
    file.name = name
    client.force_login(cast["coordinator"])

    sent = client.post(f"/sessions/{session.pk}/moves/hold/", record(session, file=file))

    assert sent.status_code == 422
    assert reason in sent.context["form"].errors["file"][0]
    assert stored() == []


@pytest.mark.parametrize("value", ["", "great", "\x00", "가" * 20_001])
def test_every_item_needs_a_result(client, cast, session, stored, value):
    item = session.items.first()
    client.force_login(cast["coordinator"])
    field = f"remark_{item.pk}" if len(value) > 100 else f"outcome_{item.pk}"

    sent = client.post(f"/sessions/{session.pk}/moves/hold/", record(session, **{field: value}))

    assert sent.status_code == 422
    assert list(sent.context["form"].errors) == [field]
    assert "보완 후 추진" in sent.content.decode()


def test_members_come_from_this_session(client, cast, call, proposals, session, stored):
    stranger = factories.session(cast, call, proposals[0]).members.first()
    client.force_login(cast["coordinator"])

    for present in ([], [stranger.pk], ["\x00"]):
        sent = client.post(f"/sessions/{session.pk}/moves/hold/", record(session, present=present))
        assert sent.status_code == 422
    assert stored() == []


def test_session_without_members_or_agenda_is_not_recorded(cast, call, proposals):
    empty = factories.session(cast, call)
    unmanned = factories.session(cast, call, proposals[0])
    unmanned.members.all().delete()

    for session in (empty, unmanned):
        with pytest.raises(NotNow):
            factories.record_session(cast, session)


def test_file_goes_when_the_session_was_changed_meanwhile(client, cast, session, stored):
    client.force_login(cast["coordinator"])
    sent = record(session, seen=str(session.moves_made))
    SESSION.perform("revise", session, actor=cast["second_coordinator"])

    answer = client.post(f"/sessions/{session.pk}/moves/hold/", sent)

    assert (answer.status_code, stored()) == (409, [])


def test_parties_read_their_own_results_and_nothing_of_others(
    client, cast, proposals, session, stored
):
    client.force_login(cast["coordinator"])
    client.post(f"/sessions/{session.pk}/moves/hold/", record(session))
    address = session.get_absolute_url()
    client.force_login(cast["drafter"])

    page = client.get(address).content.decode()

    assert str(proposals[0]) in page
    assert "홍성의 것" not in page
    assert "한국지방행정연구원" not in page
    assert client.get(f"{address}minutes/").status_code == 404
    listed = client.get("/api/v1/sessions/").json()["results"]
    assert [item["proposal"] for item in listed[0]["items"]] == [proposals[0].pk]
    assert (listed[0]["members"], listed[0]["minutes_sha256"], listed[0]["moves"]) == (
        None,
        None,
        [],
    )
    assert client.get(f"/api/v1/sessions/{session.pk}/minutes/").status_code == 404
    client.force_login(cast["moe_reviewer"])
    assert client.get(address).status_code == 404


def test_minutes_are_handed_to_oversight_as_a_download(client, cast, session, stored):
    client.force_login(cast["coordinator"])
    assert client.get(f"/sessions/{session.pk}/minutes/").status_code == 404
    client.post(f"/sessions/{session.pk}/moves/hold/", record(session))
    client.force_login(cast["auditor"])

    answer = client.get(f"/sessions/{session.pk}/minutes/")

    assert b"".join(answer.streaming_content) == samples.PDF
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Content-Disposition"].startswith("attachment")


def test_only_coordinators_plan_record_and_cancel(cast, session):
    for who in ("drafter", "motir_approver", "budget", "auditor"):
        for move in ("revise", "redate", "hold", "cancel"):
            with pytest.raises(PermissionDenied):
                SESSION.perform(move, session, actor=cast[who], note="x")


def test_supplement_refers_to_a_held_session(client, cast, call, proposals, session):
    client.force_login(cast["coordinator"])
    address = f"/calls/{call.pk}/sessions/new/"
    assert client.post(address, plan(proposals[0], supplements=session.pk)).status_code == 422
    factories.record_session(cast, session)

    sent = client.post(address, plan(proposals[0], supplements=session.pk))

    later = Session.objects.latest("pk")
    assert sent["Location"] == later.get_absolute_url()
    assert later.get_absolute_url() in client.get(session.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("affiliation", "found"),
    [
        ("강릉시청 기획과", True),
        ("산업 통상부", True),
        ("gangneung-si", True),
        ("서울대학교", False),
    ],
)
def test_member_from_a_party_is_pointed_out(client, cast, call, proposals, affiliation, found):
    client.force_login(cast["coordinator"])
    member = CHAIR | {"affiliation": affiliation}

    sent = client.post(
        f"/calls/{call.pk}/sessions/new/", plan(proposals[0], members=(member,)), follow=True
    )

    assert (escape("이해충돌이 없는지") in sent.content.decode()) is found


def test_script_in_a_name_is_shown_and_not_run(client, cast, session):
    client.force_login(cast["coordinator"])
    member = CHAIR | {"name": "<script>alert(1)</script>"}
    items = [{"proposal_id": session.items.first().proposal_id}]

    client.post(
        f"/sessions/{session.pk}/moves/revise/", plan(members=(member,)) | rows("items", *items)
    )

    assert "<script>alert" not in client.get(session.get_absolute_url()).content.decode()


def refused_by(name, act):
    def act_to_the_end():
        with transaction.atomic():
            act()
            connection.check_constraints()

    with pytest.raises(IntegrityError) as refusal:
        act_to_the_end()
    assert name in str(refusal.value)


def test_database_keeps_a_planned_session(cast, session):
    planned = Session.objects.filter(pk=session.pk)
    minutes = {"minutes": "x", "minutes_name": "x", "minutes_size": 1, "minutes_sha256": "0" * 64}
    facts = minutes | {"recorded_by": cast["coordinator"], "recorded_on": date(2026, 11, 24)}
    item, member = session.items.first(), session.members.first()

    refused_by("session_held_has_its_minutes", lambda: planned.update(state="held"))
    refused_by(
        "session_held_has_its_minutes",
        lambda: planned.update(state="held", **facts | {"minutes_sha256": "x"}),
    )
    refused_by(
        "session_is_recorded_after_it_was_held",
        lambda: planned.update(recorded_on=date(2020, 1, 1)),
    )
    refused_by("results, members who attended", lambda: planned.update(state="held", **facts))
    refused_by("supplements no held session", lambda: planned.update(supplements=session))
    refused_by("agenda_item_once", lambda: session.items.create(proposal=item.proposal))
    refused_by(
        "session_member_once",
        lambda: session.members.create(name=member.name, affiliation=member.affiliation),
    )
    refused_by("session_member_has_a_name", lambda: session.members.create(name=""))
    refused_by("does not change", lambda: session.items.update(outcome="approved"))
    refused_by("does not change", lambda: session.members.update(attended=True))


def test_held_session_never_changes(cast, call, proposals, session):
    factories.record_session(cast, session)
    held = Session.objects.filter(pk=session.pk)
    planned = factories.session(cast, call, proposals[0])
    items = AgendaItem.objects.filter(session=session)

    refused_by("a session that is over", lambda: held.update(place="x"))
    refused_by("a session that is over", lambda: held.update(minutes_sha256="1" * 64))
    for act in (
        lambda: items.update(outcome="rejected"),
        lambda: items.update(note="x"),
        lambda: items.delete(),
        lambda: items.update(session=planned, outcome=""),
        lambda: SessionMember.objects.filter(session=session).update(attended=False),
        lambda: SessionMember.objects.filter(session=session).delete(),
        lambda: session.members.create(name="박위원", affiliation="x", role="member"),
    ):
        refused_by("the record of a session does not change", act)
    with pytest.raises(NotNow):
        SESSION.perform("cancel", session, actor=cast["coordinator"], note="x")


def test_result_of_a_session_changes_no_state_of_a_proposal(cast, proposals, session):
    factories.record_session(cast, session, outcome="rejected")

    proposals[0].refresh_from_db()
    assert proposals[0].state == "in_review"


def test_sessions_through_the_api(client, cast, call, proposals, stored):
    client.force_login(cast["coordinator"])
    planned = client.post(
        "/api/v1/sessions/",
        {
            "call": call.pk,
            "kind": "visit",
            "held_on": "2026-11-20",
            "items": [{"proposal_id": proposals[0].pk}],
            "members": [CHAIR],
        },
        content_type="application/json",
    )
    assert planned.status_code == 201, planned.json()
    number = planned.json()["id"]
    session = Session.objects.get(pk=number)
    address = f"/api/v1/sessions/{number}/moves/hold/"
    refused = client.post(address, {"present": []}, content_type="application/json")
    assert (refused.status_code, "file" in refused.json()) == (400, True)

    done = client.post(address, record(session))

    assert (done.status_code, done.json()["state"]) == (200, "held"), done.json()
    (item,) = done.json()["items"]
    assert (item["outcome"], item["note"]) == ("approved", "보완 후 추진")
    got = client.get(f"/api/v1/sessions/{number}/minutes/")
    assert b"".join(got.streaming_content) == samples.PDF
    assert client.get(f"/api/v1/sessions/?call={call.pk}&state=planned").json()["results"] == []
    assert Event.objects.of(session).count() == 2
