"""The form with a party's answer to each article and to the schedule."""

from django import forms
from django.db import transaction
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from foundation.web.forms import MoveForm

from ..clause_positions import (
    agreed_before,
    clauses_of,
    current_stance,
    current_stances,
    save_stances,
)

CHOICES = [("", pgettext_lazy("stance", "open")), ("yes", _("agrees")), ("no", _("objects"))]
THEN = [("", ""), ("consent", _("Consent to all")), ("object", _("Object"))]


class ClausesForm(MoveForm):
    """One answer for each clause; answers are saved, and a clause without one stays open.

    ``then`` continues with a second move: consent, which agrees to open clauses, or objection.
    Where a clause reads as the party agreed to it before the text was taken back, its agreement
    is prefilled.
    """

    then = forms.ChoiceField(choices=THEN, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.clauses = clauses_of(record.version)
        stances, self.before = current_stances(record), agreed_before(record)
        for clause in self.clauses:
            self.add_fields(clause, current_stance(stances, clause))

    def add_fields(self, clause, stance):
        answer = {True: "yes", False: "no"}[stance.agrees] if stance else ""
        self.fields[f"agrees_{clause.number}"] = forms.ChoiceField(
            label=gettext("answer: %s") % clause.label,
            choices=CHOICES,
            required=False,
            initial=answer or ("yes" if clause.digest in self.before else ""),
            widget=forms.RadioSelect,
        )
        self.fields[f"remark_{clause.number}"] = forms.CharField(
            label=gettext("what is objected to: %s") % clause.label,
            required=False,
            max_length=4000,
            initial=stance.remark if stance else "",
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def rows(self):
        """Each clause with its two fields, and whether the party agreed to it before."""
        return [
            {
                "clause": clause,
                "agrees": self[f"agrees_{clause.number}"],
                "remark": self[f"remark_{clause.number}"],
                "before": clause.digest in self.before,
            }
            for clause in self.clauses
        ]

    def clean(self):
        for clause in self.clauses:
            remark = self.cleaned_data.get(f"remark_{clause.number}", "").strip()
            if self.cleaned_data.get(f"agrees_{clause.number}") == "no" and not remark:
                text = gettext("Say what your party objects to.")
                self.add_error(f"remark_{clause.number}", text)
        return super().clean()

    def write_parts(self, record):
        """Delete stances sent as open, then save the answers; a clause that is not sent stays."""
        record.stances.filter(valid=True, number__in=self.sent_as_open()).delete()
        save_stances(record, self.answers())

    def sent_as_open(self):
        names = {clause.number: f"agrees_{clause.number}" for clause in self.clauses}
        return [n for n, name in names.items() if name in self.data and not self.data[name]]

    def answers(self):
        found = {}
        for clause in self.clauses:
            answer = self.cleaned_data[f"agrees_{clause.number}"]
            remark = self.cleaned_data[f"remark_{clause.number}"].strip()
            if answer:
                found[clause.number] = (answer == "yes", remark if answer == "no" else "")
        return found

    @transaction.atomic
    def perform(self, workflow):
        party = super().perform(workflow)
        if then := self.cleaned_data["then"]:
            return workflow.perform(then, party, actor=self.actor)
        return party
