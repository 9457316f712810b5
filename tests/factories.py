"""One plain function per noun; no surprises."""

from datetime import UTC, date, datetime
from functools import partial
from hashlib import sha256

from accounts.models import (
    Deputy,
    Kind,
    Membership,
    Organisation,
    User,
)
from accounts.workflow import (
    DEPUTY,
)
from agreements import (
    signatures,
)
from agreements import (
    workflow as agreements,
)
from agreements.models import (
    TEXTS,
    Amendment,
    Correction,
    Delegation,
    PaperSignature,
    Remark,
    ScheduleLine,
    Template,
    Termination,
    YearlyReport,
)
from agreements.stances import take as take_stances
from agreements.workflow import (
    AGREEMENT,
    AMENDMENT,
    CONFIRMATION,
    CORRECTION,
    DELEGATION,
    PAPER,
    PARTY,
    REMARK,
    REPORT,
    TEMPLATE,
    TERMINATION,
)
from foundation import (
    clock,
)
from projects.forms import write_lines
from projects.models import (
    AgendaItem,
    BudgetLine,
    Call,
    Ceiling,
    Comment,
    Component,
    Condition,
    Issue,
    IssueOption,
    IssueSide,
    Proposal,
    Question,
    Round,
    Session,
    SessionMember,
    SupportedLine,
    write_proposed,
)
from projects.standing import lines_of
from projects.workflow import (
    CALL,
    CEILING,
    COMMENT,
    CONDITION,
    ISSUE,
    POSITION,
    PROPOSAL,
    QUESTION,
    REVIEW,
    ROUND,
    SESSION,
)

from . import certificates

FIRST_DAY = date(2020, 1, 1)
PASSWORD = "a long enough password"


