"""What must be true before a version is circulated, enters into force or is completed."""

from django.utils.translation import gettext

from agreements.amendments.models import Amendment
from agreements.amendments.next_version import first_open_year
from agreements.amendments.succession import ministry_of
from foundation.engine.workflow import NotNow
from foundation.time import clock
from projects.models import Source


def can_circulate(version):
    """The text has articles, national funds, a lead ministry and a local government."""
    roles = set(version.parties.staying().values_list("role", flat=True))
    if not version.articles.exists():
        raise NotNow(gettext("The text has no articles."))
    if not version.schedule.filter(source="national").exists():
        raise NotNow(gettext("The schedule promises no national funds."))
    if "lead_ministry" not in roles or not roles & {"province", "municipality"}:
        raise NotNow(gettext("A lead ministry and a local government must be parties."))


def no_party_has_ended(version):
    """Every party still exists; heirs must be named for a body that has ended."""
    today = clock.today()
    for party in version.parties.prefetch_related("organisation__spells"):
        if party.organisation.has_ended_on(today):
            text = gettext("“%s” has ended. Name its heirs as parties in its place.")
            raise NotNow(text % party.organisation)


def payers_are_parties(version):
    """Every ministry that pays for a component is a party."""
    if version.amendment is None or version.agreement.proposal.call.block_grant:
        return
    parties = set(version.parties.staying().values_list("organisation", flat=True))
    for component, lines in version.schedule_by_component():
        pays = any(line.source == Source.NATIONAL for line in lines)
        if pays and ministry_of(version, component, clock.today()) not in parties:
            text = gettext("The ministry that pays for “%s” is no party. Name it, or its heir.")
            raise NotNow(text % component)


def period_is_over(version):
    if version.last_year >= first_open_year():
        text = gettext("The agreement runs until the end of %s. It is completed after that.")
        raise NotNow(text % version.last_year)


def no_amendment_is_open(version):
    if version.agreement.amendments.filter(state=Amendment.State.PROPOSED).exists():
        raise NotNow(gettext("An amendment is under way. Conclude or withdraw it first."))
