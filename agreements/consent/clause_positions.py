"""Stances of a party on each clause: agreed, objected or open."""

from dataclasses import dataclass

from django.utils.translation import gettext

from foundation.engine.history import digest_of

from .models import SCHEDULE, Stance


@dataclass(frozen=True)
class Clause:
    """An article, or the schedule with the number 0; ``digest`` is that of its text."""

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


def current_stances(party):
    """{number: stance} of the party on the current text."""
    return {stance.number: stance for stance in party.stances.filter(valid=True)}


def current_stance(stances, clause):
    """The stance on the current text of a clause; None where it is open."""
    stance = stances.get(clause.number)
    return stance if stance and stance.digest == clause.digest else None


def open_clauses(party):
    stances = current_stances(party)
    return [
        clause for clause in clauses_of(party.version) if current_stance(stances, clause) is None
    ]


def agreed_before(party):
    """Digests of clauses agreed to before the text was taken back, to prefill the form."""
    rows = party.stances.filter(valid=False, agrees=True)
    return set(rows.values_list("digest", flat=True))


def save_stances(party, answers):
    """Replace stances of a party; ``answers`` is {number: (agrees, remark)}."""
    clauses = {clause.number: clause for clause in clauses_of(party.version)}
    party.stances.filter(valid=True, number__in=answers).delete()
    Stance.objects.bulk_create(
        Stance(
            party=party,
            number=number,
            digest=clauses[number].digest,
            agrees=agrees,
            remark=remark,
        )
        for number, (agrees, remark) in answers.items()
    )
