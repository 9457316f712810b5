"""A party's consent is its agreement to every clause; with the text taken back it is void."""

from foundation.time import clock
from foundation.time.calendar import add_working_days

from ..stances import open_clauses, take


def agree_to_the_rest(party):
    """Consent to the whole is consent to every clause that was still open."""
    take(party, {clause.number: (True, "") for clause in open_clauses(party)})
    party.due_on = None


def void_stances(party):
    """It agreed to another text; that is kept, to be filled in where the words are the same."""
    party.stances.filter(stands=True).update(stands=False)
    party.due_on = None


def set_day_to_consent(party):
    days = party.version.agreement.proposal.call.consent_days
    party.due_on = add_working_days(clock.today(), days)
