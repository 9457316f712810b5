"""Consent clause by clause: what a party agreed to, what it objects to, what is open."""

from dataclasses import dataclass

from django.utils.translation import gettext

from foundation.engine.history import digest_of

from .models import SCHEDULE, Stance


@dataclass(frozen=True)
class Clause:
    """An article, or the schedule under the number 0; ``digest`` is that of its words."""

    number: int
    digest: str
    article: object = None

    @property
    def label(self):
        if self.number == SCHEDULE:
            return gettext("Schedule")
        words = {"number": self.number, "heading": self.article.heading}
        return gettext("Article %(number)s (%(heading)s)") % words


def clauses_of(version):
    """The articles in their order, then the schedule."""
    articles = version.articles.order_by("number")
    clauses = [Clause(article.number, article.digest, article) for article in articles]
    return [*clauses, Clause(SCHEDULE, digest_of(version.schedule_text()))]


def standing_of(party):
    """{number: stance} of what the party said about this text."""
    return {stance.number: stance for stance in party.stances.filter(stands=True)}


def held(stances, clause):
    """The stance on a clause as it reads now; None where it is open."""
    stance = stances.get(clause.number)
    return stance if stance and stance.digest == clause.digest else None


def open_clauses(party):
    stances = standing_of(party)
    return [clause for clause in clauses_of(party.version) if held(stances, clause) is None]


def agreed_before(party):
    """Digests of what it agreed to before the text was taken back: filled in, not given."""
    rows = party.stances.filter(stands=False, agrees=True)
    return set(rows.values_list("digest", flat=True))


def take(party, said):
    """Write stances in place of what stood: ``said`` is {number: (agrees, remark)}."""
    clauses = {clause.number: clause for clause in clauses_of(party.version)}
    party.stances.filter(stands=True, number__in=said).delete()
    Stance.objects.bulk_create(
        Stance(
            party=party,
            number=number,
            digest=clauses[number].digest,
            agrees=agrees,
            remark=remark,
        )
        for number, (agrees, remark) in said.items()
    )
