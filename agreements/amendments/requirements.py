"""What must be true before an agreement is amended or terminated."""

from django.utils.translation import gettext

from agreements.versions.models import Version
from foundation.engine.workflow import NotNow

from .next_version import first_open_year
from .scope import changes_of

V = Version.State


def can_be_amended(amendment):
    """One amendment at a time, of the version in force."""
    if not Version.objects.filter(pk=amendment.base_id, state=V.IN_FORCE).exists():
        raise NotNow(gettext("Only an agreement in force is amended."))
    if amendment.agreement.versions.filter(state__in=Version.MAKING).exists():
        raise NotNow(gettext("Another amendment is under way. Wait for it, or withdraw it."))


def changes_something(version):
    if version.amendment and not any(changes_of(version).values()):
        raise NotNow(gettext("Nothing is changed yet. Edit the text, then ask for consent."))


def closed_years_are_unchanged(version):
    """Amounts of closed years cannot change; a year may also end while the parties answer."""
    if version.amendment is None:
        return
    year_now = first_open_year()
    changed = sorted({year for (_c, year, _s), _b, _a in changes_of(version)["cells"]})
    if closed := [year for year in changed if year < year_now]:
        text = gettext("The year %s is closed: its amounts remain as they are in force.")
        raise NotNow(text % closed[0])


def stays_within_its_period(version):
    outside = version.schedule.exclude(fiscal_year__range=(version.first_year, version.last_year))
    if version.amendment and (line := outside.order_by("fiscal_year", "pk").first()):
        text = gettext("“%(component)s” has an amount in %(year)s, outside the period.")
        raise NotNow(text % {"component": line.component, "year": line.fiscal_year})


def base_is_in_force(version):
    """No amendment enters into force while the agreement is suspended."""
    if version.amendment and version.amendment.base.state != V.IN_FORCE:
        raise NotNow(gettext("The agreement is suspended: nothing enters until it is resumed."))


def is_in_force_or_suspended(termination):
    live = Version.objects.filter(pk=termination.version_id, state__in=[V.IN_FORCE, V.SUSPENDED])
    if not live.exists():
        raise NotNow(gettext("Only an agreement in force, or suspended, is terminated."))


def has_no_termination(termination):
    open_ones = termination.agreement.terminations.exclude(state="withdrawn")
    if open_ones.exists():
        raise NotNow(gettext("A termination is prepared already."))
