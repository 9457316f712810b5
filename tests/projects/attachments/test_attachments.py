import hashlib
import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.authtoken.models import Token

from foundation.engine import history
from foundation.intake.files import MOST_BYTES
from foundation.models import Event
from projects.attachments import file_storage
from projects.attachments.forms import AttachForm
from projects.models import Attachment, Proposal
from projects.workflow import PROPOSAL
from tests import factories, samples
from tests.together import at_once


@pytest.fixture
def stored(settings, tmp_path):
    """A function for the names of all stored files, in a folder of this test only."""
    settings.MEDIA_ROOT = tmp_path

    def names():
        return sorted(path.name for path in tmp_path.rglob("*") if path.is_file())

    return names


@pytest.fixture
def drafting(client, cast):
    client.force_login(cast["drafter"])
    return client


@pytest.fixture
def proposal(cast, call):
    return factories.complete_proposal(cast, call)


def send(client, proposal, content=samples.PDF, name="의견서.pdf", kind="council", **more):
    file = SimpleUploadedFile(name, content)
    values = {"kind": kind, "file": file} | more
    return client.post(f"/proposals/{proposal.pk}/attachments/", values)


def attach(cast, proposal, content=samples.PDF, name="의견서.pdf"):
    """An attachment through the same form as on a page."""
    client = Client()
    client.force_login(cast["drafter"])
    assert send(client, proposal, content, name).status_code == 302
    return Attachment.objects.latest("pk")


def of(content):
    return hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("name", samples.HONEST)
def test_file_is_attached(drafting, cast, proposal, stored, name):
    answer = send(drafting, proposal, samples.HONEST[name], name, remark="원본")

    paper = proposal.attachments.get()
    assert answer["Location"] == f"/proposals/{proposal.pk}/attachments/"
    assert (paper.name, paper.note, paper.added_by) == (name, "원본", cast["drafter"])
    assert paper.sha256 == of(samples.HONEST[name])
    assert paper.size == len(samples.HONEST[name])
    assert stored() == [paper.sha256]


@pytest.mark.parametrize("case", samples.HOSTILE)
def test_hostile_file_is_refused_and_nothing_is_stored(drafting, proposal, stored, case):
    name, content, reason = samples.HOSTILE[case]
    file = io.BytesIO(content)  # as a browser sends it, empty or not
    file.name = name
    before = Event.objects.count()

    answer = drafting.post(
        f"/proposals/{proposal.pk}/attachments/", {"kind": "council", "file": file}
    )

    assert answer.status_code == 422
    assert reason in answer.context["form"].errors["file"][0]
    assert (stored(), proposal.attachments.count()) == ([], 0)
    assert Event.objects.count() == before


def test_file_over_the_limit_is_refused_and_not_read_to_the_end(drafting, proposal, stored):
    answer = send(drafting, proposal, b"%PDF-1.7" + b"\0" * (MOST_BYTES + 1_000_000))

    assert answer.status_code == 422
    assert "26MB" in answer.content.decode()
    assert answer.context["form"].data["kind"] == "council"
    assert stored() == []


@pytest.mark.parametrize("values", [{}, {"kind": "council"}, {"kind": "nonsense", "file": "x"}, {"kind": "council", "file": "text", "remark": "\0"}])  # fmt: skip
def test_form_without_a_file_is_refused(drafting, proposal, stored, values):
    answer = drafting.post(f"/proposals/{proposal.pk}/attachments/", values)

    assert answer.status_code == 422
    assert stored() == []


def test_folders_and_direction_overrides_are_removed_from_a_name(drafting, proposal, stored):
    send(drafting, proposal, name="../../x/계획\u202e\x07서.pdf")

    paper = proposal.attachments.get()
    assert paper.name == "계획서.pdf"
    assert paper.file.name == f"attachments/{proposal.pk}/{paper.sha256}"


def test_same_file_is_not_attached_twice(drafting, proposal, stored):
    send(drafting, proposal)
    answer = send(drafting, proposal, name="다른 이름.pdf")

    assert answer.status_code == 422
    assert "의견서.pdf" in answer.content.decode()
    assert len(stored()) == 1


def test_limit_of_all_files_together_holds(drafting, proposal, stored, monkeypatch):
    monkeypatch.setattr(file_storage, "MOST_BYTES_TOGETHER", 2 * len(samples.PDF) - 1)

    send(drafting, proposal)
    answer = send(drafting, proposal, samples.PDF.replace(b"1.7", b"1.6"))

    assert answer.status_code == 422
    assert proposal.attachments.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_attach_the_same_file_attach_it_once(cast, proposal, stored):
    def one():
        client = Client()
        client.force_login(cast["drafter"])
        return send(client, proposal).status_code

    assert sorted(at_once(one, one)) in ([302, 409], [302, 422])
    assert len(stored()) == proposal.attachments.count() == 1


