"""What the decisions about a proposal write, and the law of what they write."""

from django.utils.translation import gettext

from foundation.engine.workflow import NotNow

from .lead_ministry import largest, national_shares, needs_reason


def name_lead(proposal, act, *, lead_ministry):
    proposal.lead_ministry = lead_ministry


def has_reason_for_lead(proposal, act):
    if needs_reason(proposal.lead_ministry, largest(national_shares(proposal)), act.note):
        raise NotNow(gettext("Give a reason."))
