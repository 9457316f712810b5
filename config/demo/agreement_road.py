"""Leads a demo file from the draft of its agreement to the signatures and amendments."""

from datetime import timedelta
from functools import partial

from accounts.models import Role
from agreements.models import TEXTS, Agreement, Amendment, Correction, Delegation, ScheduleLine
from agreements.signatures import sign_here
from agreements.workflow import AGREEMENT, AMENDMENT, CORRECTION, DELEGATION, PARTY, draft
from foundation import clock

from .plan_road import PlanRoad


class AgreementRoad(PlanRoad):
    """From the draft of an agreement to its signatures, and to what amends it."""

    def agreement(self):
        """The agreement that this road led to."""
        return Agreement.objects.get(title=self.plan.title)

    def draft(self, proposal):
        return draft(proposal, actor=self.coordinator)

    def state_area(self, version, area):
        def write(record):
            record.area = area

        return AGREEMENT.perform("revise", version, actor=self.coordinator, change=write)

    def propose_amendment(self, base, reason):
        """An amendment proposed by the local government; gives the next version."""
        row = Amendment(agreement=base.agreement, base=base, reason=reason)
        row.organisation = self.applicant
        approver = self.local(Role.APPROVER)
        return AMENDMENT.perform("propose", row, actor=approver).version

    def move_money(self, version, *, year, percent):
        """Part of a year's money goes from the first component to the second."""
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
        def write(record):
            record.resolution, record.resolved_on = "심의·의결 (예시)", clock.today()

        return AGREEMENT.perform("resolve", version, actor=self.coordinator, change=write)

    def delegate(self, organisation):
        """An approver lets the second one sign, as a vice governor does."""
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
        """A slip in the heading of an article, that waits for the parties."""
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