@pytest.mark.django_db(transaction=True)
def test_failed_move_leaves_neither_row_nor_file(cast, proposal, stored, monkeypatch):
    def broken(*words, **more):
        assert len(stored()) == 1
        raise RuntimeError("the disk of the database is full")

    monkeypatch.setattr(history, "write", broken)
    client = Client(raise_request_exception=False)
    client.force_login(cast["drafter"])

    assert send(client, proposal).status_code == 500
    assert (stored(), Attachment.objects.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_failed_move_keeps_a_file_that_was_stored_before(cast, proposal, stored, monkeypatch):
    paper = attach(cast, proposal)
    move = PROPOSAL["revise"]
    file = SimpleUploadedFile("b.pdf", samples.PDF)
    other = Proposal.objects.get(pk=proposal.pk)
    form = AttachForm({"kind": "other"}, files={"file": file}, record=other, move=move, actor=cast["drafter"])  # fmt: skip
    monkeypatch.setattr(file_storage, "reasons_against", lambda *words: [])
    assert form.is_valid()

    with pytest.raises(IntegrityError):
        form.perform(PROPOSAL)

    assert stored() == [paper.sha256]


def test_file_left_half_written_is_written_again(drafting, proposal, stored, tmp_path):
    half = tmp_path / file_storage.address_of(proposal, of(samples.PDF))
    half.parent.mkdir(parents=True)
    half.write_bytes(b"%PDF")

    send(drafting, proposal)

    assert half.read_bytes() == samples.PDF


@pytest.mark.django_db(transaction=True)
def test_attachment_of_a_draft_goes_with_its_file(cast, proposal, stored):
    paper = attach(cast, proposal)
    client = Client()
    client.force_login(cast["drafter"])

    assert "빼기" in client.get(f"/attachments/{paper.pk}/drop/").content.decode()
    answer = client.post(f"/attachments/{paper.pk}/drop/", {})

    assert answer["Location"] == f"/proposals/{proposal.pk}/attachments/"
    assert (stored(), Attachment.objects.count()) == ([], 0)
    assert client.get(f"/attachments/{paper.pk}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_submitted_attachment_stays_with_its_revision(cast, proposal, stored):
    paper = attach(cast, proposal)
    proposal = PROPOSAL.perform("submit", proposal, actor=cast["approver"])
    proposal = PROPOSAL.perform("return", proposal, actor=cast["coordinator"], note="보완")
    client = Client()
    client.force_login(cast["drafter"])

    assert client.post(f"/attachments/{paper.pk}/drop/", {}).status_code == 302
    paper.refresh_from_db()
    assert paper.removed
    assert paper.name not in client.get(f"/proposals/{proposal.pk}/attachments/").content.decode()
    assert client.get(f"/attachments/{paper.pk}/").status_code == 200
    assert client.post(f"/attachments/{paper.pk}/drop/", {}).status_code == 404

    again = attach(cast, proposal, name="다시.pdf")
    client.post(f"/attachments/{again.pk}/drop/", {})
    assert stored() == [paper.sha256]
    assert proposal.revisions.get().content["attachments"][0]["sha256"] == paper.sha256


@pytest.mark.parametrize("state", ["submitted", "reviewed", "selected"])
def test_papers_cannot_be_changed_after_submission(cast, call, stored, state):
    proposal = getattr(factories, state)(cast, call)
    client = Client()
    client.force_login(cast["drafter"])

    assert send(client, proposal).status_code == 302
    assert client.get(f"/proposals/{proposal.pk}/attachments/").status_code == 200
    assert (stored(), Attachment.objects.count()) == ([], 0)


READS_A_DRAFT = {"drafter", "approver", "finance", "province_approver", "coordinator", "second_coordinator", "budget", "auditor"}  # fmt: skip
READS_A_SUBMISSION = READS_A_DRAFT | {
    "motir_reviewer", "motir_approver", "motir_finance", "motir_payer",
    "mcst_reviewer", "mcst_approver", "mcst_finance", "mcst_payer",
}  # fmt: skip


@pytest.mark.parametrize("submitted", [False, True])
def test_only_who_sees_the_proposal_gets_its_papers(cast, proposal, stored, submitted):
    paper = attach(cast, proposal)
    if submitted:
        PROPOSAL.perform("submit", proposal, actor=cast["approver"])
    listed, taken = set(), set()

    for name, person in cast.items():
        client = Client()
        client.force_login(person)
        found = client.get(f"/proposals/{proposal.pk}/attachments/").status_code
        sent = client.get(f"/attachments/{paper.pk}/").status_code
        assert {found, sent} <= {200, 404}
        listed |= {name} if found == 200 else set()
        taken |= {name} if sent == 200 else set()

    assert listed == taken == (READS_A_SUBMISSION if submitted else READS_A_DRAFT)


def test_only_drafters_of_the_applicant_attach_and_take_out(cast, proposal, stored):
    paper = attach(cast, proposal)
    seen = {}

    for name, person in cast.items():
        client = Client()
        client.force_login(person)
        drop = client.get(f"/attachments/{paper.pk}/drop/").status_code
        new = send(client, proposal, samples.PNG, "x.png").status_code
        seen[name] = (drop, new)

    assert seen.pop("drafter") == (200, 302)
    for name, answers in seen.items():
        assert answers == ((403, 403) if name in READS_A_DRAFT else (404, 404)), name
    assert len(stored()) == 2


def test_download_is_sent_with_security_headers(drafting, cast, proposal, stored):
    paper = attach(cast, proposal, name='의견 "최종"; a.pdf')

    answer = drafting.get(f"/attachments/{paper.pk}/")

    assert b"".join(answer.streaming_content) == samples.PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Length"] == str(len(samples.PDF))
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%EC%9D%98")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"


def test_lost_file_is_not_found(drafting, cast, proposal, stored):
    paper = attach(cast, proposal)
    default_storage.delete(paper.file.name)

    assert drafting.get(f"/attachments/{paper.pk}/").status_code == 404


def test_page_lists_the_missing_papers_that_the_call_requires(
    drafting, cast, call, proposal, stored
):
    call.required_papers = ["council", "location"]
    call.save()
    page = drafting.get(f"/proposals/{proposal.pk}/attachments/").content.decode()
    assert "지방의회" in page

    send(drafting, proposal)

    page = drafting.get(f"/proposals/{proposal.pk}/attachments/").content.decode()
    assert page.count("위치도") == 2  # as missing, and as a choice
    assert f'<summary title="{of(samples.PDF)}">' in page


def test_list_costs_the_same_with_1_and_with_30_papers(drafting, cast, proposal, stored):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert drafting.get(f"/proposals/{proposal.pk}/attachments/").status_code == 200
        return len(captured)

    def add(number):
        Attachment.objects.create(
            proposal=proposal, kind="other", name=f"{number}.pdf", file="x", media_type="x", size=1,
            sha256=of(str(number).encode()), added_by=cast["drafter"], added_at=timezone.now(),
        )  # fmt: skip

    add(0)
    with_one = cost()
    for number in range(1, 30):
        add(number)

    assert cost() == with_one == 9


def refused_by(name, act):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        act()
    assert name in str(refusal.value)


def test_database_keeps_attachments(cast, proposal, stored):
    paper = attach(cast, proposal)
    rows = Attachment.objects.filter(pk=paper.pk)
    copy = {f.name: getattr(paper, f.name) for f in paper._meta.fields if f.name != "id"}

    refused_by("attachment_once_in_a_proposal", lambda: Attachment.objects.create(**copy))
    refused_by(
        "attachment_is_not_empty",
        lambda: Attachment.objects.create(**copy | {"size": 0, "sha256": "0" * 64}),
    )
    refused_by(
        "attachment_has_a_digest", lambda: Attachment.objects.create(**copy | {"sha256": "x"})
    )
    refused_by("an attachment is not changed", lambda: rows.update(sha256="0" * 64))
    refused_by("an attachment is not changed", lambda: rows.update(name="x"))
    PROPOSAL.perform("submit", proposal, actor=cast["approver"])
    refused_by("a submitted attachment is not deleted", rows.delete)
    assert rows.update(removed=True) == 1


def test_program_gets_a_paper_with_a_token(cast, proposal, stored):
    paper = attach(cast, proposal)
    address = f"/api/v1/proposals/{proposal.pk}/attachments/{paper.pk}/"
    found = {}

    for name in ("drafter", "moe_reviewer"):
        token = Token.objects.create(user=cast[name]).key
        found[name] = Client().get(address, headers={"Authorization": f"Token {token}"})

    assert found["moe_reviewer"].status_code == 404
    assert b"".join(found["drafter"].streaming_content) == samples.PDF
    assert found["drafter"]["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert Client().get(address).status_code == 401


def test_program_attaches_and_takes_out(cast, proposal, stored):
    token = Token.objects.create(user=cast["drafter"]).key
    program = Client(headers={"Authorization": f"Token {token}"})
    address = f"/api/v1/proposals/{proposal.pk}/attachments/"

    refused = program.post(address, {"kind": "council", "file": SimpleUploadedFile("a.pdf", b"MZ")})
    made = program.post(
        address, {"kind": "council", "file": SimpleUploadedFile("a.pdf", samples.PDF)}
    )

    assert (refused.status_code, list(refused.json())) == (400, ["file"])
    assert made.status_code == 201
    (paper,) = made.json()["parts"]["attachments"]
    assert paper["sha256"] == of(samples.PDF)
    assert program.delete(f"{address}{paper['id']}/").status_code == 200
    assert program.delete(f"{address}{paper['id']}/").status_code == 404
    assert (
        program.post(address, {"kind": "council"}, content_type="application/json").status_code
        == 415
    )
