"""The form with which a coordinator writes the template of a call."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.corrections.models import TEXTS
from foundation.web.forms import MoveForm
from foundation.web.row_forms import RowForm, RowSet, WithRows, write_rows

from ..first_draft import articles_for
from ..models import TemplateArticle
from ..numbering import put_in_order
from ..placeholders import KNOWN, unknown_in

LONG = forms.Textarea(attrs={"rows": 4})


class ArticleRow(RowForm):
    place = forms.IntegerField(label=_("place"), min_value=1, max_value=99)
    heading_ko = forms.CharField(label=_("heading in Korean"), max_length=100)
    body_ko = forms.CharField(label=_("text in Korean"), max_length=20_000, widget=LONG)
    heading_en = forms.CharField(label=_("heading in English"), max_length=100, required=False)
    body_en = forms.CharField(
        label=_("text in English"), max_length=20_000, required=False, widget=LONG
    )

    def clean(self):
        for name in TEXTS:
            if unknown := unknown_in(self.cleaned_data.get(name, "")):
                words = {"unknown": ", ".join(unknown), "known": known_blanks()}
                text = gettext("Nothing fills in %(unknown)s. These are filled in: %(known)s.")
                self.add_error(name, text % words)
        return super().clean()


def known_blanks():
    return ", ".join(f"{{{name}}}" for name in KNOWN)


class TemplateForm(WithRows, MoveForm):
    """The articles that drafts of this call begin with, in the order of their places."""

    row_sets = {
        "articles": RowSet(
            ArticleRow,
            _("Articles"),
            _("article"),
            help=_(
                "Articles follow each other by their place; equal places keep the order shown here."
            ),
        )
    }

    def stored_rows(self, name, record):
        if record.pk is None:
            rows = [dict(article) for article in articles_for(record.call)]
        else:
            rows = list(record.articles.order_by("number").values("id", *TEXTS))
        return [{"place": place, **row} for place, row in enumerate(rows, start=1)]

    def clean_tables(self):
        if not self.rows("articles"):
            self.add_error(None, gettext("The text has no articles."))

    def write_parts(self, record):
        rows = sorted(self.rows("articles"), key=lambda row: row["place"])
        last = record.articles.count()
        kept = [
            {"id": row.get("id"), "number": last + place, **{name: row[name] for name in TEXTS}}
            for place, row in enumerate(rows, start=1)
        ]
        written = write_rows(TemplateArticle, {"template": record}, kept)
        put_in_order(record.articles, [row.pk for row in written])
