"""Internal comments of a ministry on a proposal under review."""

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.permissions import RecordQuerySet
from foundation.models import Record
from foundation.time import clock
from projects.proposals.models import Proposal
from projects.reviews.models import Review

MOST_CHARACTERS = 4000


class CommentQuerySet(RecordQuerySet):
    def for_list(self):
        return self.select_related("proposal", "review__component", "written_by")

    def of_review_ministry(self, review):
        """Comments of the review's ministry on the whole proposal, without withdrawn ones."""
        rows = self.filter(proposal=review.proposal_id, review__ministry=review.ministry_id)
        return rows.exclude(state=Comment.State.WITHDRAWN)


class Comment(Record):
    """A comment on one part of a submitted proposal; only the ministry that wrote it reads it."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("comment", "open")
        RESOLVED = "resolved", pgettext_lazy("comment", "resolved")
        WITHDRAWN = "withdrawn", pgettext_lazy("comment", "withdrawn")

    view_permission = "projects.view_comment"
    part_of = "proposal"
    places = {"ministry": "review__ministry"}

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="comments")
    review = models.ForeignKey(Review, models.CASCADE, related_name="comments")
    about = models.CharField(_("about"), max_length=60)
    text = models.TextField(pgettext_lazy("noun", "comment"), max_length=MOST_CHARACTERS)
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(default=clock.now, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("noun", "comment")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(about__regex=r"^(part|component|cell)-."),
                name="comment_is_about_a_place",
            ),
            models.CheckConstraint(
                condition=~models.Q(text__regex=r"^\s*$"), name="comment_says_something"
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("text"), MOST_CHARACTERS), name="comment_is_short"
            ),
        ]
        indexes = [models.Index(fields=["review", "state"], name="comment_of_review")]

    def __str__(self):
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"

    def get_absolute_url(self):
        """The page with the proposal beside the review."""
        return f"{reverse('projects:read', args=[self.review_id])}#comment-{self.pk}"

    def content(self):
        return {"review": self.review_id, "about": self.about, "text": self.text}
