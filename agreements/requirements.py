"""What must be true before an agreement or a party moves; each refuses in words."""

from django.urls import reverse
from django.utils.translation import gettext

from foundation.engine.workflow import NotNow
from foundation.time import clock
from projects.models import Source

from .amending import (
    first_open_year,
)
from .models import (
    Agreement,
    Amendment,
    Correction,
    Party,
    Version,
)
from .reporting import (
    indicators_of,
    open_years,
)
from .succession import (
    ministry_of,
)
from .weighing import (
    changes_of,
)

V = Version.State


def is_a_year_to_report(report):
    """A year that has begun, of an agreement that was in force in it, once."""
    version = report.agreement.current()
    if not version.counts or report.fiscal_year not in open_years(report.agreement, version):
        raise NotNow(gettext("This year cannot be reported: see the years that are open."))


def year_is_over(report):
    """A year can be written about while it lasts, and is reported once it is over."""
    if report.fiscal_year >= clock.today().year:
        text = gettext("The year %s is not over: it is submitted from January on.")
        raise NotNow(text % report.fiscal_year)


def says_something(report):
    """What was done in words, and what each indicator of the proposal reached."""
    page = reverse("move-report", args=[report.pk, "write"])
    if not report.narrative.strip():
        raise NotNow(gettext("Nothing is written yet."), [(gettext("Write the report"), page)])
    told = set(report.indicators.values_list("indicator", flat=True))
    measured = indicators_of(report.agreement, report.fiscal_year)
    left = [row for row, target in measured if target is not None and row.pk not in told]
    if left:
        places = [(row.title, page) for row in left]
        raise NotNow(gettext("What these indicators reached is not reported yet."), places)


def can_circulate(version):
    """A text needs articles, a schedule with national funds, and a party on each side."""
    roles = set(version.parties.staying().values_list("role", flat=True))
    if not version.articles.exists():
        raise NotNow(gettext("The text has no articles."))
    if not version.schedule.filter(source="national").exists():
        raise NotNow(gettext("The schedule promises no national funds."))
    if "lead_ministry" not in roles or not roles & {"province", "municipality"}:
        raise NotNow(gettext("A lead ministry and a local government must be parties."))


def is_waiting_for_consent(party):
    if party.version.state != V.CONSENT:
        raise NotNow(gettext("The text is not waiting for consent."))


def is_its_turn(party):
    """Where the coordination body is a party, it signs when all others have."""
    if party.role != Party.Role.COORDINATION:
        return
    others = party.version.parties.exclude(pk=party.pk)
    if others.exclude(state=Party.State.SIGNED).exists():
        raise NotNow(gettext("The coordination body signs last, when all others have signed."))


def is_waiting_for_signature(paper):
    """A scan is entered and counts only for the text that waits for this party's signature."""
    party = paper.party
    if party.state not in (Party.State.INVITED, Party.State.DECLINED):
        raise NotNow(gettext("This party is not asked to sign now."))
    if paper.digest and paper.digest != party.version.digest:
        raise NotNow(
            gettext("The text was corrected since this print was signed: it must be signed anew.")
        )


def no_correction_waits(party):
    if party.version.corrections.filter(state=Correction.State.PROPOSED).exists():
        raise NotNow(gettext("A correction waits for the parties: it is decided first."))


def can_be_corrected(correction):
    version = correction.version
    if version.state not in (V.CONSENT, V.FROZEN, V.SIGNING):
        raise NotNow(
            gettext("A slip is corrected between circulation and the last signature only.")
        )
    if version.corrections.filter(state=Correction.State.PROPOSED).exists():
        raise NotNow(gettext("Another correction waits for the parties: it is decided first."))


def has_no_agreement(proposal):
    """Once an agreement is drafted, its parties decide about it and not the applicant alone."""
    if Agreement.objects.filter(proposal=proposal).exists():
        raise NotNow(gettext("Its agreement is being drafted: it cannot be withdrawn any more."))


def conditions_are_settled(version):
    """Refinement comes before the agreement: every condition is met or waived."""
    left = version.agreement.proposal.conditions.unsettled().for_list().order_by("due_on", "pk")
    if places := [(said_of(condition), condition.get_absolute_url()) for condition in left]:
        raise NotNow(
            gettext("Conditions of the ministries are neither met nor waived yet."), places
        )


