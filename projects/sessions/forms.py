"""Forms of visits and sessions, for pages and API."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from foundation.engine.redating import refuse_far_day
from foundation.web.due_dates import RedateForm
from foundation.web.forms import DATE, ModelMoveForm
from foundation.web.row_forms import RowForm, RowSet, WithRows, write_rows
from projects.attachments import file_storage
from projects.attachments.forms import FileMoveForm
from projects.proposals.models import Proposal

from .models import AgendaItem, Session, SessionMember

NOTE = forms.Textarea(attrs={"rows": 3})
MOST_CHARACTERS = 20_000
NOT_YET = (Proposal.State.DRAFT, Proposal.State.WITHDRAWN)


class MemberRow(RowForm):
    name = forms.CharField(label=_("name"), max_length=100)
    affiliation = forms.CharField(label=_("affiliation"), max_length=200)
    role = forms.ChoiceField(
        label=_("part in the session"), choices=[("", "–"), *SessionMember.Role.choices]
    )


class ItemRow(RowForm):
    proposal_id = forms.TypedChoiceField(label=_("proposal"), coerce=int)

    def __init__(self, *args, proposals, **options):
        super().__init__(*args, **options)
        self.fields["proposal_id"].choices = proposals


class SessionForm(WithRows, ModelMoveForm):
    """Plan a session: day, venue, agenda and members.

    The day of a planned session is changed by the move ``redate``, with a reason.
    """

    model = Session
    takes = ["kind", "held_on", "place"]
    widgets = {"held_on": DATE}
    row_sets = {
        "items": RowSet(
            ItemRow,
            _("Agenda"),
            _("agenda item"),
            once=("proposal_id",),
            help=_("Proposals of this call that were submitted."),
        ),
        "members": RowSet(
            MemberRow,
            _("Members"),
            _("member"),
            once=("name", "affiliation"),
            help=_("They may be named later, but before the session is recorded."),
        ),
    }

    supplements = forms.ModelChoiceField(
        label=_("supplements the session"),
        queryset=Session.objects.none(),
        required=False,
        help_text=_("A session that was held does not change; what is to be added is a new one."),
    )

    def __init__(self, *args, record, **options):
        if record.pk:
            self.takes = [name for name in self.takes if name != "held_on"]
        super().__init__(*args, record=record, **options)
        held = Session.objects.filter(call=record.call, state=Session.State.HELD)
        self.fields["supplements"].queryset = held.order_by("-held_on", "-pk")
        self.fields["supplements"].initial = record.supplements_id
        self.order_fields(["kind", "held_on", "place", "supplements"])

    def row_options(self, name):
        return {"proposals": self.proposals} if name == "items" else {}

    @cached_property
    def proposals(self):
        rows = self.record.call.proposals.exclude(state__in=NOT_YET)
        rows = rows.prefetch_related("applicant__spells").order_by("pk")
        listed = [(row.pk, f"{row} ({row.applicant})") for row in rows]
        return [("", "–"), *listed]

    def stored_rows(self, name, record):
        model = {"items": AgendaItem, "members": SessionMember}[name]
        fields = list(self.row_sets[name].form.base_fields)
        return list(model.objects.filter(session=record.pk).order_by("pk").values(*fields))

    def clean_tables(self):
        if not self.rows("items"):
            self.add_error(None, gettext("The agenda is empty. Choose at least one proposal."))
        chairs = [row for row in self.rows("members") if row["role"] == SessionMember.Role.CHAIR]
        if len(chairs) > 1:
            self.add_error(None, gettext("A session has one chair."))

    def write(self, record):
        super().write(record)
        record.supplements = self.cleaned_data["supplements"]

    def write_parts(self, record):
        write_rows(AgendaItem, {"session": record}, self.rows("items"))
        write_rows(SessionMember, {"session": record}, self.rows("members"))


class RedateSessionForm(RedateForm):
    """Change the day of a session; it may be in the past if it took place earlier than planned."""

    day = "held_on"
    label = pgettext_lazy("session", "new day")
    so_far = _("So far: %s.")

    refuse = staticmethod(refuse_far_day)


class RecordForm(FileMoveForm):
    """Record a session: who attended, the result of each item, and the minutes."""

    present = forms.ModelMultipleChoiceField(
        label=_("members who attended"),
        queryset=SessionMember.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.items = list(record.items.order_by("pk").for_list())
        members = record.members.order_by("pk")
        self.fields["present"].queryset = members
        self.fields["present"].initial = [member.pk for member in members]
        self.fields["file"].label = _("minutes")
        for item in self.items:
            self.fields |= fields_of(item)
        results = [name for item in self.items for name in names_of(item)]
        self.order_fields(["present", *results, "file", "note"])

    def clean_seen(self):
        """The state of the agenda that was read; if it is not sent, the current one."""
        seen = self.cleaned_data["seen"]
        return self.record.moves_made if seen is None else seen

    def results(self):
        """Each agenda item with its fields, for the page."""
        return [(item, [self[name] for name in names_of(item)]) for item in self.items]

    def write(self, record):
        digest = file_storage.digest_of_file(self.content)
        file = self.cleaned_data["file"]
        record.minutes = file_storage.keep_at(
            file_storage.minutes_address(record, digest), self.content
        )
        record.minutes_name, record.minutes_type = file.name, file.kind.media_type
        record.minutes_size, record.minutes_sha256 = len(self.content), digest

    def write_parts(self, record):
        for item in self.items:
            outcome, note = (self.cleaned_data[name] for name in names_of(item))
            AgendaItem.objects.filter(pk=item.pk).update(outcome=outcome, note=note)
        present = [member.pk for member in self.cleaned_data["present"]]
        record.members.filter(pk__in=present).update(attended=True)
        record.members.exclude(pk__in=present).update(attended=False)

    def forget_file(self):
        file_storage.clear_minutes_away(self.record, file_storage.digest_of_file(self.content))


def names_of(item):
    return f"outcome_{item.pk}", f"remark_{item.pk}"


def fields_of(item):
    """The fields of one item; the labels name the proposal for screen readers."""
    outcome, remark = names_of(item)
    outcomes = [("", "–"), *AgendaItem.Outcome.choices]
    return {
        outcome: forms.ChoiceField(
            label=gettext("result on “%s”") % item.proposal, choices=outcomes
        ),
        remark: forms.CharField(
            label=gettext("note on “%s”") % item.proposal,
            required=False,
            max_length=MOST_CHARACTERS,
            widget=NOTE,
        ),
    }


SESSION_FORMS = {
    "plan": SessionForm,
    "revise": SessionForm,
    "redate": RedateSessionForm,
    "hold": RecordForm,
}
