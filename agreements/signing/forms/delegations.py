"""The form with which an approver delegates the signature to another person."""

from django.utils.translation import gettext

from accounts.models import Membership, User
from accounts.permissions import PERMISSIONS
from foundation.time import clock
from foundation.web.forms import DATE, ModelMoveForm

from ..models import Delegation


class DelegationForm(ModelMoveForm):
    """Who may sign, in which office, on which authority, from which day until which day."""

    model = Delegation
    takes = ["person", "office", "authority", "since", "until"]
    widgets = {"since": DATE, "until": DATE}

    def __init__(self, *args, record, actor, **options):
        super().__init__(*args, record=record, actor=actor, **options)
        self.fields["person"].queryset = possible_delegates(record, actor)
        self.fields["person"].initial = None
        self.fields["since"].initial = clock.today()

    def clean(self):
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", gettext("The delegation cannot end before it begins."))
        if until and until < clock.today():
            self.add_error("until", gettext("Choose today or a later day."))
        return super().clean()


def possible_delegates(delegation, actor):
    """People who may sign for the organisation today, except ``actor`` who delegates."""
    roles = set().union(*(right.roles for right in PERMISSIONS["agreements.sign_as_party"]))
    posts = Membership.objects.active(clock.today()).filter(
        role__in=roles, organisation=delegation.organisation_id
    )
    return (
        User.objects.filter(pk__in=posts.values("user")).exclude(pk=actor.pk).order_by("name", "pk")
    )
