"""A decision letter as plain values in the current language, for page, PDF and mail."""

from datetime import date

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from accounts.models import Role
from foundation.formats import day
from foundation.printing import documents as paper
from projects.budget import sums as budget
from projects.drafting.task_list import BY_NAME
from projects.proposals.document import amounts, choice, won
from projects.proposals.models import Source
from projects.reviews.models import Review

from .models import Letter

K = Letter.Kind


def letter_document(letter):
    """The stored content of the letter in the current language; nothing else is read."""
    data = letter.data
    return {
        "kind": letter.kind,
        "label": letter.label,
        "on": day(date.fromisoformat(data["on"])),
        "title": subject(letter),
        "recipient": called(data["recipient"]),
        "copies": ", ".join(called(partner) for partner in data["partners"]),
        "lines": list(lines(letter)),
        "missing": [(part_label(row["part"]), row["text"]) for row in data["shortcomings"]],
        "facts": paper.facts(*facts(letter))["rows"],
        "parts": [part for part in (missing(data), answers(data), conditions(data)) if part],
        "sender": called(data["decided_by"]["organisation"]),
        "signed": signed(data["decided_by"]),
        "digest": letter.digest,
        "house": str(settings.HOUSE_NAME),
    } | labels()


def labels():
    return {
        "to": pgettext("letter", "To"),
        "copy": pgettext("letter", "Copy to"),
        "about": pgettext("letter", "Subject"),
        "end": pgettext("letter", "End."),
        "proof": _("SHA-256 of this letter"),
    }


def called(names):
    """A stored name in the current language; a dash for None."""
    if not names:
        return "–"
    return names["ko" if (get_language() or "ko").startswith("ko") else "en"]


def subject(letter):
    return {
        K.NOT_RECOMMENDED: _("Result of the province's screening: not recommended"),
        K.RETURNED: _("Return of the proposal for revision"),
        K.SELECTED: _("Result of the selection: selected"),
        K.RESERVE: _("Result of the selection: kept in reserve"),
        K.NOT_SELECTED: _("Result of the selection: not selected"),
        K.LEAD_CHANGED: _("Change of the lead ministry"),
    }[letter.kind]


def lines(letter):
    """The sentences of the body: the decision, then what comes next."""
    data = letter.data
    words = {
        "title": data["proposal"]["title"],
        "call": called(data["call"]),
        "place": data["place"],
        "lead": called(data["lead_ministry"]),
        "before": called(data["lead_before"]),
        "who": called(data["decided_by"]["organisation"]),
    }
    yield decided(letter) % words
    if letter.kind == K.SELECTED and any(row["conditions"] for row in data["components"]):
        yield _(
            "The agreement is drafted once every condition listed below is met or waived."
            " Please answer each by its day."
        )
    if letter.kind == K.RETURNED:
        yield _("Please correct what is listed below and submit a new revision.")
    if letter.kind == K.RESERVE:
        yield _("It is selected in the order of the reserve when a selected proposal withdraws.")


def decided(letter):
    if letter.data["from_reserve"]:
        return _("“%(title)s”, submitted under “%(call)s”, has been selected from the reserve.")
    return {
        K.NOT_RECOMMENDED: _("%(who)s does not recommend “%(title)s”, submitted under “%(call)s”."),
        K.RETURNED: _("“%(title)s”, submitted under “%(call)s”, is returned for revision."),
        K.SELECTED: _("“%(title)s”, submitted under “%(call)s”, has been selected."),
        K.RESERVE: _(
            "“%(title)s”, submitted under “%(call)s”, is kept in reserve at place %(place)s."
        ),
        K.NOT_SELECTED: _("“%(title)s”, submitted under “%(call)s”, has not been selected."),
        K.LEAD_CHANGED: _("The lead ministry of “%(title)s” is now %(lead)s; it was %(before)s."),
    }[letter.kind]


