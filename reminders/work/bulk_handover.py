"""Bulk handover of matters to a colleague: the kinds that one person can hold."""

from foundation.web.bulk import Bulk
from projects.proposals.forms import PROPOSAL_FORMS
from projects.reviews.forms import REVIEW_FORMS
from projects.workflow import PROPOSAL, REVIEW
from reminders.matters.kinds import KINDS

DRAFTS = Bulk(PROPOSAL, ("hand_over",), PROPOSAL_FORMS)
REVIEWS = Bulk(REVIEW, ("assign",), REVIEW_FORMS)
HANDED = {"draft": DRAFTS, "returned": DRAFTS, "review": REVIEWS}
KIND = {kind.name: kind for kind in KINDS if kind.name in HANDED}
