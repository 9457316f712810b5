"""Workflow of a proposal."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.moves import sets
from foundation.engine.redating import new_day_is_possible
from foundation.engine.workflow import NEW, STAYS, Move, Workflow
from projects.conditions.effects import lapse_conditions
from projects.coordination.effects import lapse_rounds
from projects.issues.effects import lapse_open_issues
from projects.reviews.effects import ask_ministries, lapse_open_reviews
from projects.selection.changes import has_reason_for_lead, name_lead
from projects.selection.effects import (
    clear_places,
    promote_from_reserve,
    set_above_ceilings,
    write_letter,
)
from projects.selection.requirements import has_support, is_within_ceilings

from .effects import (
    check_recommended_place,
    clear_deadline,
    freeze_revision,
    open_reviews_if_no_check,
    route_submission,
    send_to_province,
    set_completion_deadline,
    start_from_new_revision,
)
from .models import Proposal
from .requirements import (
    call_accepts,
    completion_deadline_has_passed,
    is_complete,
    may_be_taken_back,
)

P = Proposal.State

PROPOSAL = Workflow(
    Proposal,
    #    move        from                       to              who may
    Move("begin",    {NEW},                     P.DRAFT,        "projects.write_proposal",
         _("Write a proposal"), stamps="written_by"),
    Move("revise",   {P.DRAFT, P.RETURNED},     STAYS,          "projects.write_proposal",
         _("Edit the proposal"), stamps="written_by"),
    Move("hand_over", {P.DRAFT, P.RETURNED},    STAYS,          "projects.hand_over_proposal",
         _("Hand over to a colleague"), needs_content=True),
    Move("submit",   {P.DRAFT, P.RETURNED},     P.SUBMITTED,    "projects.submit_proposal",
         _("Submit"), requires=(call_accepts, is_complete), stamps="submitted_by",
         never_by=("written_by",), does=start_from_new_revision,
         effects=(freeze_revision, route_submission), tone="primary"),
    Move("take_back", {P.SUBMITTED, P.SCREENING, P.IN_REVIEW}, P.DRAFT, "projects.submit_proposal",
         _("Take back the submission"), requires=(may_be_taken_back,), does=clear_places,
         effects=(lapse_open_reviews, lapse_open_issues)),
    Move("pass_on",  {P.SUBMITTED},             P.SCREENING,    None,
         _("The province screens it"), does=send_to_province),
    Move("recommend", {P.SCREENING},            P.SUBMITTED,    "projects.screen_proposal",
         _("Recommend"), does=check_recommended_place, effects=(open_reviews_if_no_check,), tone="primary"),
    Move("pass_by",  {P.SCREENING},             P.NOT_SELECTED, "projects.screen_proposal",
         _("Do not recommend"), needs_note=True, does=clear_places, effects=(write_letter,),
         tone="danger"),
    Move("accept",   {P.SUBMITTED},             P.IN_REVIEW,    "projects.decide_proposal",
         _("Complete: ask the ministries"), does=clear_deadline, effects=(ask_ministries,),
         tone="primary"),
    Move("open_reviews", {P.SUBMITTED},         P.IN_REVIEW,    None,
         _("The ministries are asked"), effects=(ask_ministries,)),
    Move("conclude", {P.IN_REVIEW},             P.REVIEWED,     None,
         _("All ministries have answered")),
    Move("reroute",  {P.IN_REVIEW},             STAYS,          None,
         _("A component goes to another ministry")),
    Move("return",   {P.SUBMITTED, P.IN_REVIEW, P.REVIEWED}, P.RETURNED, "projects.decide_proposal",
         _("Return for revision"), needs_note=True, does=set_completion_deadline,
         effects=(lapse_open_reviews, lapse_conditions, lapse_rounds, write_letter)),
    Move("redate",   {P.RETURNED},              STAYS,          "projects.decide_proposal",
         _("Set another day"), needs_note=True, needs=("due_on",), change=sets("due_on"), checks=(new_day_is_possible,)),
    Move("coordinate", {P.REVIEWED, P.RESERVE, P.SELECTED}, STAYS, None,
         _("The coordinated amounts are in effect")),
    Move("select",   {P.REVIEWED},              P.SELECTED,     "projects.decide_proposal",
         _("Select"), requires=(has_support, is_within_ceilings), effects=(write_letter,),
         needs=("lead_ministry",), change=name_lead, checks=(has_reason_for_lead,), tone="primary"),
    Move("change_lead", {P.SELECTED},           STAYS,          "projects.decide_proposal",
         _("Change the lead ministry"), needs_note=True, effects=(write_letter,),
         needs=("lead_ministry",), change=name_lead),
    Move("allow_above", {P.REVIEWED, P.RESERVE, P.SELECTED}, STAYS, "projects.set_ceiling",
         _("Allow it above the ceilings"), needs_note=True, does=set_above_ceilings),
    Move("reserve",  {P.REVIEWED},              P.RESERVE,      "projects.decide_proposal",
         _("Keep in reserve"), requires=(has_support,), effects=(write_letter,),
         needs_content=True),
    Move("promote",  {P.RESERVE},               P.SELECTED,     "projects.decide_proposal",
         _("Select from the reserve"), requires=(is_within_ceilings,), needs_note=True,
         needs=("lead_ministry",), change=name_lead, does=promote_from_reserve, effects=(write_letter,), tone="primary"),
    Move("reject",   {P.REVIEWED, P.RESERVE, P.RETURNED}, P.NOT_SELECTED, "projects.decide_proposal",
         _("Do not select"), requires=(completion_deadline_has_passed,), needs_note=True, does=clear_places,
         effects=(lapse_conditions, lapse_open_issues, lapse_rounds, write_letter), tone="danger"),
    Move("withdraw", {P.DRAFT, P.SUBMITTED, P.SCREENING, P.IN_REVIEW, P.REVIEWED, P.RETURNED,
                      P.RESERVE, P.SELECTED}, P.WITHDRAWN, "projects.submit_proposal",
         _("Withdraw"), needs_note=True, does=clear_places,
         effects=(lapse_open_reviews, lapse_conditions, lapse_open_issues, lapse_rounds),
         tone="danger"),
)  # fmt: skip
