"""What must be true before an agreed text is corrected."""

from django.utils.translation import gettext

from agreements.versions.models import Version
from foundation.engine.workflow import NotNow

from .models import Correction

V = Version.State


def no_correction_waits(party):
    if party.version.corrections.filter(state=Correction.State.PROPOSED).exists():
        raise NotNow(gettext("A correction waits for the parties: it is decided first."))


def can_be_corrected(correction):
    version = correction.version
    if version.state not in (V.CONSENT, V.FROZEN, V.SIGNING):
        raise NotNow(
            gettext("A slip is corrected between circulation and the last signature only.")
        )
    if version.corrections.filter(state=Correction.State.PROPOSED).exists():
        raise NotNow(gettext("Another correction waits for the parties: it is decided first."))
