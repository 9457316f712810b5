"""A correction: every party is asked, the last word makes it, the first refusal ends it."""

from functools import partial

from agreements.signing import signatures
from agreements.versions.models import Party, Signature
from foundation.engine.history import digest_of
from foundation.engine.workflow import NotNow, move_on
from foundation.time import clock
from foundation.time.calendar import add_working_days

from .models import TEXTS, Confirmation, Correction

W = Confirmation.State
S = Party.State


def ask_to_confirm(correction):
    days = correction.version.agreement.proposal.call.consent_days
    due = add_working_days(clock.today(), days)
    for party in correction.version.parties.order_by("position", "pk"):
        move_on("ask", Confirmation(correction=correction, party=party, due_on=due))


def make_with_the_last(confirmation):
    correction = confirmation.correction
    if not correction.confirmations.exclude(state=W.CONFIRMED).exists():
        move_on("make", correction)


def refuse_with_the_first(confirmation):
    move_on("refuse", confirmation.correction)


def lapse_confirmations(correction):
    for confirmation in correction.confirmations.filter(state=W.ASKED).order_by("pk"):
        move_on("lapse", confirmation)


def lapse_corrections(version):
    for correction in version.corrections.filter(state=Correction.State.PROPOSED).order_by("pk"):
        move_on("lapse", correction)


def write_articles(correction):
    """The articles first, then the new edition with the digest of them all."""
    articles = {row.number: row for row in correction.version.articles.all()}
    for row in correction.articles.order_by("number"):
        article = articles[row.number]
        for name, text in zip(TEXTS, row.after, strict=True):
            setattr(article, name, text)
        article.save(update_fields=TEXTS)
    move_on("correct", correction.version)


def correct_text(version):
    """Another edition; the names of the parties stay those of the day the text froze."""
    version.edition += 1
    if version.digest:
        version.digest = digest_of(version.text())


def sign_anew(version):
    """Who signed here and said so signs the new edition through the software; others are asked.

    The round does not begin again: who has not signed yet stays asked, until the same day.
    """
    correction = version.corrections.filter(edition=version.edition - 1).latest("pk")
    anew = correction.confirmations.filter(signs_anew=True).values_list("party", flat=True)
    for party in version.parties.filter(state=S.SIGNED).order_by("position", "pk"):
        if party.pk not in anew or not signed_by_software(party):
            move_on("ask_anew", party, change=set_due)


def signed_by_software(party):
    """The software signs as it did before; False if it cannot, or if it did not sign before."""
    before = party.signatures.latest("pk")
    if before.kind != Signature.Kind.PLATFORM:
        return False
    try:
        move_on("sign_anew", party, parts=partial(signatures.sign_anew, before=before))
    except NotNow:  # its certificate has ended or was retired meanwhile
        return False
    return True


def set_due(party):
    days = party.version.agreement.proposal.call.signing_days
    party.due_on = add_working_days(clock.today(), days)
