"""Comparison of two revisions; expected values are worked out by hand."""

from django.test import Client

from projects.budget.grid import write_cells
from projects.models import Proposal, Section
from projects.proposals import differences
from projects.workflow import PROPOSAL
from tests import factories


def content(**changes):
    basics = {"title": "가", "purpose": "하나 둘 셋", "years": [2027, 2029], "partners": []}
    component = {"id": 1, "title": "내역", "ministry": "MOTIR", "description": "", "lines": []}
    return basics | {"components": [component]} | changes


def test_money_is_compared_by_cell_in_won_and_percent():
    before = content()
    after = content()
    before["components"][0]["lines"] = [[2027, "national", 300], [2028, "national", 50]]
    after["components"] = [
        {**before["components"][0], "lines": [[2027, "national", 200], [2029, "private", 7]]}
    ]

    cells = list(differences.cells(before, after))

    assert [(c.year, c.before, c.after, c.change, c.rate) for c in cells] == [
        (2027, 300, 200, -100, "−33.3%"),
        (2028, 50, 0, -50, "−100.0%"),
        (2029, 0, 7, 7, ""),
    ]
    whole = differences.total(before, after)
    assert (whole.before, whole.after, whole.rate) == (350, 207, "−40.9%")


def test_an_older_revision_may_lack_newer_parts():
    after = content(sections={"need": "새 글"}, risks=[{"id": 1, "title": "비", "measure": "우산"}])

    pairs = list(differences.texts(content(), after, {}))

    assert [(p.label, p.before, p.after) for p in pairs] == [
        ("추진 배경과 필요성", "", "새 글"),
        ("위험: 비", "", "우산"),
    ]


def test_two_revisions_on_a_page(cast, call):
    proposal = factories.submitted(cast, call)
    PROPOSAL.perform("return", proposal, actor=cast["coordinator"], note="보완")
    component = proposal.components.order_by("pk").first()

    def rewrite(record):
        Section.objects.create(proposal=record, name="need", text="바다가 넓다.")
        write_cells(record, {(component.pk, 2027, "national"): 1_500_000})

    PROPOSAL.perform("revise", proposal, actor=cast["drafter"], parts=rewrite)
    PROPOSAL.perform("submit", proposal, actor=cast["approver"])
    client = Client()
    client.force_login(cast["auditor"])

    page = client.get(f"/proposals/{proposal.pk}/compare/?before=1&after=2").content.decode()

    assert "<ins>바다가 넓다.</ins>" in page
    assert "+500,000" in page
    assert "+50.0%" in page
    stranger = Client()
    stranger.force_login(cast["hongseong_drafter"])
    assert stranger.get(f"/proposals/{proposal.pk}/compare/").status_code == 404
    same = client.get(f"/proposals/{proposal.pk}/compare/?before=2&after=2").content.decode()
    assert "금액이 같습니다" in same
    assert client.get(f"/proposals/{proposal.pk}/compare/?before=x&after=%00").status_code == 200


def test_submitted_revision_never_changes_when_the_proposal_is_edited(cast, call):
    proposal = factories.submitted(cast, call)
    frozen = proposal.revisions.get().content
    PROPOSAL.perform("return", proposal, actor=cast["coordinator"], note="보완")
    component = proposal.components.order_by("pk").first()

    def rewrite(record):
        write_cells(record, {(component.pk, 2027, "national"): 9})

    PROPOSAL.perform("revise", proposal, actor=cast["drafter"], parts=rewrite)

    assert Proposal.objects.get().revisions.get().content == frozen


def test_a_draft_that_was_never_submitted_has_nothing_to_compare(cast, call):
    draft = factories.complete_proposal(cast, call)
    client = Client()
    client.force_login(cast["drafter"])

    page = client.get(f"/proposals/{draft.pk}/compare/").content.decode()

    assert "아직 비교할 내용이 없습니다" in page
    assert "<select" not in page
