"""Forms with which coordinators edit a draft: its articles and parties."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from agreements.corrections.models import TEXTS
from agreements.versions.models import Article, Party
from foundation.engine.workflow import NotNow
from foundation.time import clock
from foundation.web.forms import MoveForm
from projects.proposals.forms.proposals import full_name

from ..models import Remark
from ..numbering import put_in_order

NOT_CHOSEN = (Party.Role.LEAVING, Party.Role.COORDINATION)  # set by the system


class ArticleForm(MoveForm):
    """One article of the draft; the record it moves is the version. A new one comes last."""

    heading_ko = forms.CharField(label=_("heading in Korean"), max_length=100)
    body_ko = forms.CharField(label=_("text in Korean"), widget=forms.Textarea)
    heading_en = forms.CharField(label=_("heading in English"), max_length=100, required=False)
    body_en = forms.CharField(label=_("text in English"), widget=forms.Textarea, required=False)

    def __init__(self, *args, article=None, **options):
        super().__init__(*args, **options)
        self.article = article
        for name in TEXTS:
            self.fields[name].initial = getattr(article, name, "")

    def write_parts(self, record):
        article = self.article or Article(version=record, number=record.articles.count() + 1)
        for name in TEXTS:
            setattr(article, name, self.cleaned_data[name])
        article.save()


class PlaceForm(MoveForm):
    """Move an article to another place among the articles."""

    place = forms.IntegerField(label=_("place among the articles"), min_value=1)

    def __init__(self, *args, article, **options):
        super().__init__(*args, **options)
        self.article = article
        self.fields["place"].initial = article.number
        self.fields["place"].help_text = gettext("From 1 to %s.") % self.record.articles.count()

    def clean_place(self):
        place, last = self.cleaned_data["place"], self.record.articles.count()
        if place > last:
            raise forms.ValidationError(gettext("There are %s articles.") % last)
        return place

    def write_parts(self, record):
        keys = list(record.articles.order_by("number").values_list("pk", flat=True))
        keys.remove(self.article.pk)
        keys.insert(self.cleaned_data["place"] - 1, self.article.pk)
        put_in_order(record.articles, keys)


class RemoveArticleForm(MoveForm):
    """Remove an article; the following ones move up."""

    def __init__(self, *args, article, **options):
        super().__init__(*args, **options)
        self.article = article

    def write_parts(self, record):
        if self.article.remarks.filter(state=Remark.State.OPEN).exists():
            raise NotNow(gettext("A remark on this article is open: answer it first."))
        self.article.delete()
        keys = record.articles.order_by("number").values_list("pk", flat=True)
        put_in_order(record.articles, keys)


class PartiesForm(MoveForm):
    """Add a party; the record it moves is the version."""

    organisation = forms.ModelChoiceField(
        label=_("organisation"), queryset=Organisation.objects.none()
    )
    role = forms.ChoiceField(
        label=_("role"), choices=[each for each in Party.Role.choices if each[0] not in NOT_CHOSEN]
    )

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        bodies = Organisation.objects.filter(kind__in=["province", "municipality", "ministry"])
        named = record.parties.values("organisation")
        alive = bodies.alive(clock.today()).exclude(pk__in=named).with_parents()
        self.fields["organisation"].queryset = alive.order_by("kind", "pk")
        self.fields["organisation"].label_from_instance = full_name

    def clean(self):
        organisation, role = self.cleaned_data.get("organisation"), self.cleaned_data.get("role")
        ministry = role in (Party.Role.MINISTRY, Party.Role.LEAD_MINISTRY)
        if organisation and role and ministry != (organisation.kind == "ministry"):
            self.add_error("role", gettext("This role does not fit the organisation."))
        if role == Party.Role.LEAD_MINISTRY and self.record.parties.filter(role=role).exists():
            self.add_error("role", gettext("There is a lead ministry already."))
        return super().clean()

    def write_parts(self, record):
        record.parties.create(
            organisation=self.cleaned_data["organisation"],
            role=self.cleaned_data["role"],
            position=record.parties.count(),
        )


class RemovePartyForm(MoveForm):
    """Remove a party from the draft.

    A party of the version in force becomes a leaving party: it consents to the amendment and
    signs it for the last time. Removing a leaving party again makes it stay.
    """

    def __init__(self, *args, party, **options):
        super().__init__(*args, **options)
        self.party = party

    def write_parts(self, record):
        bound = self.party.is_bound_by_the_base()
        if bound is None:
            record.parties.filter(pk=self.party.pk).delete()
            return
        leaves = self.party.role != Party.Role.LEAVING
        self.party.role = Party.Role.LEAVING if leaves else bound.role
        self.party.save(update_fields=["role"])
