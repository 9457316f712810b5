"""A correction: all parties are asked; all must confirm, and the first refusal ends it."""

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


def make_after_last_confirmation(confirmation):
    correction = confirmation.correction
    if not correction.confirmations.exclude(state=W.CONFIRMED).exists():
        move_on("make", correction)


def refuse_after_first_refusal(confirmation):
    move_on("refuse", confirmation.correction)


def lapse_confirmations(correction):
    for confirmation in correction.confirmations.filter(state=W.ASKED).order_by("pk"):
        move_on("lapse", confirmation)


def lapse_corrections(version):
    for correction in version.corrections.filter(state=Correction.State.PROPOSED).order_by("pk"):
        move_on("lapse", correction)


def write_articles(correction):
    """Write the corrected articles, then the new edition with its digest."""
    articles = {row.number: row for row in correction.version.articles.all()}
    for row in correction.articles.order_by("number"):
        article = articles[row.number]
        for name, text in zip(TEXTS, row.after, strict=True):
            setattr(article, name, text)
        article.save(update_fields=TEXTS)
    move_on("correct", correction.version)


def correct_text(version):
    """Begin a new edition; the names of the parties stay as they were when the text was frozen."""
    version.edition += 1
    if version.digest:
        version.digest = digest_of(version.text())


def sign_corrected_edition(version):
    """Sign the new edition for parties that signed here and agreed to it; ask the others again.

    A party that has not signed yet stays asked, with the same due day.
    """
    correction = version.corrections.filter(edition=version.edition - 1).latest("pk")
    agreed = correction.confirmations.filter(signs_again=True).values_list("party", flat=True)
    for party in version.parties.filter(state=S.SIGNED).order_by("position", "pk"):
        if party.pk not in agreed or not sign_by_software(party):
            move_on("ask_again", party, change=set_due)


def sign_by_software(party):
    """Sign again with the system's key; False if it cannot, or if it did not sign before."""
    before = party.signatures.latest("pk")
    if before.kind != Signature.Kind.PLATFORM:
        return False
    try:
        move_on(
            "sign_again", party, parts=partial(signatures.sign_corrected_edition, before=before)
        )
    except NotNow:  # its certificate has ended or was retired meanwhile
        return False
    return True


def set_due(party):
    days = party.version.agreement.proposal.call.signing_days
    party.due_on = add_working_days(clock.today(), days)
