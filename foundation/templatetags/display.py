"""Template filters and tags for amounts, days, states and moves. Nothing is computed here."""

from django import template
from django.apps import apps
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst

from foundation import text_comparison
from foundation.engine.workflow import WORKFLOWS
from foundation.formats import day, days_left, duration, million, moment, plain, rate, won
from foundation.web.due_dates import days_of

register = template.Library()
for shown in (won, plain, million, rate, day, moment, days_left, duration):
    register.filter(shown)

TONES = {
    "success": "selected confirmed agreed accepted in_force consented signed paid open designated"
    " issue.decided held heard met made remark.settled yearlyreport.evaluated carryover.approved"
    " gapresolution.accepted settlement.settled bankaccount.confirmed paymentbatch.done booked"
    " decreed",
    "warning": "returned waiting asked invited requested issue.open condition.open"
    " suspended prepared entered correction.proposed remark.open sent_back unmatched",
    "information": "in_review answered consent signing granted submitted screening planned stated"
    " proposed reported evaluation.written paymentbatch.written sent",
    "primary": "reviewed frozen reserve decided completed",
    "danger": "silent objected declined refused disowned terminated termination.decided",
}
UNDER = {
    "areas": "plans",
    "deputies": "",
    "calendar": "",
    "work": "",
    "handovers": "",
    "holidays": "",
    "attachments": "proposals",
    "ceilings": "proposals",
    "components": "proposals",
    "questions": "reviews",
    "issues": "reviews",
    "sides": "reviews",
    "sessions": "calls",
    "conditions": "reviews",
    "letters": "proposals",
    "rounds": "proposals",
    "positions": "proposals",
    "articles": "agreements",
    "amendments": "agreements",
    "terminations": "agreements",
    "parties": "agreements",
    "papers": "agreements",
    "corrections": "agreements",
    "confirmations": "agreements",
    "delegations": "agreements",
    "deeds": "agreements",
    "money": "agreements",
    "remarks": "agreements",
    "reports": "agreements",
    "evaluations": "agreements",
    "carry-overs": "agreements",
    "settlements": "agreements",
    "gaps": "stability",
    "budgets": "stability",
    "bank-accounts": "tranches",
    "payments": "tranches",
    "bank-lines": "tranches",
}
TONE_OF = {state: tone for tone, states in TONES.items() for state in states.split()}


@register.simple_tag
def badge(record):
    """The state of a record as a badge: its label in a colour."""
    of_this_kind = f"{record._meta.model_name}.{record.state}"
    tone = TONE_OF.get(of_this_kind) or TONE_OF.get(record.state, "gray")
    label = capfirst(record.get_state_display())
    return format_html('<span class="krds-badge bg-light-{}">{}</span>', tone, label)


@register.filter
def verb(event):
    """The label of the move that made an event, from the table of the workflow."""
    workflow = WORKFLOWS.get(event.subject.partition(":")[0])
    move = workflow.moves.get(event.verb) if workflow else None
    return move.label if move else event.verb


@register.filter
def redated(event, events):
    """The deadline before and after a ``redate`` event; empty for any other event."""
    return " → ".join(map(day, days_of(event, events))) if event.verb == "redate" else ""


@register.filter
def state_after(event):
    """The label of the state after an event."""
    model = apps.get_model(event.subject.partition(":")[0])
    return dict(model.State.choices).get(event.after, event.after)


@register.filter
def kind_of(event):
    """The kind of record an event is about: proposal, review, party …"""
    return apps.get_model(event.subject.partition(":")[0])._meta.verbose_name


@register.filter
def key_of(event):
    """The primary key of the record an event is about."""
    return event.subject.rpartition(":")[2]


@register.filter
def role_label(role):
    model = apps.get_model("accounts.membership")
    return dict(model._meta.get_field("role").choices).get(role, role)


@register.filter
def beside(heads, cells):
    """Pairs of the head and the cell of each column, for screens too narrow for the table."""
    return zip(heads, cells, strict=True)


@register.filter
def followed_by(first, second):
    """Two values as a list, to be drawn alike."""
    return [first, second]


@register.filter
def room(path):
    """The entry of the main menu to which an address belongs."""
    first = path.split("/")[1]
    return UNDER.get(first, first)


@register.simple_tag(takes_context=True)
def address_with(context, **changes):
    """This page's address with some of its query changed."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"


@register.simple_tag
def words(before, after, only_after=False):
    """Two texts as one, with deleted and new words marked; or only the later text."""
    marks = {"same": "{}", "gone": "<del>{}</del>", "new": "<ins>{}</ins>"}
    shown = [
        (kind, text)
        for kind, text in text_comparison.words(str(before), str(after))
        if not (only_after and kind == "gone")
    ]
    return format_html_join("", "{}", ((format_html(marks[kind], text),) for kind, text in shown))
