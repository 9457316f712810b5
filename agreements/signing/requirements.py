"""What must be true before a party signs."""

from django.utils.translation import gettext

from agreements.versions.models import Party
from foundation.engine.workflow import NotNow


def is_its_turn(party):
    """The coordination body, where it is a party, signs after all others."""
    if party.role != Party.Role.COORDINATION:
        return
    others = party.version.parties.exclude(pk=party.pk)
    if others.exclude(state=Party.State.SIGNED).exists():
        raise NotNow(gettext("The coordination body signs last, when all others have signed."))


def is_waiting_for_signature(paper):
    """A scan is entered and confirmed only for the text that this party is asked to sign."""
    party = paper.party
    if party.state not in (Party.State.INVITED, Party.State.DECLINED):
        raise NotNow(gettext("This party is not asked to sign now."))
    if paper.digest and paper.digest != party.version.digest:
        raise NotNow(
            gettext("The text was corrected since this print was signed: it must be signed again.")
        )
