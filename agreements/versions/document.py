"""Values to print an agreement as a PDF: cover, articles, signature pages and schedules.

Everything printed comes from ``Version.text()``, so the printed text is the signed text. The
Korean text comes first, regardless of the language of the person who froze it. An English text,
where there is one, follows for information.
"""

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.engine.history import canonical
from foundation.printing import documents as paper
from projects.budget import sums as budget
from projects.budget.sums import Line
from projects.models import Component, Source

from .payer_table import as_paid, payers, sources_of

TEMPLATE = "agreements/typst/agreement.typ"
STANDARDS = ["a-3a", "ua-1"]  # archivable with embedded files, and accessible
TEXT_NAME, SCHEDULE_NAME = "agreement.json", "schedule.json"


def agreement_document(version, *, draft=False):
    """The values of the document; a draft is marked as a draft on every page."""
    text = version.text()
    words = {"number": text["number"], "version": text["version"], "edition": text["edition"]}
    with override("ko"):
        document = {
            "title": text["title"],
            "running": Truncator(text["title"]).chars(50),
            "sort": _("Regional investment agreement"),
            "draft": draft,
            "mark": mark(words, draft),
            "digest": version.digest,
            "warning": _("Draft: this text is not agreed yet."),
            "word": _("DRAFT"),
            "house": str(settings.HOUSE_NAME),
            "labels": labels(),
            "facts": facts(version, text),
            "parties": [party_row(party, "ko") for party in parties_of(version)],
            "articles": [article(row, "ko") for row in text["articles"]],
            "preamble": preamble(version, text),
            "closing": _(
                "In witness of this agreement, each party signs this document or a print of it."
            ),
            "boxes": [box(party) for party in parties_of(version)],
            "tables": list(schedule_tables(version, text)),
        }
    with override("en"):
        return document | {"english": english(version, text)}


def labels():
    return {
        "parties": _("Parties"),
        "signatures": _("Signatures"),
        "annex": _("Annex: yearly investment plan"),
        "office": _("Office"),
        "name": _("Name"),
        "seal": _("signature or seal"),
        "check": _("How to check this document: %s") % f"{settings.SITE_URL}/check/",
        "digest": _("SHA-256 of text and schedule"),
        "note": _("Each signature gives the day on which it was made."),
    }


def mark(words, draft):
    """The line with number and version that is printed on every page."""
    if draft:
        return _("No. %(number)s · version %(version)s · draft") % words
    return _("No. %(number)s · version %(version)s · edition %(edition)s") % words


def parties_of(version):
    return version.parties.select_related("organisation").order_by("position", "pk")


def name_of(party, language):
    frozen = party.name_ko if language == "ko" else party.name_en
    return frozen or str(party.organisation)


def party_row(party, language):
    return [str(party.get_role_display()).capitalize(), name_of(party, language)]


def box(party):
    """The signature box of a party; its name is read aloud with the field."""
    name = name_of(party, "ko")
    return {"field": party.field, "role": str(party.get_role_display()), "name": name}


def article(row, language):
    number, heading_ko, body_ko, heading_en, body_en = row
    heading, body = (heading_ko, body_ko) if language == "ko" else (heading_en, body_en)
    words = {"number": number, "heading": heading}
    head = _("Article %(number)s (%(heading)s)") % words
    return {"head": head, "body": [line for line in body.splitlines() if line.strip()]}


def preamble(version, text):
    names = ", ".join(name_of(party, "ko") for party in parties_of(version))
    return _(
        "%(parties)s (hereafter “the parties”) conclude this agreement on the project “%(title)s”."
    ) % {"parties": names, "title": text["title"]}


def facts(version, text):
    lines = plain_lines(version, text)
    first, last = text["years"]
    return [
        [_("Number of the agreement"), f"{text['number']} ({_('version %s') % text['version']})"],
        [_("Period"), f"{first}–{last}"],
        [_("Total, all sources"), won(budget.total(lines))],
        [_("National funds"), won(budget.by(lines, "source").get(Source.NATIONAL, 0))],
    ]


def won(amount):
    return _("%s won") % f"{amount:,}"


def plain_lines(version, text):
    """The schedule (won) as plain lines to be summed, with the paying ministry."""
    keys = [row["component"] for row in text["schedule"]]
    components = Component.objects.in_bulk(keys)
    lines = [
        Line(key, components[key].ministry_id, year, source, amount)
        for key, row in zip(keys, text["schedule"], strict=True)
        for year, source, amount in row["lines"]
    ]
    return as_paid(version, lines)


def schedule_tables(version, text):
    """Tables of the schedule: sums by source, sums by payer, then each component by source."""
    lines = plain_lines(version, text)
    first, last = text["years"]
    years = sorted({*range(first, last + 1), *(line.year for line in lines)})
    heads = [*map(str, years), _("Sum")]
    by_source, whole = budget.table(lines, years, sources_of(lines), "source")
    last_row = amounts(_("Sum"), whole, kind="sum")
    rows = [amounts(Source(each.head).label, each) for each in by_source]
    unit = _("Unit: won")
    head = _("Source")
    yield from paper.number_tables(
        head, heads, [*rows, last_row], caption=_("By source"), unit=unit
    )
    payers = [*payer_rows(version, lines, years), last_row]
    yield from paper.number_tables(
        _("Party"), heads, payers, caption=_("By party that pays"), unit=unit
    )
    rows = [*component_rows(text, lines, years), last_row]
    caption = _("By component and source")
    yield from paper.number_tables(head, heads, rows, caption=caption, unit=unit)


def payer_rows(version, lines, years):
    with_names = list(parties_of(version))
    for label, each in payers(with_names, lines, years, name=lambda party: name_of(party, "ko")):
        yield amounts(label, each)


def component_rows(text, lines, years):
    for row in text["schedule"]:
        mine = [line for line in lines if line.component == row["component"]]
        rows, whole = budget.table(mine, years, sources_of(mine), "source")
        yield paper.row(row["title"], kind="group")
        for each in rows:
            yield amounts(Source(each.head).label, each)
        yield amounts(_("Subtotal"), whole, kind="sub")


def amounts(label, each, kind="row"):
    cells = (f"{cell:,}" if cell else "–" for cell in [*each.cells, each.sum])
    return paper.row(label, *cells, kind=kind)


def english(version, text):
    """The English text as a second part, where every article has one; else nothing."""
    if not text["articles"] or not all(row[3] and row[4] for row in text["articles"]):
        return None
    return {
        "title": _("Regional investment agreement"),
        "note": _("For information; the Korean text binds."),
        "parties_label": _("Parties"),
        "parties": [party_row(party, "en") for party in parties_of(version)],
        "articles": [article(row, "en") for row in text["articles"]],
    }


def embedded(version):
    """The files embedded in the document: canonical JSON, exactly the signed bytes."""
    text = version.text()
    whole = {"name": TEXT_NAME, "relationship": "source", "data": canonical(text)}
    schedule = {"name": SCHEDULE_NAME, "relationship": "data", "data": canonical(text["schedule"])}
    return [
        whole | {"description": "The agreed text"},
        schedule | {"description": "The schedule in won"},
    ]
