"""What approvers of ministries and coordinators send about who reviews."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Organisation, User
from foundation.engine.workflow import NotNow, people_at
from foundation.time import clock
from foundation.web.forms import MoveForm

from ..models import Conflict
from ..workflow import INTERESTED


def free_reviewers(review):
    """Who may be assigned: of the ministry's reviewers those without an interest in the matter."""
    barred = {person for path in INTERESTED for person in people_at(review, path)}
    return reviewers(review).exclude(pk__in=barred)


def reviewers(review):
    """The ministry's reviewers, and who stands in for one of them today."""
    today = clock.today()
    posts = Membership.objects.active(today).holding("projects.write_review", review)
    return User.objects.acting_in(posts, today)


class AssignForm(MoveForm):
    """Whose turn it is in the ministry; left empty, that of all its reviewers."""

    reviewer = forms.ModelChoiceField(
        label=_("reviewer"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("any reviewer of the ministry"),
        help_text=_(
            "Whoever belongs to a party of the proposal or declared a conflict is left out."
        ),
    )

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.fields["reviewer"].queryset = free_reviewers(record).order_by("name", "pk")
        self.fields["reviewer"].initial = record.assigned_to_id

    def widen(self, records):
        """The reviewers of all the ministries; each review asks whether they are free for it."""
        of_each = {record.ministry_id: record for record in records}.values()
        found = {person.pk for record in of_each for person in reviewers(record)}
        people = User.objects.filter(pk__in=found).order_by("name", "pk")
        self.fields["reviewer"].queryset, self.fields["reviewer"].initial = people, None

    def write(self, record):
        reviewer = self.cleaned_data["reviewer"]
        if reviewer and not free_reviewers(record).filter(pk=reviewer.pk).exists():
            raise NotNow(gettext("%s has declared a conflict of interest meanwhile.") % reviewer)
        record.assigned_to = reviewer


class DeclareForm(MoveForm):
    """That the person who sends it has an interest in the matter; they are out of it then."""

    def write(self, record):
        if record.assigned_to_id == self.actor.pk:
            record.assigned_to = None

    def write_parts(self, record):
        Conflict.objects.create(review=record, person=self.actor)


class RerouteForm(MoveForm):
    """The ministry that owns a component which another one disowned."""

    ministry = forms.ModelChoiceField(label=_("ministry"), queryset=Organisation.objects.none())

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        asked = record.revision.reviews.filter(component=record.component_id)
        others = Organisation.objects.ministries().alive(clock.today())
        others = others.exclude(pk__in=asked.values("ministry"))
        self.fields["ministry"].queryset = others.named().order_by("pk")

    def write_parts(self, record):
        component = record.component
        component.ministry = self.cleaned_data["ministry"]
        component.save()
