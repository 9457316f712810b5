"""Links from each part of a proposal to the comments on it, with the number of open ones."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

LINK = (
    '<a class="note-link{some}" id="note-{subject}" href="?about={subject}#comments" data-note'
    ' hx-get="?about={subject}" hx-target="#comments" hx-select="#comments" hx-swap="outerHTML"'
    ' aria-label="{title}: {count}">{word}</a>'
)
COUNT = '<a class="note-link some" href="#comments" aria-label="{title}: {count}">{word}</a>'


@register.simple_tag(takes_context=True)
def note_link(context, subject, *title):
    """A link to comment here with the number of open comments; only the number for readers."""
    count = context["counts"][subject]
    if not (context["may_comment"] or count):
        return ""
    words = (
        ngettext("%d open comment", "%d open comments", count) % count if count else _("none yet")
    )
    return format_html(
        LINK if context["may_comment"] else COUNT,
        subject=subject,
        title=", ".join(map(str, title)),
        count=words,
        word=f"{_('Comment')} {count}" if count else _("Comment"),
        some=" some" if count else "",
    )
