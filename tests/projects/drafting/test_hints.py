"""Hints: likely double funding, large changes between years, components without indicator."""

from projects.drafting import hints as advice
from projects.models import Indicator, OtherFunding, Proposal
from projects.workflow import PROPOSAL
from tests import factories


def hints(proposal, user):
    return advice.on(Proposal.objects.for_page().get(pk=proposal.pk), user)


def of(kind, proposal, user):
    return [hint.text for hint in hints(proposal, user) if kind in hint.text]


def with_component(cast, call, ministry, title, **values):
    row = factories.proposal(cast, call, title=values.pop("proposal", "다른 사업"))
    factories.component(cast, row, ministry, title=title, **values)
    return row


def test_similar_components_of_one_ministry_and_region_are_named(cast, call):
    mine = with_component(cast, call, cast.motir, "강릉 해양바이오 연구단지 조성")
    with_component(cast, call, cast.motir, "강릉 해양바이오 연구단지 조성 2차", proposal="겹침")

    (hint,) = advice.double_funding(Proposal.objects.for_page().get(pk=mine.pk), cast["drafter"])

    assert "겹침" in hint.text
    assert "%" in hint.reason


def test_other_ministries_titles_years_and_ended_proposals_are_not_named(cast, call):
    title = "강릉 해양바이오 연구단지 조성"
    mine = with_component(cast, call, cast.motir, title)
    with_component(cast, call, cast.mcst, title)
    with_component(cast, call, cast.motir, "산촌 도로 정비")
    ended = with_component(cast, call, cast.motir, title)
    PROPOSAL.perform("withdraw", ended, actor=cast["approver"], note="포기")
    later = with_component(cast, call, cast.motir, title)
    Proposal.objects.filter(pk=later.pk).update(first_year=2030, last_year=2032)
    elsewhere = with_component(cast, call, cast.motir, title)
    Proposal.objects.filter(pk=elsewhere.pk).update(applicant=cast.hongseong)
    elsewhere.partners.clear()

    assert of("중복 지원", mine, cast["coordinator"]) == []


def test_yearly_amounts_that_triple_are_named(cast, call):
    amounts = {(2027, "national"): 100, (2028, "national"): 300, (2029, "national"): 901}
    mine = with_component(cast, call, cast.motir, "가", amounts=amounts)

    (text,) = of("크게 바뀝니다", mine, cast["drafter"])

    assert "300" in text
    assert "901" in text


def test_components_without_indicator_are_named(cast, call):
    mine = factories.complete_proposal(cast, call)
    first, second = mine.components.order_by("pk")
    Indicator.objects.create(proposal=mine, component=first, title="가", unit="명", baseline=0)

    assert of("측정하는", mine, cast["drafter"]) == [
        f"“{second}”을(를) 측정하는 성과지표가 없습니다."
    ]


def test_other_funding_of_an_asked_ministry_needs_an_explanation(cast, call):
    mine = factories.complete_proposal(cast, call)
    years = {"first_year": 2027, "last_year": 2028, "won": 5}
    OtherFunding.objects.create(proposal=mine, title="가", ministry=cast.motir, **years)
    OtherFunding.objects.create(proposal=mine, title="나", ministry=cast.moe, **years)
    OtherFunding.objects.create(
        proposal=mine, title="다", ministry=cast.mcst, difference="대상이 다름", **years
    )

    (text,) = of("다른 점", mine, cast["drafter"])
    assert "“가”" in text
