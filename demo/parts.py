"""Texts, indicators and other parts of the demo's proposals; all of them are invented."""

from projects.models import (
    Criterion,
    Indicator,
    Mark,
    OtherFunding,
    Risk,
    Section,
    SectionName,
    ShareRule,
    Target,
)

NOTE = "(예시)"
TEXTS = {
    SectionName.NEED: "{region}은(는) 최근 10년간 청년 인구가 줄고 있다. 「{title}」은(는) 지역이 가진"
    " 자원을 일자리와 정주 여건으로 잇기 위한 다년도 사업이다. {note}",
    SectionName.GOALS: "사업이 끝나는 해까지 지역 일자리와 방문객을 늘리고, 주민이 이용하는 생활시설의"
    " 접근성을 높인다. {note}",
    SectionName.DELIVERY: "{region}이(가) 총괄하고 참여 부처가 소관 내역사업을 지원한다. 분기마다"
    " 추진상황을 점검한다. {note}",
    SectionName.EFFECTS: "관계 부처 사업을 하나의 계획으로 묶어 중복을 줄이고 효과를 높인다. {note}",
}
INDICATORS = (
    ("신규 일자리", "명", 0, 120),
    ("연간 방문객", "천명", 85, 40),
    ("주민 만족도", "점", 62, 5),
)
CRITERIA = (
    ("사업 타당성", "Feasibility", 30),
    ("추진 체계와 성과관리의 적정성", "Fitness of delivery and performance management", 30),
    ("기대 효과", "Expected effect", 25),
    ("기존 사업과의 연계성", "Synergy with existing projects", 15),
)
FINDINGS = (
    f"계획이 구체적이고 실현 가능함 {NOTE}",
    f"성과지표와 사업 내용의 연결이 분명함 {NOTE}",
    f"운영 단계의 재원 계획을 보완할 필요가 있음 {NOTE}",
)
SHARES = (("facility", "", 50), ("facility", "underdeveloped", 70), ("land", "", 30))


def write_rules(call):
    """Criteria of the 2019 panel (weights are invented) and shares by kind of component."""
    Criterion.objects.bulk_create(
        Criterion(call=call, title_ko=korean, title_en=english, weight=weight)
        for korean, english, weight in CRITERIA
    )
    ShareRule.objects.bulk_create(
        ShareRule(call=call, kind=kind, area=area, most_percent=percent)
        for kind, area, percent in SHARES
    )


def write_marks(review):
    """Points between 70 and 95, different for every review; invented like the findings."""
    Mark.objects.bulk_create(
        Mark(
            review=review,
            criterion=criterion,
            points=70 + (7 * review.pk + 11 * place) % 26,
            finding=FINDINGS[(review.pk + place) % len(FINDINGS)],
        )
        for place, criterion in enumerate(review.proposal.call.criteria.order_by("pk"))
    )


def write_parts(proposal):
    """Sections, indicators with a target for each year, a risk, other funding."""
    facts = {"region": proposal.applicant, "title": proposal.title, "note": NOTE}
    Section.objects.bulk_create(
        Section(proposal=proposal, name=name, text=text.format(**facts))
        for name, text in TEXTS.items()
    )
    components = list(proposal.components.order_by("pk"))
    for place, (title, unit, baseline, step) in enumerate(INDICATORS):
        indicator = Indicator.objects.create(
            proposal=proposal,
            component=components[place] if place < len(components) else None,
            title=f"{title} {NOTE}",
            unit=unit,
            baseline=baseline,
            method="행정자료와 이용자 조사",
        )
        Target.objects.bulk_create(
            Target(indicator=indicator, year=year, value=baseline + step * (nth + 1))
            for nth, year in enumerate(proposal.years)
        )
    Risk.objects.create(
        proposal=proposal,
        title=f"공사비 상승 {NOTE}",
        likelihood=Risk.Level.MEDIUM,
        impact=Risk.Level.HIGH,
        measure="설계 단계에서 단가를 다시 검토하고 예비비를 둔다.",
    )
    OtherFunding.objects.create(
        proposal=proposal,
        title=f"지방소멸대응기금 {NOTE}",
        first_year=proposal.first_year,
        last_year=proposal.first_year + 1,
        won=1_200_000_000,
        difference="대상 시설과 기간이 다르다.",
    )