def facts(letter):
    data = letter.data
    yield _("Call"), called(data["call"])
    yield _("Proposal"), data["proposal"]["title"]
    if data["revision"]:
        words = {"number": data["revision"]["number"], "digest": data["revision"]["digest"][:8]}
        yield _("Revision"), _("Revision %(number)s · %(digest)s") % words
    yield _("Decision"), capfirst(letter.get_kind_display())
    if data["place"]:
        yield _("Place in reserve"), data["place"]
    if data["lead_ministry"]:
        yield _("Lead ministry"), called(data["lead_ministry"])
    if letter.kind != K.NOT_RECOMMENDED and any(row["answer"] for row in data["components"]):
        yield _("Asked for"), won(total(data, "asked"), unit=True)
        yield _("Supported"), won(total(data, "supported"), unit=True)
    if data["reason"]:
        yield _("Reason"), data["reason"]


def total(data, name):
    return sum(line[2] for row in data["components"] for line in row[name])


def missing(data):
    """The table of shortcomings by part; None without any."""
    rows = [paper.row(part_label(row["part"]), row["text"]) for row in data["shortcomings"]]
    columns = [paper.column(_("Part"), share=1), paper.column(_("What is missing"), share=3)]
    return paper.part(_("What is missing"), paper.table(columns, rows)) if rows else None


def part_label(name):
    return str(capfirst(BY_NAME[name].label)) if name in BY_NAME else name


def answers(data):
    """The tables of ministries' answers and supported amounts; None without reviews."""
    asked = [row for row in data["components"] if row["state"]]
    if not asked:
        return None
    columns = [
        paper.column(_("Component"), share=2),
        paper.column(_("Ministry"), share=1.4),
        paper.column(_("Answer"), share=1.2),
        paper.column(_("Reason"), share=2.4),
    ]
    rows = [
        paper.row(row["title"], called(row["ministry"]), answer(row), row["reason"] or "–")
        for row in asked
    ]
    return paper.part(_("Answers of the ministries"), paper.table(columns, rows), *money(asked))


def answer(row):
    if row["answer"]:
        return choice(Review.Answer, row["answer"])
    return choice(Review.State, row["state"])


def money(rows):
    """Tables of supported amounts in won by component and source, a column for each year."""
    named = dict(enumerate(rows))
    supported = [
        budget.Line(key, "", year, source, amount)
        for key, row in named.items()
        for year, source, amount in row["supported"]
    ]
    years = sorted(budget.by(supported, "year"))
    shown = [
        each for key, row in named.items() for each in of_component(key, row, supported, years)
    ]
    if not supported:
        return []
    _rows, whole = budget.table(supported, years, [], "source")
    return paper.number_tables(
        _("Source"),
        [*map(str, years), _("Sum")],
        [*shown, amounts(_("Sum"), whole, kind="sum")],
        caption=_("Supported amounts"),
        unit=_("Unit: won"),
    )


def of_component(key, row, supported, years):
    mine = [line for line in supported if line.component == key]
    sources = [source for source in Source if source in budget.by(mine, "source")]
    by_source, whole = budget.table(mine, years, sources, "source")
    if mine:
        yield paper.row(row["title"], kind="group", detail=called(row["ministry"]))
        yield from (amounts(choice(Source, each.head), each) for each in by_source)
        yield amounts(_("Subtotal"), whole, kind="sub")


def conditions(data):
    rows = [
        paper.row(
            condition["text"],
            called(row["ministry"]),
            called(condition["owner"]),
            day(date.fromisoformat(condition["due_on"])),
        )
        for row in data["components"]
        for condition in row["conditions"]
    ]
    columns = [
        paper.column(_("Condition"), share=2.6),
        paper.column(_("Ministry"), share=1.3),
        paper.column(_("Who meets it"), share=1.2),
        paper.column(_("Due"), share=1.3),
    ]
    title = ngettext("%s condition", "%s conditions", len(rows)) % len(rows)
    return paper.part(title, paper.table(columns, rows)) if rows else None


def signed(by):
    words = {"name": by["name"], "role": choice(Role, by["role"])}
    return _("Decided by %(name)s, %(role)s") % words
