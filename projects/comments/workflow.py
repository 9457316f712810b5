"""Workflow of a comment."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NEW, STAYS, Move, Workflow
from projects.reviews.workflow import INTERESTED_IN_REVIEW

from .models import Comment

N = Comment.State

COMMENT = Workflow(
    Comment,
    #    move       from          to           who may
    Move("write",   {NEW},        N.OPEN,      "projects.write_comment", _("Write a comment"),
         stamps="written_by", inside=True, never_by=INTERESTED_IN_REVIEW, tone="primary"),
    Move("edit",    {N.OPEN},     STAYS,       "projects.write_comment", _("Edit the comment"),
         inside=True, only_by=("written_by",), needs_content=True),
    Move("resolve", {N.OPEN},     N.RESOLVED,  "projects.write_comment", _("Mark as resolved"), inside=True),
    Move("reopen",  {N.RESOLVED}, N.OPEN,      "projects.write_comment", _("Open it again"), inside=True),
    Move("withdraw", {N.OPEN},    N.WITHDRAWN, "projects.write_comment", _("Withdraw the comment"),
         inside=True, only_by=("written_by",)),
)  # fmt: skip
