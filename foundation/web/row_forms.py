"""Rows inside the form of a move: criteria of a call, risks of a proposal, goals of a plan."""

from dataclasses import dataclass

from django import forms
from django.forms.formsets import TOTAL_FORM_COUNT, formset_factory
from django.utils.translation import gettext as _

MORE = 3  # blank rows that the button adds


class RowForm(forms.Form):
    """One row; ``id`` is the key of the stored row that it changes."""

    id = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


@dataclass(frozen=True)
class RowSet:
    """A table of rows: its form, its title, the name of one row, fields unique together."""

    form: type
    label: str
    one: str
    once: tuple = ()
    most: int = 60
    blank: int = 1
    help: str = ""


class WithRows:
    """A move form with tables of rows, each a :class:`RowSet` by its name in ``row_sets``.

    A table that is not sent stays as it is; of a table that is sent, rows left out are deleted.
    """

    row_sets = {}

    def __init__(self, data=None, *, record, **options):
        super().__init__(data, record=record, **options)
        self.tables = {}
        for name, row_set in self.row_sets.items():
            sent = data if data is not None and f"{name}-{TOTAL_FORM_COUNT}" in data else None
            self.tables[name] = self.table(name, row_set, sent, record)

    def table(self, name, row_set, sent, record):
        stored = self.stored_rows(name, record)
        factory = formset_factory(
            row_set.form,
            formset=Table,
            extra=row_set.blank if stored else max(row_set.blank, 2),
            max_num=row_set.most,
            absolute_max=row_set.most + MORE,
            validate_max=True,
            can_delete=True,
        )
        shown = stored if sent is None else None  # sent rows are validated without the stored ones
        table = factory(sent, initial=shown, prefix=name, form_kwargs=self.row_options(name))
        table.row_set, table.name = row_set, name
        return table

    def stored_rows(self, name, record):
        """The stored rows, as dictionaries of the fields of their form."""
        raise NotImplementedError

    def row_options(self, name):
        """Keyword arguments for the forms of the rows."""
        return {}

    def full_clean(self):
        super().full_clean()
        if self.quiet or not self.is_bound:
            return
        for table in self.tables.values():
            if table.is_bound and not table.is_valid():
                self.add_error(None, _("%s: see the rows marked below.") % table.row_set.label)
        if self.is_valid():
            self.clean_tables()

    def clean_tables(self):
        """Hook: check the rows together; called when each is valid."""

    def with_more_rows(self, name):
        data = self.data.copy()
        if name in self.tables and self.tables[name].is_bound:
            field = f"{name}-{TOTAL_FORM_COUNT}"
            data[field] = str(min(self.tables[name].total_form_count() + MORE, 999))
        form = self.copy(data)
        form.quiet = True
        return form

    def copy(self, data):
        return type(self)(data, record=self.record, move=self.move, actor=self.actor)

    def rows(self, name):
        """The entered rows of a table as dictionaries, without the deleted ones."""
        table = self.tables[name]
        if not table.is_bound:
            return self.stored_rows(name, self.record)
        kept = [form for form in table.forms if form not in table.deleted_forms]
        return [
            {key: value for key, value in form.cleaned_data.items() if key != "DELETE"}
            for form in kept
            if form.cleaned_data and (form.has_changed() or not form.empty_permitted)
        ]


class Table(forms.BaseFormSet):
    """The rows of one table; no two of them may have the same unique fields."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Take out")

    def clean(self):
        seen = set()
        for form in self.forms:
            values = getattr(form, "cleaned_data", {})
            if not values or values.get("DELETE") or not self.row_set.once:
                continue
            key = tuple(str(values.get(name)) for name in self.row_set.once)
            if key in seen:
                form.add_error(self.row_set.once[0], _("This is in another row already."))
            seen.add(key)


def write_rows(model, owner, rows):
    """Store the entered rows of an owner: known ids change, others are added, the rest deleted.

    Returns the rows in the order entered.
    """
    stored = {row.pk: row for row in model.objects.filter(**owner)}
    written, fields = [], set()
    for values in rows:
        row = stored.pop(values.get("id"), None) or model(**owner)
        for name, value in values.items():
            if name != "id":
                setattr(row, name, value)
                fields.add(name)
        written.append(row)
    model.objects.filter(pk__in=list(stored)).delete()
    if changed := [row for row in written if row.pk]:
        model.objects.bulk_update(changed, sorted(fields))
    model.objects.bulk_create([row for row in written if not row.pk])
    return written
