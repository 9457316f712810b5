"""Agreements from draft to signature, and what amends, corrects or ends them."""

from datetime import UTC, date, datetime
from functools import partial
from hashlib import sha256

from agreements import workflow as agreements
from agreements.consent.clause_positions import save_stances
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
from agreements.signing import signatures
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
from foundation.time import clock

from ..prepared import prepared
from .accounts import FIRST_DAY, second_approver, signer
from .projects import selected


@prepared
def drafted(cast, call, **values):
    return agreements.draft(selected(cast, call, **values), actor=cast["coordinator"])


@prepared
def frozen(cast, call, **values):
    return agreed(cast, drafted(cast, call, **values))


@prepared
def agreed(cast, version):
    """A draft is circulated, and every party consents."""
    version = AGREEMENT.perform("circulate", version, actor=cast["coordinator"])
    for party in version.parties.order_by("pk"):
        PARTY.perform("consent", party, actor=signer(cast, party))
    version.refresh_from_db()
    return version


@prepared
def objected(cast, party, *, number=1, remark="제1조의 목적이 분명하지 않다.", actor=None):
    """A party objects to one clause, with a remark."""
    actor = actor or signer(cast, party)
    stances = {number: (False, remark)}
    party = PARTY.perform(
        "weigh", party, actor=actor, parts=lambda record: save_stances(record, stances)
    )
    return PARTY.perform("object", party, actor=actor)


@prepared
def remark(cast, version, *, number=1, who="drafter", text="“지역”의 뜻을 밝혀 주십시오."):
    article = version.articles.get(number=number)
    row = Remark(version=version, article=article, heading=str(article), text=text)
    row.organisation = cast[who].memberships.get().organisation
    return REMARK.perform("write", row, actor=cast[who])


@prepared
def answer_remark(cast, remark, answer="제2조에 뜻을 적었습니다."):
    def write(record):
        record.answer = answer

    return REMARK.perform("settle", remark, actor=cast["coordinator"], change=write)


@prepared
def remarked(cast, call, **values):
    version = drafted(cast, call, **values)
    remark(cast, version)
    return version


@prepared
def template(cast, call, *articles):
    """The template of a call: headings and texts, in Korean."""

    def write(record):
        for number, (heading, body) in enumerate(articles, start=1):
            record.articles.create(number=number, heading_ko=heading, body_ko=body)

    return TEMPLATE.perform("write", Template(call=call), actor=cast["coordinator"], parts=write)


@prepared
def signing(cast, call, **values):
    return resolved(cast, frozen(cast, call, **values))


@prepared
def resolved(cast, version):
    def resolution(record):
        record.resolution, record.resolved_on = "제12차-3", date(2026, 11, 1)

    return AGREEMENT.perform("resolve", version, actor=cast["coordinator"], change=resolution)


@prepared
def sign(cast, party):
    """A party signs in the system, with its own certificate: a real signature in the document."""
    actor = signer(cast, party)
    words = {"signatory": actor.name, "office": "부지사", "authority": "위임전결규정 제3조"}
    write = partial(signatures.sign_here, actor=actor, **words)
    return PARTY.perform("sign", party, actor=actor, parts=write)


@prepared
def signed(cast, call, **values):
    """In force by the signatures of all parties in its document."""
    version = signing(cast, call, **values)
    for party in version.parties.order_by("position", "pk"):
        sign(cast, party)
    version.refresh_from_db()
    return version


@prepared
def signing_by_six(cast, call, **values):
    """A version with two more parties; all six are invited to sign."""
    version = drafted(cast, call, **values)
    for place, (organisation, role) in enumerate(
        {"MOE": "ministry", "chungnam-hongseong": "municipality"}.items(), start=4
    ):
        version.parties.create(organisation_id=organisation, role=role, position=place)
    return resolved(cast, agreed(cast, version))


