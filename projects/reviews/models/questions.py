"""Questions of ministries to local governments."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.permissions import RecordQuerySet
from foundation.models import Record
from foundation.time import clock
from projects.proposals.models import Proposal

from .reviews import Review


class QuestionQuerySet(RecordQuerySet):
    def for_list(self):
        return self.select_related("proposal", "review__component", "asked_by").prefetch_related(
            "review__ministry__spells", "proposal__applicant__spells"
        )


class Question(Record):
    """A request for completion (보완 요청): the review clock is stopped until the answer."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("question", "waiting for an answer")
        ANSWERED = "answered", pgettext_lazy("question", "answered")
        WITHDRAWN = "withdrawn", _("withdrawn")

    view_permission = "projects.view_question"
    part_of = "proposal"
    places = {"ministry": "review__ministry", "applicant": "proposal__applicant"}

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="questions")
    review = models.ForeignKey(Review, models.CASCADE, related_name="questions")
    about = models.CharField(_("about"), max_length=60)
    text = models.TextField(_("question"))
    answer = models.TextField(_("answer"), blank=True)
    due_on = models.DateField(_("due on"))
    asked_on = models.DateField(default=clock.today, editable=False)
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="answered") | ~models.Q(answer=""),
                name="question_answered_has_an_answer",
            ),
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("asked_on")),
                name="question_is_due_after_it_is_asked",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on", "id"], name="question_due")]

    def __str__(self):
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"

    def get_absolute_url(self):
        return reverse("projects:question", args=[self.pk])

    @property
    def components(self):
        """The components that it may be about: only the reviewed one."""
        return [self.review.component]

    def content(self):
        return {
            "review": self.review_id,
            "about": self.about,
            "text": self.text,
            "answer": self.answer,
            "asked_on": str(self.asked_on),
            "due_on": str(self.due_on),
        }