def said_of(condition):
    words = {"condition": condition, "state": condition.get_state_display()}
    words["ministry"] = condition.review.ministry
    return gettext("%(ministry)s: %(condition)s (%(state)s)") % words


def lead_is_not_agreed(proposal):
    """Who leads stands in the text of the agreement: from then on its parties decide."""
    if Agreement.objects.filter(proposal=proposal).exists():
        raise NotNow(gettext("The agreement names the lead ministry already."))


def ends_where_an_agreement_exists(round):
    """Until the draft is circulated a round may settle other amounts; then its parties decide."""
    versions = Version.objects.filter(agreement__proposal=round.proposal)
    if versions.exclude(state=V.DRAFTING, number=1).exists():
        text = gettext("%s: its agreement is circulated; amounts change there from now on.")
        raise NotNow(text % round.proposal)


def can_be_amended(amendment):
    """One amendment at a time, of the version in force."""
    if not Version.objects.filter(pk=amendment.base_id, state=V.IN_FORCE).exists():
        raise NotNow(gettext("Only an agreement in force is amended."))
    if amendment.agreement.versions.filter(state__in=Version.MAKING).exists():
        raise NotNow(gettext("Another amendment is under way. Wait for it, or withdraw it."))


def changes_something(version):
    if version.amendment and not any(changes_of(version).values()):
        raise NotNow(gettext("Nothing is changed yet. Edit the text, then ask for consent."))


def closed_years_stand(version):
    """What closed years promised stands; also when a year ends while the parties answer."""
    if version.amendment is None:
        return
    year_now = first_open_year()
    changed = sorted({year for (_c, year, _s), _b, _a in changes_of(version)["cells"]})
    if closed := [year for year in changed if year < year_now]:
        text = gettext("The year %s is closed: its amounts stand as they are in force.")
        raise NotNow(text % closed[0])


def stays_within_its_period(version):
    outside = version.schedule.exclude(fiscal_year__range=(version.first_year, version.last_year))
    if version.amendment and (line := outside.order_by("fiscal_year", "pk").first()):
        text = gettext("“%(component)s” has an amount in %(year)s, outside the period.")
        raise NotNow(text % {"component": line.component, "year": line.fiscal_year})


def parties_are_there(version):
    """A body that has ended cannot consent: its heirs are named in its place."""
    today = clock.today()
    for party in version.parties.prefetch_related("organisation__spells"):
        if party.organisation.has_ended_on(today):
            text = gettext("“%s” has ended. Name its heirs as parties in its place.")
            raise NotNow(text % party.organisation)


def payers_are_parties(version):
    """Nobody promises the money of a ministry that is not asked."""
    if version.amendment is None or version.agreement.proposal.call.block_grant:
        return
    parties = set(version.parties.staying().values_list("organisation", flat=True))
    for component, lines in version.schedule_by_component():
        pays = any(line.source == Source.NATIONAL for line in lines)
        if pays and ministry_of(version, component, clock.today()) not in parties:
            text = gettext("The ministry that pays for “%s” is no party. Name it, or its heir.")
            raise NotNow(text % component)


def base_is_in_force(version):
    """While the agreement is suspended nothing enters in its place."""
    if version.amendment and version.amendment.base.state != V.IN_FORCE:
        raise NotNow(gettext("The agreement is suspended: nothing enters until it is resumed."))


def period_is_over(version):
    if version.last_year >= first_open_year():
        text = gettext("The agreement runs until the end of %s. It is completed after that.")
        raise NotNow(text % version.last_year)


def no_amendment_is_open(version):
    if version.agreement.amendments.filter(state=Amendment.State.PROPOSED).exists():
        raise NotNow(gettext("An amendment is under way. Conclude or withdraw it first."))


def is_live(termination):
    live = Version.objects.filter(pk=termination.version_id, state__in=[V.IN_FORCE, V.SUSPENDED])
    if not live.exists():
        raise NotNow(gettext("Only an agreement in force, or suspended, is terminated."))


def has_no_termination(termination):
    open_ones = termination.agreement.terminations.exclude(state="withdrawn")
    if open_ones.exists():
        raise NotNow(gettext("A termination is prepared already."))
