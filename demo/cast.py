"""The people of the demo: invented, one per post; none is a real person."""

from datetime import date

from django.contrib.auth.hashers import make_password
from rest_framework.authtoken.models import Token

from accounts.models import Kind, Membership, Organisation, Role, User
from foundation.time import clock

PASSWORD = "investment-2019"  # noqa: S105 -- the demo prints it
SURNAMES = "김이박최정강조윤장임한오서신권황안송류홍"
GIVEN = [
    "민준",
    "서연",
    "도윤",
    "지우",
    "하준",
    "서윤",
    "은우",
    "지민",
    "시우",
    "수아",
    "예준",
    "하윤",
    "주원",
    "지유",
    "유준",
    "채원",
]
POSTS = {
    Kind.MUNICIPALITY: [Role.DRAFTER, Role.APPROVER, Role.FINANCE],
    Kind.ADMINISTRATIVE_CITY: [Role.DRAFTER, Role.APPROVER, Role.FINANCE],
    Kind.PROVINCE: [Role.DRAFTER, Role.APPROVER, Role.APPROVER, Role.FINANCE],
    Kind.MINISTRY: [Role.REVIEWER, Role.APPROVER, Role.FINANCE, Role.FINANCE],
    Kind.COORDINATION: [Role.COORDINATOR, Role.COORDINATOR],
    Kind.BUDGET_AUTHORITY: [Role.BUDGET],
    Kind.AUDIT: [Role.AUDITOR],
}


class Cast:
    """Creates the people of an organisation when they are first needed."""

    def __init__(self):
        self.people, self.accounts = {}, []
        self.password = make_password(PASSWORD)

    def of(self, organisation, role, second=False):
        """The holder of a post; some posts have two, as nobody decides what they prepared."""
        key = (organisation.pk, role)
        if key not in self.people:
            self.hire(organisation)
        return self.people[key][1 if second else 0]

    def hire(self, organisation):
        for role in POSTS[organisation.kind]:
            holders = self.people.setdefault((organisation.pk, role), [])
            holders.append(self.person(organisation, role, len(holders)))

    def person(self, organisation, role, nth):
        count = len(self.accounts)
        name = SURNAMES[count % len(SURNAMES)] + GIVEN[(count * 7) % len(GIVEN)]
        address = f"{role}{nth + 1 if nth else ''}@{organisation.pk.lower()}.example"
        user = User.objects.create(email=address, name=name, password=self.password)
        Membership.objects.create(
            user=user, organisation=organisation, role=role, since=date(2019, 1, 1)
        )
        self.enter(user, organisation, role)
        return user

    def administrator(self, organisation):
        address = f"administrator@{organisation.pk.lower()}.example"
        user = User.objects.create(
            email=address, name="관리자", password=self.password, is_staff=True
        )
        Membership.objects.create(user=user, organisation=organisation, role=Role.ADMINISTRATOR)
        self.enter(user, organisation, Role.ADMINISTRATOR)

    def enter(self, user, organisation, role):
        """Add the account to the list for scripts."""
        self.accounts.append(
            {
                "name": user.name,
                "email": user.email,
                "password": PASSWORD,
                "organisation": organisation.name_on(clock.today(), "ko"),
                "organisation_id": organisation.pk,
                "role": f"{organisation.kind} {role}",
                "token": Token.objects.create(user=user).key,
            }
        )


def alive(organisation):
    """The organisation itself, or the one that succeeded it."""
    heirs = list(organisation.successors.order_by("pk"))
    return alive(heirs[0]) if heirs else organisation


def body(identifier):
    return alive(Organisation.objects.get(pk=identifier))


def region_named(name):
    """A region by its Korean name in 2019."""
    found = Organisation.objects.local().filter(spells__name_ko=name).distinct()
    return alive(found.get())
