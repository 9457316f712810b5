"""The form of a call: its terms, criteria and rules."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.formats import day
from foundation.time.calendar import is_working_day
from foundation.web.forms import DATE, ModelMoveForm, WonField
from foundation.web.row_forms import RowForm, RowSet, WithRows, write_rows
from plans.models import AreaKind
from projects.reviews.models import Review

from ..models import Call, ComponentKind, Criterion, PaperKind, SectionName, ShareRule

ANYWHERE = [("", _("anywhere")), *AreaKind.choices]


class CriterionRow(RowForm):
    title_ko = forms.CharField(label=_("criterion in Korean"), max_length=200)
    title_en = forms.CharField(label=_("criterion in English"), max_length=200)
    weight = forms.IntegerField(label=_("weight"), min_value=1, max_value=100)


class ShareRuleRow(RowForm):
    kind = forms.ChoiceField(
        label=_("kind of component"), choices=[("", "–"), *ComponentKind.choices]
    )
    area = forms.ChoiceField(label=_("designated area"), choices=ANYWHERE, required=False)
    most_percent = forms.IntegerField(
        label=_("largest national share in %"), min_value=0, max_value=100
    )


class CallForm(WithRows, ModelMoveForm):
    """A call's dates, rules and periods, its criteria and the allowed national shares."""

    model = Call
    takes = Call.TERMS
    widgets = {"opens_on": DATE, "closes_on": DATE}
    row_sets = {
        "criteria": RowSet(
            CriterionRow,
            _("Criteria"),
            _("criterion"),
            once=("title_ko",),
            help=_("What proposals are judged by. The weights sum to 100."),
        ),
        "share_rules": RowSet(
            ShareRuleRow,
            _("National share by kind of component"),
            _("rule on the national share"),
            once=("kind", "area"),
            help=_("A kind without a rule may have any national share."),
        ),
    }

    national_ceiling = WonField(label=_("most national funds for one proposal, in won"))
    required_sections = forms.MultipleChoiceField(
        label=_("sections that must be written"),
        choices=SectionName,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    required_papers = forms.MultipleChoiceField(
        label=_("papers that must be attached"),
        choices=PaperKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def stored_rows(self, name, record):
        model = {"criteria": Criterion, "share_rules": ShareRule}[name]
        fields = list(self.row_sets[name].form.base_fields)
        return list(model.objects.filter(call=record.pk).order_by("pk").values(*fields))

    def clean(self):
        opens, closes = self.cleaned_data.get("opens_on"), self.cleaned_data.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", gettext("The call cannot close before it opens."))
        elif closes and "closes_on" in self.changed_data and not is_working_day(closes):
            text = gettext("%s is a day off. Choose a working day.")
            self.add_error("closes_on", text % day(closes))
        least, most = self.cleaned_data.get("least_years"), self.cleaned_data.get("most_years")
        if least is not None and most is not None and not 1 <= least <= most <= 10:
            self.add_error("most_years", gettext("Between the shortest period and 10 years."))
        if self.cleaned_data.get("province_quota") and not self.cleaned_data.get("screening_days"):
            self.add_error("screening_days", gettext("Say how long a province has for it."))
        return super().clean()

    def clean_tables(self):
        weights = [row["weight"] for row in self.rows("criteria")]
        if weights and sum(weights) != 100:
            text = gettext("The weights of the criteria sum to %s; they must sum to 100.")
            self.add_error(None, text % sum(weights))
        if (
            self.criteria_changed()
            and Review.objects.filter(proposal__call=self.record.pk).exists()
        ):
            text = gettext("Ministries are reviewing by these criteria: they cannot be changed.")
            self.add_error(None, text)

    def criteria_changed(self):
        return self.rows("criteria") != self.stored_rows("criteria", self.record)

    def write_parts(self, record):
        write_rows(Criterion, {"call": record}, self.rows("criteria"))
        write_rows(ShareRule, {"call": record}, self.rows("share_rules"))
