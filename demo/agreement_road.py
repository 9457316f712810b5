"""Takes a demo proposal from the draft of its agreement to signatures and amendments."""

from datetime import timedelta
from functools import partial

from accounts.models import Role
from agreements.consent.forms import AGREEMENT_FORMS
from agreements.drafting.forms import REMARK_FORMS
from agreements.models import (
    TEXTS,
    Agreement,
    Amendment,
    Correction,
    Delegation,
    Remark,
    ScheduleLine,
    YearlyReport,
)
from agreements.reporting.forms import REPORT_FORMS
from agreements.signing.forms import PARTY_FORMS
from agreements.signing.signatures import sign_here
from agreements.workflow import (
    AGREEMENT,
    AMENDMENT,
    CORRECTION,
    DELEGATION,
    PARTY,
    REMARK,
    REPORT,
    draft,
)
from foundation.time import clock

from .plan_road import PlanRoad

NARRATIVE = "사업 부지를 확보하고 기본설계를 마쳤으며, 운영 주체를 선정하였습니다. (예시)"


def sent_by(actor, workflow, move, record, form, data):
    """Make a move through the form of its page; raises ValueError if the form is invalid."""
    form = form(data, record=record, move=workflow[move], actor=actor)
    if not form.is_valid():
        raise ValueError(form.errors.as_json())
    return form.perform(workflow)


class AgreementRoad(PlanRoad):
    """The steps from the draft of an agreement to its signatures and amendments."""

    def agreement(self):
        """The agreement that was made from this plan."""
        return Agreement.objects.get(title=self.plan.title)

    def draft(self, proposal):
        return draft(proposal, actor=self.coordinator)

    def state_area(self, version, area):
        def write(record):
            record.area = area

        return AGREEMENT.perform("revise", version, actor=self.coordinator, change=write)

    def propose_amendment(self, base, reason):
        """Propose an amendment as the local government; returns the next version."""
        row = Amendment(agreement=base.agreement, base=base, reason=reason)
        row.organisation = self.applicant
        approver = self.local(Role.APPROVER)
        return AMENDMENT.perform("propose", row, actor=approver).version

    def move_money(self, version, *, year, percent):
        """Move a percentage of a year's money from the first component to the second."""
        first, second, *_others = version.agreement.proposal.components.order_by("pk")

        def write(record):
            for line in list(record.schedule.filter(component=first, fiscal_year=year)):
                won = line.won * percent // 100
                line.won -= won
                line.save()
                cell = {"component": second, "fiscal_year": year, "source": line.source}
                other = record.schedule.filter(**cell).first() or ScheduleLine(
                    version=record, won=0, **cell
                )
                other.won += won
                other.save()

        drafter = self.local(Role.DRAFTER)
        return AGREEMENT.perform("amend", version, actor=drafter, parts=write)

    def circulate(self, version):
        return AGREEMENT.perform("circulate", version, actor=self.coordinator)

    def consent(self, version, most=None):
        asked = version.parties.filter(state="asked")
        for party in asked.order_by("position", "pk")[:most]:
            PARTY.perform("consent", party, actor=self.cast.of(party.organisation, Role.APPROVER))
        version.refresh_from_db()

    def resolve(self, version):
        return self.decide(version, "resolve", result="approved")

    def decide(self, version, move, **values):
        """Record what the committee decides about a frozen text."""
        sent = {"resolution": "심의·의결 (예시)", "resolved_on": clock.today(), **values}
        return sent_by(self.coordinator, AGREEMENT, move, version, AGREEMENT_FORMS[move], sent)

    def remark(self, version, role, organisation, number, text):
        """A party writes a remark on an article of the draft."""
        article = version.articles.get(number=number)
        row = Remark(version=version, article=article, heading=str(article))
        row.organisation = organisation
        sent = {"organisation": organisation.pk, "text": text}
        person = self.cast.of(organisation, role)
        return sent_by(person, REMARK, "write", row, REMARK_FORMS["write"], sent)

    def object_to(self, party, number, remark):
        """A party agrees to the first articles and objects to one."""
        sent = {f"agrees_{n}": "yes" for n in range(1, number)}
        sent |= {f"agrees_{number}": "no", f"remark_{number}": remark}
        person = self.cast.of(party.organisation, Role.APPROVER)
        return sent_by(person, PARTY, "weigh", party, PARTY_FORMS["weigh"], sent)

    def report(self, version, year):
        """Begin and write the report of the current year, without submitting it."""
        row, writer = YearlyReport(agreement=version.agreement), self.local(Role.DRAFTER)
        sent = {"fiscal_year": year}
        row = sent_by(writer, REPORT, "begin", row, REPORT_FORMS["begin"], sent)
        sent = {"narrative": NARRATIVE, "next_steps": "내년 상반기 착공 (예시)"}
        for indicator in version.agreement.proposal.indicators.order_by("pk"):
            sent[f"actual_{indicator.pk}"] = indicator.baseline
        return sent_by(writer, REPORT, "write", row, REPORT_FORMS["write"], sent)

    def delegate(self, organisation):
        """An approver delegates the signature to the second one, as to a vice governor."""
        row = Delegation(
            organisation=organisation,
            person=self.cast.of(organisation, Role.APPROVER, second=True),
            office="행정부지사",
            authority="사무전결규정 (예시)",
            since=clock.today(),
            until=clock.today() + timedelta(days=365),
        )
        granter = self.cast.of(organisation, Role.APPROVER)
        return DELEGATION.perform("grant", row, actor=granter)

    def correct(self, version):
        """Propose the correction of a heading of an article, to be confirmed by the parties."""
        article = version.articles.get(number=2)
        before = [getattr(article, name) for name in TEXTS]
        row = Correction(version=version, edition=version.edition, reason="제목의 오기 (예시)")
        after = ["협약 당사자의 역할과 책임", *before[1:]]

        def write(record):
            record.articles.create(number=2, before=before, after=after)

        return CORRECTION.perform("propose", row, actor=self.coordinator, parts=write)

    def sign(self, version, most=None):
        for party in version.parties.order_by("position", "pk")[:most]:
            signer = self.cast.of(party.organisation, Role.APPROVER)
            office = "장관 직무대리" if party.organisation.kind == "ministry" else "부단체장"
            words = {"signatory": signer.name, "office": office}
            words["authority"] = "위임전결규정 (예시)"
            write = partial(sign_here, actor=signer, **words)
            PARTY.perform("sign", party, actor=signer, parts=write)
        version.refresh_from_db()
