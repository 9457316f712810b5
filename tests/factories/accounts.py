"""Organisations, people and their posts, and the days on which nobody works."""

from datetime import date

from accounts.models import Deputy, Kind, Membership, Organisation, User
from accounts.workflow import DEPUTY
from foundation.models import DecreedHoliday
from foundation.time import clock
from reminders.rules.holidays import HOLIDAY

from .. import certificates
from ..prepared import prepared

FIRST_DAY = date(2020, 1, 1)
PASSWORD = "a long enough password"


def organisation(id, kind, *, name_ko="", name_en="", parent=None, valid_from=None, valid_to=None):
    body, _created = Organisation.objects.get_or_create(pk=id, defaults={"kind": kind})
    body.spells.create(
        name_ko=name_ko or id,
        name_en=name_en or id,
        parent=parent,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    return body


def ministry(id):
    return organisation(id, Kind.MINISTRY)


def person(name, *posts, language="ko"):
    """A person with posts, each a pair of role and organisation."""
    user = User.objects.create_user(
        email=f"{name}@example.org", password=PASSWORD, name=name, language=language
    )
    for role, body in posts:
        hold(user, role, body)
    return user


def hold(user, role, body, *, since=FIRST_DAY, until=None):
    return Membership.objects.create(
        user=user, organisation=body, role=role, since=since, until=until
    )


@prepared
def deputy(cast, absent, deputy, *, by="motir_approver", since=None, until=date(2099, 12, 31)):
    """``deputy`` acts in the one post of ``absent``, by default from today to the end of 2099."""
    post = cast[absent].memberships.get()
    row = Deputy(
        organisation=post.organisation,
        role=post.role,
        absent=cast[absent],
        deputy=cast[deputy],
        since=since or clock.today(),
        until=until,
        reason="연가",
    )
    return DEPUTY.perform("name", row, actor=cast[by])


SIGNERS = {
    "MOTIR": "motir_approver",
    "MCST": "mcst_approver",
    "gangwon": "province_approver",
    "gangwon-gangneung": "approver",
    "MOE": "moe_approver",
    "chungnam-hongseong": "hongseong_approver",  # created by two_signers_more()
}


def signer(cast, party):
    return cast[SIGNERS[party.organisation_id]]


@prepared
def two_signers_more(cast):
    """A third ministry and a second municipality that can sign, with certificates."""
    cast["hongseong_approver"] = person("hongseong_approver", ("approver", cast.hongseong))
    for body in (cast.moe, cast.hongseong):
        certificates.give_key(body)


@prepared
def second_approver(cast):
    """Another approver of the province."""
    found = User.objects.filter(email="vice@example.org").first()
    return found or person("vice", ("approver", cast.gangwon))


def setting(**values):
    """What a move writes: these fields of its record."""

    def change(record):
        for name, value in values.items():
            setattr(record, name, value)

    return change


@prepared
def decree(cast, day=date(2099, 12, 24)):
    """The coordinator enters a decreed holiday, without the form."""
    words = {"name_ko": "임시공휴일", "name_en": "Election day", "decree": "관보 제21000호"}
    return HOLIDAY.perform("decree", DecreedHoliday(day=day, **words), actor=cast["coordinator"])
