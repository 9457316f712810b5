"""The cells of the grid of amounts; a tag without templates, since there may be a thousand."""

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe

register = template.Library()

CELL = (
    '<td data-head="{year}"><input type="text" class="won" name="{name}" value="{value}"'
    ' inputmode="decimal" autocomplete="off" aria-label="{title}, {year}, {source}"{wrong}></td>'
)


@register.simple_tag
def sheet_cells(component, source, cells):
    """The HTML of a row's cells, each (field name, text, error message, year)."""
    fixed = {"title": escape(component.title), "source": escape(source)}
    drawn = [
        CELL.format(
            year=year, name=escape(name), value=escape(value), wrong=complaint(wrong), **fixed
        )
        for name, value, wrong, year in cells
    ]
    return mark_safe("".join(drawn))  # noqa: S308 -- every part is escaped above


def complaint(wrong):
    return f' aria-invalid="true" title="{escape(wrong)}"' if wrong else ""