def organisation(id, kind, *, name_ko="", name_en="", parent=None, valid_from=None, valid_to=None):
    body, _created = Organisation.objects.get_or_create(pk=id, defaults={"kind": kind})
    body.spells.create(
        name_ko=name_ko or id,
        name_en=name_en or id,
        parent=parent,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    return body


def ministry(id):
    return organisation(id, Kind.MINISTRY)


def person(name, *posts, language="ko"):
    """A person with posts, each a pair of role and organisation."""
    user = User.objects.create_user(
        email=f"{name}@example.org", password=PASSWORD, name=name, language=language
    )
    for role, body in posts:
        hold(user, role, body)
    return user


def hold(user, role, body, *, since=FIRST_DAY, until=None):
    return Membership.objects.create(
        user=user, organisation=body, role=role, since=since, until=until
    )


def call(cast, **rules):
    """An open call of the coordinator's, for three years from 2027."""
    values = {
        "title_ko": "2027년 지역발전투자협약 공모",
        "title_en": "Call of 2027",
        "opens_on": date(2026, 1, 1),
        "closes_on": date(2027, 12, 31),
        "first_fiscal_year": 2027,
        "national_ceiling": 10_000_000_000,
    } | rules
    prepared = CALL.perform("prepare", Call(**values), actor=cast["coordinator"])
    return CALL.perform("open", prepared, actor=cast["coordinator"])


def proposal(cast, call, *, title="헬스케어 힐링 융합 비즈니스 생태계", **values):
    """A draft of Gangneung's for three years, without components."""
    row = Proposal(
        call=call,
        applicant=cast.gangneung,
        title=title,
        purpose="건강과 쉼을 잇는 산업을 키운다.",
        first_year=2027,
        last_year=2029,
        **values,
    )

    def add_partner(record):
        record.partners.add(cast.gangwon)

    return PROPOSAL.perform("begin", row, actor=cast["drafter"], parts=add_partner)


AMOUNTS = {
    (year, source): won
    for year in (2027, 2028, 2029)
    for source, won in (("national", 1_000_000), ("provincial", 300_000), ("municipal", 700_000))
}


def component(cast, proposal, ministry, *, title="", amounts=None):
    """A component through the move that writes it; two million won a year unless said."""
    made = Component(proposal=proposal, title=title or f"{ministry.pk} 내역사업", ministry=ministry)

    def write(record):
        made.save()
        write_lines(BudgetLine, {"component": made}, AMOUNTS if amounts is None else amounts)

    PROPOSAL.perform("revise", proposal, actor=cast["drafter"], parts=write)
    return made


def complete_proposal(cast, call, **values):
    """A draft with a component of each of the two ministries."""
    row = proposal(cast, call, **values)
    component(cast, row, cast.motir)
    component(cast, row, cast.mcst)
    return row


def submitted(cast, call, **values):
    row = complete_proposal(cast, call, **values)
    return PROPOSAL.perform("submit", row, actor=cast["approver"])


def answer(cast, review, kind="accept", *, amounts=None, points=(), confirm=True):
    """Let the review's ministry answer; as asked for, or with changed amounts.

    ``points`` are the marks by the criteria of the call, in their order.
    """
    who = review.ministry_id.lower()
    asked = {(x.fiscal_year, x.source): x.won for x in review.component.lines.all()}

    def write(record):
        record.answer, record.reason = kind, "검토하였다."
        record.conditions.all().delete()
        if kind == "conditions":
            condition(record)
        supports = {} if kind in ("decline", "not_ours") else amounts or asked
        write_lines(SupportedLine, {"review": record}, supports)
        record.marks.all().delete()
        for criterion, given in zip(record.proposal.call.criteria.order_by("pk"), points):  # noqa: B905 -- fewer marks than criteria are a case to test
            record.marks.create(criterion=criterion, points=given)

    review = REVIEW.perform("answer", review, actor=cast[f"{who}_reviewer"], change=write)
    if confirm:
        review = REVIEW.perform("confirm", review, actor=cast[f"{who}_approver"])
    return review


def condition(review, text="국비 지원 전에 부지를 확보할 것", *, owner=None, due_on=None):
    """A condition of a prepared answer, of the applicant unless said, due within the year."""
    return Condition.objects.create(
        proposal=review.proposal,
        review=review,
        text=text,
        owner=owner or review.proposal.applicant,
        due_on=due_on or date(2099, 12, 31),
    )


def conditioned(cast, call, **values):
    """All ministries have answered; the first accepts on one condition."""
    row = submitted(cast, call, **values)
    for review in row.reviews.order_by("pk"):
        answer(cast, review, "conditions" if review.ministry_id == "MOTIR" else "accept")
    row.refresh_from_db()
    return row


def fulfil(cast, condition, text="부지를 매입하였습니다."):
    def write(record):
        record.answer = text

    return CONDITION.perform("fulfil", condition, actor=cast["drafter"], change=write)


def screened(cast, call, **values):
    """With the province, of a call that asks provinces for two proposals each."""
    Call.objects.filter(pk=call.pk).update(province_quota=2, screening_days=5)
    call.refresh_from_db()
    return submitted(cast, call, **values)


def question(cast, review, text="운영비의 산출 근거는 무엇입니까?"):
    """The review's ministry asks about its component, to be answered within the year."""
    row = Question(
        proposal=review.proposal,
        review=review,
        about=f"component-{review.component_id}",
        text=text,
        due_on=date(2099, 12, 31),
    )
    return QUESTION.perform("ask", row, actor=cast[f"{review.ministry_id.lower()}_reviewer"])


def questioned(cast, call, **values):
    row = submitted(cast, call, **values)
    question(cast, row.reviews.get(ministry="MOTIR"))
    return row


def issue(cast, proposal, *, sides=("MOTIR", "gangwon-gangneung"), **values):
    """The coordinator raises an issue with two options, to be argued within the year."""
    given = {
        "title": "운영비 분담",
        "text": "준공 뒤의 운영비를 누가 부담하는가.",
        "about": f"component-{proposal.components.first().pk}",
        "due_on": date(2099, 12, 31),
    }
    row = Issue(proposal=proposal, **given | values)

    def write(record):
        for text in ("지방비로 부담한다.", "국비로 절반을 부담한다."):
            IssueOption.objects.create(issue=record, text=text)
        for side in sides:
            IssueSide.objects.create(issue=record, organisation_id=side)

    return ISSUE.perform("raise", row, actor=cast["coordinator"], parts=write)


def disputed(cast, call, **values):
    row = submitted(cast, call, **values)
    issue(cast, row)
    return row


def session(cast, call, *proposals, held_on=date(2026, 1, 15), **values):
    """The coordinator plans a committee session on proposals, with a chair and a member."""
    row = Session(call=call, kind="committee", held_on=held_on, place="세종", **values)

    def write(record):
        for proposal in proposals:
            AgendaItem.objects.create(session=record, proposal=proposal)
        for name, role in (("김위원", "chair"), ("이위원", "member")):
            SessionMember.objects.create(
                session=record, name=name, affiliation="한국지방행정연구원", role=role
            )

    return SESSION.perform("plan", row, actor=cast["coordinator"], parts=write)


def record_session(cast, session, *, outcome="approved"):
    """Record a session past its form: everybody came, one result for all."""

    def write(record):
        record.minutes, record.minutes_name = "minutes/x", "회의록.pdf"
        record.minutes_size, record.minutes_sha256 = 1, "0" * 64

    def write_results(record):
        record.items.update(outcome=outcome)
        record.members.update(attended=True)

    return SESSION.perform(
        "hold", session, actor=cast["coordinator"], change=write, parts=write_results
    )


def judged(cast, call, **values):
    row = reviewed(cast, call, **values)
    record_session(cast, session(cast, call, row))


def comment(cast, review, text="단가가 높다.", *, about=""):
    """A note of the review's ministry, on its component unless said."""
    about = about or f"component-{review.component_id}"
    row = Comment(proposal=review.proposal, review=review, about=about, text=text)
    return COMMENT.perform("write", row, actor=cast[f"{review.ministry_id.lower()}_reviewer"])


def commented(cast, call, **values):
    row = submitted(cast, call, **values)
    comment(cast, row.reviews.get(ministry="MOTIR"))
    return row


def deputy(cast, absent, deputy, *, by="motir_approver", since=None, until=date(2099, 12, 31)):
    """``deputy`` acts in the one post of ``absent``, from today unless another day is said."""
    post = cast[absent].memberships.get()
    row = Deputy(
        organisation=post.organisation,
        role=post.role,
        absent=cast[absent],
        deputy=cast[deputy],
        since=since or clock.today(),
        until=until,
        reason="연가",
    )
    return DEPUTY.perform("name", row, actor=cast[by])


def stood_in_for(cast, call, **values):
    """In review, while a ministry's reviewer, a drafter and a coordinator are away."""
    deputy(cast, "motir_reviewer", "motir_finance")
    deputy(cast, "drafter", "finance", by="approver")
    deputy(cast, "coordinator", "second_coordinator", by="coordinator")
    return submitted(cast, call, **values)


def criteria(call, *weights):
    """The criteria of a call by their weights: 기준 1, 기준 2 …"""
    return [
        call.criteria.create(title_ko=f"기준 {n}", title_en=f"Criterion {n}", weight=weight)
        for n, weight in enumerate(weights, start=1)
    ]


def ceiling(cast, ministry, year, won):
    row = Ceiling(ministry=ministry, fiscal_year=year, won=won)
    return CEILING.perform("set", row, actor=cast["budget"])


def reviewed(cast, call, **values):
    row = submitted(cast, call, **values)
    for review in row.reviews.order_by("pk"):
        answer(cast, review)
    row.refresh_from_db()
    return row


def round_of(cast, proposal, *, change=lambda line: line.won, who="coordinator", due_on=None):
    """A round with what stands of a proposal, each line by ``change``; due within the year."""

    def explain(record):
        record.explanation, record.due_on = (
            "재원 여건에 맞추어 조정한다.",
            due_on or date(2099, 12, 31),
        )

    def write(record):
        lines = [line._replace(won=change(line)) for line in lines_of(proposal)]
        write_proposed(record, lines)

    row = Round(proposal=proposal)
    return ROUND.perform("propose", row, actor=cast[who], change=explain, parts=write)


def take(cast, round, organisation, move="accept", reason="지방비 확보가 어렵다."):
    """A party says what it thinks of a round."""
    position = round.positions.get(organisation=organisation)

    said = reason if move == "object" else ""

    def write(record):
        record.reason = said

    return POSITION.perform(move, position, actor=signer(cast, position), note=said, change=write)


def proposed(cast, call, **values):
    """A round of which every party is asked: both ministries and the applicant."""
    return round_of(cast, reviewed(cast, call, **values))


def coordinated(cast, call, **values):
    """A round that everybody accepted: its amounts stand, half of what was supported."""
    made = round_of(cast, reviewed(cast, call, **values), change=lambda line: line.won // 2)
    for organisation in ("MOTIR", "MCST", "gangwon-gangneung"):
        take(cast, made, organisation)
    return Round.objects.get(pk=made.pk)


def selected(cast, call, **values):
    row = reviewed(cast, call, **values)

    def name_lead(record):
        record.lead_ministry = cast.motir

    return PROPOSAL.perform("select", row, actor=cast["coordinator"], change=name_lead)


def drafted(cast, call, **values):
    return agreements.draft(selected(cast, call, **values), actor=cast["coordinator"])


SIGNERS = {
    "MOTIR": "motir_approver",
    "MCST": "mcst_approver",
    "gangwon": "province_approver",
    "gangwon-gangneung": "approver",
    "MOE": "moe_approver",
    "chungnam-hongseong": "hongseong_approver",  # once there are two_signers_more
}


def signer(cast, party):
    return cast[SIGNERS[party.organisation_id]]


def frozen(cast, call, **values):
    return agreed(cast, drafted(cast, call, **values))


def agreed(cast, version):
    """A draft is circulated, and every party consents."""
    version = AGREEMENT.perform("circulate", version, actor=cast["coordinator"])
    for party in version.parties.order_by("pk"):
        PARTY.perform("consent", party, actor=signer(cast, party))
    version.refresh_from_db()
    return version


def objected(cast, party, *, number=1, remark="제1조의 목적이 분명하지 않다.", actor=None):
    """A party objects to one clause, and says so."""
    actor = actor or signer(cast, party)
    said = {number: (False, remark)}
    party = PARTY.perform("weigh", party, actor=actor, parts=partial(take_stances, said=said))
    return PARTY.perform("object", party, actor=actor)


def remark(cast, version, *, number=1, who="drafter", text="“지역”의 뜻을 밝혀 주십시오."):
    article = version.articles.get(number=number)
    row = Remark(version=version, article=article, heading=str(article), text=text)
    row.organisation = cast[who].memberships.get().organisation
    return REMARK.perform("write", row, actor=cast[who])


def answer_remark(cast, remark, answer="제2조에 뜻을 적었습니다."):
    def write(record):
        record.answer = answer

    return REMARK.perform("settle", remark, actor=cast["coordinator"], change=write)


def remarked(cast, call, **values):
    version = drafted(cast, call, **values)
    remark(cast, version)
    return version


def template(cast, call, *articles):
    """The template of a call: headings and texts, in Korean."""

    def write(record):
        for number, (heading, body) in enumerate(articles, start=1):
            record.articles.create(number=number, heading_ko=heading, body_ko=body)

    return TEMPLATE.perform("write", Template(call=call), actor=cast["coordinator"], parts=write)


def signing(cast, call, **values):
    return resolved(cast, frozen(cast, call, **values))


def resolved(cast, version):
    def resolution(record):
        record.resolution, record.resolved_on = "제12차-3", date(2026, 11, 1)

    return AGREEMENT.perform("resolve", version, actor=cast["coordinator"], change=resolution)


def sign(cast, party):
    """Signed here, with the party's own certificate: a real signature in the real document."""
    actor = signer(cast, party)
    words = {"signatory": actor.name, "office": "부지사", "authority": "위임전결규정 제3조"}
    write = partial(signatures.sign_here, actor=actor, **words)
    return PARTY.perform("sign", party, actor=actor, parts=write)


def signed(cast, call, **values):
    """In force by the signatures of all parties in its document."""
    version = signing(cast, call, **values)
    for party in version.parties.order_by("position", "pk"):
        sign(cast, party)
    version.refresh_from_db()
    return version


def two_signers_more(cast):
    """A third ministry and a second municipality that can sign, with certificates."""
    cast["hongseong_approver"] = person("hongseong_approver", ("approver", cast.hongseong))
    for body in (cast.moe, cast.hongseong):
        certificates.give_key(body)


def signing_by_six(cast, call, **values):
    """A version with two parties more, all six invited to sign."""
    version = drafted(cast, call, **values)
    for place, (organisation, role) in enumerate(
        {"MOE": "ministry", "chungnam-hongseong": "municipality"}.items(), start=4
    ):
        version.parties.create(organisation_id=organisation, role=role, position=place)
    return resolved(cast, agreed(cast, version))


def next_version(cast, version, *, who="approver", organisation=None, reason="사업 내용의 변경"):
    """An amendment of the version in force; gives the next version, a copy so far."""
    row = Amendment(agreement=version.agreement, base=version, reason=reason)
    row.organisation = organisation or cast.gangneung
    return AMENDMENT.perform("propose", row, actor=cast[who]).version


def change(cast, version, amounts=None, **terms):
    """Write amounts {(ministry, year, source): won} and terms into an amendment's draft."""

    def write(record):
        for name, value in terms.items():
            setattr(record, name, value)

    def write_amounts(record):
        for (ministry, year, source), won in (amounts or {}).items():
            component = record.agreement.proposal.components.get(ministry=ministry)
            cell = {"component": component, "fiscal_year": year, "source": source}
            record.schedule.filter(**cell).delete()
            if won:
                ScheduleLine.objects.create(version=record, won=won, **cell)

    return AGREEMENT.perform(
        "revise", version, actor=cast["coordinator"], change=write, parts=write_amounts
    )


def circulated(cast, version):
    return AGREEMENT.perform("circulate", version, actor=cast["coordinator"])


def consented(cast, version):
    """Everybody who is asked consents."""
    for party in version.parties.filter(state="asked").order_by("pk"):
        PARTY.perform("consent", party, actor=signer(cast, party))
    version.refresh_from_db()
    return version


def concluded(cast, version):
    """From the draft of an amendment into force, on whichever way it must go."""
    version = consented(cast, circulated(cast, version))
    if version.state == "frozen":

        def resolution(record):
            record.resolution, record.resolved_on = "제13차-1", date(2026, 11, 2)

        version = AGREEMENT.perform(
            "resolve", version, actor=cast["coordinator"], change=resolution
        )
        for party in version.parties.order_by("pk"):
            sign(cast, party)
    version.refresh_from_db()
    return version


def amending(cast, call, **values):
    """An agreement in force, and an amendment of it in the making."""
    return next_version(cast, in_force(cast, call, **values))


def amended(cast, call, **values):
    """In force as amended by a minor change; the version before is superseded."""
    version = amending(cast, call, **values)
    return concluded(cast, change(cast, version, {("MCST", 2029, "national"): 900_000}))


def report(cast, version, *, year=2027):
    """The report of a year, begun by the applicant's drafter."""

    def write(record):
        record.fiscal_year, record.narrative = year, "부지를 매입하고 설계를 마쳤다."

    row = YearlyReport(agreement=version.agreement)
    return REPORT.perform("begin", row, actor=cast["drafter"], change=write)


def submitted_report(cast, version, **values):
    return REPORT.perform("submit", report(cast, version, **values), actor=cast["approver"])


def reported(cast, call, **values):
    """A report that is being evaluated, of an agreement in force; its year has begun."""
    version = in_force(cast, call, **values)
    with clock.at(datetime(2028, 1, 20, 3, tzinfo=UTC)):
        return submitted_report(cast, version)


def termination(cast, version, **values):
    given = {
        "organisation": cast.committee,
        "ground": "purpose_lost",
        "resolution": "제14차-2",
        "resolved_on": date(2026, 11, 3),
        "unspent": "settled",
        "reason": "사업 부지를 확보하지 못하였다.",
    }
    row = Termination(agreement=version.agreement, version=version, **given | values)
    return TERMINATION.perform("prepare", row, actor=cast["coordinator"])


def ending(cast, call, **values):
    version = in_force(cast, call, **values)
    termination(cast, version)
    return version


def in_force(cast, call, **values):
    """In force by signatures on paper: made much quicker, for all that comes after."""
    version = signing(cast, call, **values)
    for party in version.parties.order_by("position", "pk"):
        PAPER.perform("confirm", paper(cast, version, party=party), actor=cast["coordinator"])
    version.refresh_from_db()
    return version


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360f8cf500f00038601805a347d6b0000000049454e44ae426082"
)


def paper(cast, version, *, party=None, content=PNG, actor=None):
    """A scan of the province's signature, entered by its approver."""
    party = party or version.parties.get(organisation="gangwon")
    row = PaperSignature(
        party=party,
        digest=party.version.digest,
        signatory="김진태",
        office="도지사",
        authority="직위에 따른 권한",
        document_number="기획조정실-123",
        signed_on=date(2026, 11, 20),
        scan=content,
        name="서명.png",
        media_type="image/png",
        sha256=sha256(content).hexdigest(),
    )
    return PAPER.perform("enter", row, actor=actor or signer(cast, party))


def second_approver(cast):
    """Another approver of the province."""
    found = User.objects.filter(email="vice@example.org").first()
    return found or person("vice", ("approver", cast.gangwon))


def delegation(cast, *, person=None, since=FIRST_DAY, until=date(2099, 12, 31)):
    """The province's approver lets a second one sign, in the office of vice governor."""
    person = person or second_approver(cast)
    row = Delegation(
        organisation=cast.gangwon,
        person=person,
        office="행정부지사",
        authority="강원특별자치도 사무전결규정 제7조",
        since=since,
        until=until,
    )
    return DELEGATION.perform("grant", row, actor=cast["province_approver"])


def correction(cast, version, *, number=1, heading="목적과 정의"):
    """The coordinator proposes another heading for an article."""
    article = version.articles.get(number=number)
    before = [getattr(article, name) for name in TEXTS]
    row = Correction(version=version, edition=version.edition, reason="제목의 오기")

    def write(record):
        record.articles.create(number=number, before=before, after=[heading, *before[1:]])

    return CORRECTION.perform("propose", row, actor=cast["coordinator"], parts=write)


def corrected(cast, version, **values):
    """Every party confirms a correction."""
    made = correction(cast, version, **values)
    for row in made.confirmations.order_by("pk"):
        CONFIRMATION.perform("confirm", row, actor=signer(cast, row.party), change=signs_anew)
    version.refresh_from_db()
    made.refresh_from_db()
    return made


def signs_anew(confirmation):
    confirmation.signs_anew = confirmation.party.state == "signed"


def entered_on_paper(cast, call, **values):
    return paper(cast, signing(cast, call, **values)).party.version


def being_corrected(cast, call, **values):
    return correction(cast, frozen(cast, call, **values)).version
