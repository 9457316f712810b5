"""The form to name a deputy, the same for page and API."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.time import clock
from foundation.web.forms import DATE, ModelMoveForm

from .models import Deputy, Membership, User
from .workflow import refusals


class PostField(forms.ModelChoiceField):
    def label_from_instance(self, post):
        return f"{post.user} · {post.get_role_display()}"


class NameForm(ModelMoveForm):
    """Who is away from which post, who is the deputy, on which days and why."""

    model = Deputy
    takes = ["since", "until", "reason"]
    widgets = {"since": DATE, "until": DATE}

    post = PostField(label=_("who is away"), queryset=Membership.objects.none())
    deputy = forms.ModelChoiceField(
        label=_("deputy"),
        queryset=User.objects.none(),
        help_text=_("Somebody with a post in the same organisation. Their own posts stay theirs."),
    )

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        posts = posts_in(record.organisation_id)
        self.fields["post"].queryset = posts
        people = User.objects.filter(pk__in=posts.order_by().values("user"))
        self.fields["deputy"].queryset = people.order_by("name", "pk")
        self.fields["reason"].help_text = _("As in a duty roster: leave, business trip, training.")
        self.order_fields(["post", "deputy", *self.takes])

    def clean(self):
        data = super().clean()
        if not self.errors:
            wanted = Deputy(organisation_id=self.record.organisation_id, named_by=self.actor)
            self.write(wanted)
            for field, reason in refusals(wanted):
                self.add_error(field, reason)
        return data

    def write(self, record):
        super().write(record)
        post = self.cleaned_data["post"]
        record.role, record.absent = post.role, post.user
        record.deputy = self.cleaned_data["deputy"]


def posts_in(organisation):
    """The posts of an organisation for which a deputy can be named, by the holder's name."""
    posts = Membership.objects.active(clock.today()).filter(organisation=organisation)
    return posts.select_related("user").order_by("user__name", "pk")


DEPUTY_FORMS = {"name": NameForm}
