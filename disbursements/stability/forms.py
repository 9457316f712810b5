"""The form that proposes an amendment after a cut of national funds."""

from django import forms
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from agreements.amendments.forms.amendments import ProposeForm
from agreements.amendments.next_version import first_open_year
from agreements.models import ScheduleLine, Version
from agreements.workflow import AGREEMENT
from foundation.engine.workflow import NotNow
from projects.budget.forms.grids import write_lines
from projects.models import Source

from .reductions import How, after_cut


class CutForm(ProposeForm):
    """Propose an amendment after a cut and write its amounts, in one transaction."""

    year = forms.IntegerField(label=_("fiscal year"), min_value=2000, max_value=2100)
    ministry = forms.ModelChoiceField(
        label=_("ministry"), queryset=Organisation.objects.none(), empty_label=None
    )
    percent = forms.IntegerField(label=_("cut in %"), min_value=1, max_value=100)
    how = forms.ChoiceField(label=_("way to close the gap"), choices=How)
    field_order = ("ministry", "year", "percent", "how", "organisation", "reason")

    def __init__(self, *args, record, losses, **options):
        super().__init__(*args, record=record, **options)
        lines = record.agreement.appropriations.filter(source=Source.NATIONAL)
        bodies = Organisation.objects.filter(pk__in=lines.values("payer"))
        self.fields["ministry"].queryset = bodies.named().order_by("pk")
        self.losses = losses

    def clean(self):
        given = super().clean()
        wanted = [self.cleaned_data.get(name) for name in ("ministry", "year", "percent")]
        if None not in wanted:
            self.cut = self.losses(*wanted)
            if not self.cut:
                self.add_error("year", gettext("Nothing of this agreement would be cut."))
            elif first_open_year() > wanted[1]:
                self.add_error("year", gettext("Years that are closed stay in the period."))
        return given

    @transaction.atomic
    def perform(self, workflow):
        amendment = super().perform(workflow)
        version = Version.objects.get(amendment=amendment)
        move = "revise" if AGREEMENT["revise"].post_of(self.actor, version) else "amend"
        AGREEMENT.perform(move, version, actor=self.actor, parts=self.write_schedule)
        return amendment

    def write_schedule(self, version):
        for line, loss in self.cut:
            owner = {"version": version, "component": line.component}
            rows = ScheduleLine.objects.filter(**owner)
            amounts = {(row.fiscal_year, row.source): row.won for row in rows}
            after = after_cut(amounts, line.fiscal_year, loss, self.cleaned_data["how"])
            if any(year not in version.years for year, _source in after):
                text = gettext("%(line)s: the agreement ends before the year after.")
                raise NotNow(text % {"line": line})
            write_lines(ScheduleLine, owner, after)