@prepared
def next_version(cast, version, *, who="approver", organisation=None, reason="사업 내용의 변경"):
    """An amendment of the version in force; returns the next version, still an unchanged copy."""
    row = Amendment(agreement=version.agreement, base=version, reason=reason)
    row.organisation = organisation or cast.gangneung
    return AMENDMENT.perform("propose", row, actor=cast[who]).version


@prepared
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


@prepared
def circulated(cast, version):
    return AGREEMENT.perform("circulate", version, actor=cast["coordinator"])


@prepared
def consented(cast, version):
    """Every party that is asked consents."""
    for party in version.parties.filter(state="asked").order_by("pk"):
        PARTY.perform("consent", party, actor=signer(cast, party))
    version.refresh_from_db()
    return version


@prepared
def concluded(cast, version):
    """An amendment from its draft into force: by consent, or with resolution and signatures."""
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


@prepared
def amending(cast, call, **values):
    """An agreement in force with an amendment that is still a draft; returns the draft."""
    return next_version(cast, in_force(cast, call, **values))


@prepared
def amended(cast, call, **values):
    """In force as amended by a minor change; the version before is superseded."""
    version = amending(cast, call, **values)
    return concluded(cast, change(cast, version, {("MCST", 2029, "national"): 900_000}))


@prepared
def report(cast, version, *, year=2027):
    """The report of a year, begun by the applicant's drafter."""

    def write(record):
        record.fiscal_year, record.narrative = year, "부지를 매입하고 설계를 마쳤다."

    row = YearlyReport(agreement=version.agreement)
    return REPORT.perform("begin", row, actor=cast["drafter"], change=write)


@prepared
def submitted_report(cast, version, **values):
    return REPORT.perform("submit", report(cast, version, **values), actor=cast["approver"])


@prepared
def reported(cast, call, **values):
    """A report that is being evaluated, of an agreement in force; its year has begun."""
    version = in_force(cast, call, **values)
    with clock.at(datetime(2028, 1, 20, 3, tzinfo=UTC)):
        return submitted_report(cast, version)


@prepared
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


@prepared
def ending(cast, call, **values):
    version = in_force(cast, call, **values)
    termination(cast, version)
    return version


@prepared
def in_force(cast, call, **values):
    """In force by signatures on paper: much faster than signing; for tests of what comes after."""
    version = signing(cast, call, **values)
    for party in version.parties.order_by("position", "pk"):
        PAPER.perform("confirm", paper(cast, version, party=party), actor=cast["coordinator"])
    version.refresh_from_db()
    return version


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360f8cf500f00038601805a347d6b0000000049454e44ae426082"
)


@prepared
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


@prepared
def delegation(cast, *, person=None, since=FIRST_DAY, until=date(2099, 12, 31)):
    """The province's approver delegates signing to another approver, as vice governor."""
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


@prepared
def correction(cast, version, *, number=1, heading="목적과 정의"):
    """The coordinator proposes another heading for an article."""
    article = version.articles.get(number=number)
    before = [getattr(article, name) for name in TEXTS]
    row = Correction(version=version, edition=version.edition, reason="제목의 오기")

    def write(record):
        record.articles.create(number=number, before=before, after=[heading, *before[1:]])

    return CORRECTION.perform("propose", row, actor=cast["coordinator"], parts=write)


@prepared
def corrected(cast, version, **values):
    """Every party confirms a correction."""
    made = correction(cast, version, **values)
    for row in made.confirmations.order_by("pk"):
        CONFIRMATION.perform(
            "confirm", row, actor=signer(cast, row.party), change=signs_again_if_signed
        )
    version.refresh_from_db()
    made.refresh_from_db()
    return made


def signs_again_if_signed(confirmation):
    confirmation.signs_again = confirmation.party.state == "signed"


@prepared
def entered_on_paper(cast, call, **values):
    return paper(cast, signing(cast, call, **values)).party.version


@prepared
def being_corrected(cast, call, **values):
    return correction(cast, frozen(cast, call, **values)).version
