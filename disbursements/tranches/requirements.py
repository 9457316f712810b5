"""Conditions for moves of a tranche; each raises NotNow."""

from django.utils.translation import gettext

from agreements.models import Version
from disbursements.ledger import writers as ledger
from disbursements.ledger.models import Appropriation
from disbursements.ledger.requirements import is_not_under_settlement
from foundation.engine.workflow import NotNow

from .models import Tranche

V = Version.State
T = Tranche.State


def is_national(tranche):
    if not tranche.appropriation.is_national:
        raise NotNow(gettext("Only national funds are requested in tranches."))


def line_is_open(tranche):
    if tranche.appropriation.state != Appropriation.State.OPEN:
        raise NotNow(gettext("This line is closed: the agreement promises nothing here any more."))


def is_in_force(tranche):
    """While an agreement is suspended or after its end nothing new is asked for or granted."""
    if not version_of(tranche, V.IN_FORCE):
        raise NotNow(gettext("The agreement is not in force now: no new tranches are decided."))


def is_not_terminated(tranche):
    if version_of(tranche, V.TERMINATED):
        raise NotNow(gettext("The agreement is terminated: what is unspent is settled."))


def another_is_possible(tranche):
    """As many tranches a year as the call allows; what was refused or revoked does not count."""
    call = tranche.appropriation.agreement.proposal.call
    counted = tranche.appropriation.tranches.exclude(state__in=[T.REFUSED, T.REVOKED]).count()
    if counted >= call.tranches_a_year:
        text = gettext("The call allows %s tranches a year: all of them are requested.")
        raise NotNow(text % call.tranches_a_year)


def enough_is_executed(tranche):
    """The next tranche comes once enough of what was paid is executed, as the call says."""
    line = tranche.appropriation
    least = line.agreement.proposal.call.executed_percent
    balance = ledger.balance_of(line)
    if balance.executed * 100 < balance.paid * least:
        text = gettext("The next tranche comes once %(least)s%% of what was paid is executed.")
        raise NotNow(text % {"least": least})


def version_of(tranche, state):
    return tranche.appropriation.agreement.versions.filter(state=state).first()


def no_tranche_is_open(version):
    tranches = Tranche.objects.filter(appropriation__agreement=version.agreement)
    if waiting := tranches.filter(state__in=[T.REQUESTED, T.GRANTED]).order_by("pk").first():
        text = gettext("“%s” is open. Pay or refuse it before the agreement is completed.")
        raise NotNow(text % waiting, [(str(waiting), waiting.get_absolute_url())])


def is_not_settled(tranche):
    is_not_under_settlement(tranche.appropriation)


def open_tranche(line):
    return line.tranches.filter(state__in=[T.REQUESTED, T.GRANTED]).order_by("pk").first()


def is_in_no_batch(tranche):
    """A tranche in an open payment batch is neither paid by hand nor revoked."""
    if item := tranche.batch_items.filter(outcome="open").select_related("batch").first():
        text = gettext("“%s” holds this tranche. Wait for the bank's answer.")
        raise NotNow(text % item.batch, [(str(item.batch), item.batch.get_absolute_url())])
