"""Copying a proposal into a call, and handing it over to a colleague."""

import pytest
from django.test import Client

from foundation.models import Event
from foundation.time import clock
from projects.models import Indicator, Proposal, Risk, Section, Target
from reminders.models import Notice
from reminders.work.my_work import work_of
from tests import factories


@pytest.fixture
def client(cast):
    client = Client()
    client.force_login(cast["drafter"])
    return client


def fill(proposal):
    first = proposal.components.order_by("pk").first()
    Section.objects.create(proposal=proposal, name="need", text="바다가 넓다.")
    Risk.objects.create(
        proposal=proposal, title="비", likelihood="low", impact="high", measure="우산"
    )
    indicator = Indicator.objects.create(
        proposal=proposal, component=first, title="방문객", unit="명", baseline=5
    )
    Target.objects.create(indicator=indicator, year=2027, value=7)


def test_a_copy_has_the_same_content_in_other_years(cast, call, client):
    source = factories.complete_proposal(cast, call)
    fill(source)
    later = factories.call(cast, first_fiscal_year=2029, title_ko="다음 공모")

    answer = client.post(f"/proposals/{source.pk}/copy/", {"call": later.pk, "title": "2단계"})

    assert answer.status_code == 302
    copy = Proposal.objects.get(title="2단계")
    old, new = source.content(), copy.content()
    assert (copy.call, copy.years) == (later, [2029, 2030, 2031])
    assert new["sections"] == old["sections"]
    assert new["partners"] == old["partners"]
    assert [c["title"] for c in new["components"]] == [c["title"] for c in old["components"]]
    assert [line[2] for line in new["components"][0]["lines"]] == [
        line[2] for line in old["components"][0]["lines"]
    ]
    assert new["components"][0]["lines"][0][0] == old["components"][0]["lines"][0][0] + 2
    assert new["indicators"][0]["targets"] == {"2029": "7"}
    assert new["indicators"][0]["component"] == new["components"][0]["id"]
    assert source.content() == old


def test_a_proposal_is_copied_into_an_open_call_only(cast, call, client):
    source = factories.complete_proposal(cast, call)

    answer = client.post(f"/proposals/{source.pk}/copy/", {"call": 999, "title": "2단계"})

    assert answer.status_code == 422
    assert Proposal.objects.count() == 1


def test_only_drafters_copy_a_proposal(cast, call):
    source = factories.complete_proposal(cast, call)
    for who in ("approver", "coordinator", "motir_reviewer"):
        other = Client()
        other.force_login(cast[who])
        assert other.get(f"/proposals/{source.pk}/copy/").status_code in (403, 404), who


def test_a_proposal_is_handed_over_to_a_colleague_who_is_notified(cast, call, client, time_machine):
    time_machine.move_to("2026-11-24T09:00:00+09:00")
    colleague = factories.person("colleague", ("drafter", cast.gangneung))
    proposal = factories.complete_proposal(cast, call)
    address = f"/proposals/{proposal.pk}/moves/hand_over/"

    sent = {"colleague": cast["hongseong_drafter"].pk, "note": "인사이동"}
    assert client.post(address, sent).status_code == 422
    assert client.post(address, sent | {"colleague": cast["drafter"].pk}).status_code == 422
    assert client.post(address, sent | {"colleague": colleague.pk}).status_code == 302

    proposal.refresh_from_db()
    assert proposal.held_by == colleague
    assert Notice.objects.get().person == colleague
    assert Event.objects.get(verb="hand_over").actor == cast["drafter"]
    drafts = [kinds_of(user) for user in (colleague, cast["drafter"])]
    assert drafts == [["draft"], []]


def test_page_explains_when_there_is_no_colleague_to_hand_over_to(cast, call, client):
    proposal = factories.complete_proposal(cast, call)
    address = f"/proposals/{proposal.pk}/moves/hand_over/"
    explanation = "이 기관에 다른 작성자가 없습니다"
    alone = client.get(address).content.decode()
    factories.person("colleague", ("drafter", cast.gangneung))

    assert explanation in alone
    assert explanation not in client.get(address).content.decode()


def kinds_of(user):
    groups, _more = work_of(user, clock.today())
    found = [item.kind.name for items in groups.values() for item in items]
    return [name for name in found if name == "draft"]
