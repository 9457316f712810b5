"""Which ministries have the largest national share of a proposal."""

from projects.budget import sums as budget
from projects.coordination.effective_amounts import lines_of
from projects.coordination.redistribution_sums import only_national


def national_shares(proposal):
    """{ministry: effective national funds of the proposal in won}."""
    return budget.by(only_national(lines_of(proposal)), "ministry")


def largest(shares):
    """The set of ministries with the largest national funds."""
    most = max(shares.values(), default=None)
    return {ministry for ministry, share in shares.items() if share == most}


def needs_reason(lead, proposed, note):
    """Another lead ministry than one with the largest national share needs a reason."""
    return bool(proposed) and lead.pk not in proposed and not note.strip()
