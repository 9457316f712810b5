"""Links from every place of a proposal to the comments on it, with how many there are."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

LINK = (
    '<a class="note-link{some}" id="note-{subject}" href="?about={subject}#comments" data-note'
    ' hx-get="?about={subject}" hx-target="#comments" hx-select="#comments" hx-swap="outerHTML"'
    ' aria-label="{title}: {said}">{word}</a>'
)
COUNT = '<a class="note-link some" href="#comments" aria-label="{title}: {said}">{word}</a>'


@register.simple_tag(takes_context=True)
def note_link(context, subject, *title):
    """“Comment”, with the number of open ones here; only the number for who may not write any."""
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
        said=words,
        word=f"{_('Comment')} {count}" if count else _("Comment"),
        some=" some" if count else "",
    )
