"""Placeholders (blanks) in the articles of a template, filled in when an agreement is drafted.

A placeholder is a name in braces, ``{project}``. Other text in braces is refused when a template
is written, so that no agreement is signed with an open placeholder.
"""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from projects.models import Source

BLANK = re.compile(r"\{([^{}]*)\}")
KNOWN = {
    "project": gettext_lazy("the title of the project"),
    "number": gettext_lazy("the number of the agreement"),
    "parties": gettext_lazy("the names of all parties"),
    "lead": gettext_lazy("the lead ministry"),
    "applicant": gettext_lazy("the local government that applied"),
    "period": gettext_lazy("the first and the last year"),
    "components": gettext_lazy("the titles of the components"),
    "total": gettext_lazy("all money of the schedule"),
    "national": gettext_lazy("the national funds of the schedule"),
    "shares": gettext_lazy("the sum of each source in the schedule"),
}


def unknown_in(text):
    """Unknown placeholders of a text, and single braces."""
    names = [name for name in BLANK.findall(text) if name not in KNOWN]
    rest = BLANK.sub("", text)
    return [f"{{{name}}}" for name in names] + [brace for brace in "{}" if brace in rest]


def filled(text, values):
    return BLANK.sub(lambda found: values.get(found[1], found[0]), text)


def values_of(version):
    """{"ko": {name: text}, "en": …}: the values of the placeholders for this draft."""
    found = {}
    for language in ("ko", "en"):
        with override(language):
            found[language] = values_in(version)
    return found


def values_in(version):
    agreement = version.agreement
    by_source = sums(version)
    parties = version.parties.order_by("position", "pk").prefetch_related("organisation__spells")
    return {
        "project": agreement.title,
        "number": agreement.number,
        "parties": ", ".join(str(party.organisation) for party in parties),
        "lead": str(agreement.lead_ministry),
        "applicant": str(agreement.proposal.applicant),
        "period": f"{version.first_year}–{version.last_year}",
        "components": ", ".join(
            component.title for component, _lines in version.schedule_by_component()
        ),
        "total": won(sum(by_source.values())),
        "national": won(by_source.get(Source.NATIONAL, 0)),
        "shares": ", ".join(
            f"{source.label} {won(by_source[source])}" for source in Source if source in by_source
        ),
    }


def sums(version):
    found = {}
    for source, amount in version.schedule.values_list("source", "won"):
        found[source] = found.get(source, 0) + amount
    return found


def won(amount):
    return _("%s won") % f"{amount:,}"
