"""Forms about who reviews: assign, declare a conflict of interest, ask another ministry."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Organisation, User
from foundation.engine.moves import people_at
from foundation.engine.workflow import NotNow
from foundation.time import clock
from foundation.web.forms import MoveForm

from ..models import Conflict
from ..workflow import INTERESTED


def free_reviewers(review):
    """Reviewers of the ministry without a conflict of interest, who may be assigned."""
    barred = {person for path in INTERESTED for person in people_at(review, path)}
    return reviewers(review).exclude(pk__in=barred)


def reviewers(review):
    """The ministry's reviewers, and their deputies of today."""
    today = clock.today()
    posts = Membership.objects.active(today).holding("projects.write_review", review)
    return User.objects.acting_in(posts, today)


class AssignForm(MoveForm):
    """Assign a reviewer of the ministry; empty means any reviewer."""

    reviewer = forms.ModelChoiceField(
        label=_("reviewer"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("any reviewer of the ministry"),
        help_text=_(
            "People of a party of the proposal, or with a declared conflict, are left out."
        ),
    )

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.fields["reviewer"].queryset = free_reviewers(record).order_by("name", "pk")
        self.fields["reviewer"].initial = record.assigned_to_id

    def widen(self, records):
        """Offer the reviewers of all ministries, for one move on many reviews."""
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
    """Declare a conflict of interest of the person who sends it; ends their assignment."""

    def write(self, record):
        if record.assigned_to_id == self.actor.pk:
            record.assigned_to = None

    def write_parts(self, record):
        Conflict.objects.create(review=record, person=self.actor)


class RerouteForm(MoveForm):
    """Choose another ministry for a component that its ministry disowned."""

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
