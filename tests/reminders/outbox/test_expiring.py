"""Expiring certificates and delegations: who is reminded, and on which days."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.models import User
from agreements.models import SigningKey
from reminders.models import Notice
from reminders.outbox.expiring_certificates import notify_of_expiring
from reminders.work.my_work import work_of
from tests import factories

from ..conftest import on

ENDS = datetime(2027, 3, 31, 18, tzinfo=ZoneInfo("Asia/Seoul"))


@pytest.fixture
def key(cast):
    User.objects.filter(pk=cast["administrator"].pk).update(is_staff=True)
    SigningKey.objects.update(retired_at=ENDS - timedelta(365))
    return SigningKey.objects.create(
        organisation=cast.gangneung,
        pkcs12=b"",
        salt=b"",
        certificate=b"",
        subject="CN=강릉시",
        fingerprint="0" * 64,
        valid_from=ENDS - timedelta(365),
        valid_until=ENDS,
    )


def walk(first, last):
    day = first
    while day <= last:
        notify_of_expiring(day)
        day += timedelta(1)
    rows = Notice.objects.filter(kind="certificate").order_by("written_on", "person__name")
    return [(n.written_on.isoformat(), n.person.name, n.stage) for n in rows]


def test_approver_and_administrators_are_reminded_at_each_stage(cast, key):
    """By the calendar of 2027: Wednesday, 31 March; 1 March is a holiday, a Monday."""
    reminded = walk(date(2027, 2, 1), date(2027, 4, 8))

    assert [(day, stage) for day, who, stage in reminded if who == "approver"] == [
        ("2027-02-16", "before-30"),
        ("2027-03-17", "before-10"),
        ("2027-03-26", "before"),
        ("2027-03-30", "before-1"),
        ("2027-03-31", "today"),
        ("2027-04-01", "after-0"),
        ("2027-04-08", "after-1"),
    ]
    assert {who for _day, who, _stage in reminded} == {"approver", "administrator"}


def test_a_new_certificate_ends_it(cast, key):
    SigningKey.objects.filter(pk=key.pk).update(retired_at=ENDS - timedelta(60))

    assert walk(date(2027, 2, 1), date(2027, 4, 8)) == []


def test_notice_says_what_to_do_in_the_language_of_its_reader(cast, key):
    cast["approver"].language = "en"
    cast["approver"].save()
    walk(date(2027, 3, 31), date(2027, 4, 1))

    today, after = Notice.objects.filter(person=cast["approver"]).order_by("pk")
    assert today.headline == "The certificate of Gangneung-si ends"
    assert "ends on March 31, 2027" in today.body
    assert "ended on March 31, 2027" in after.body
    assert "Nothing can be signed with it" in after.html
    korean = Notice.objects.filter(person=cast["administrator"]).first()
    assert korean.headline == "강릉시의 인증서가 만료됩니다"
    assert korean.link == "/operation/"


def test_administrators_see_them_on_the_page_of_the_operation(client, cast, key):
    client.force_login(cast["administrator"])
    with on(date(2027, 3, 1)):
        assert "CN=강릉시" in client.get("/operation/").content.decode()
    with on(date(2027, 1, 4)):
        assert "CN=강릉시" not in client.get("/operation/").content.decode()


def test_a_delegation_that_ends_is_work_of_who_grants_it(cast):
    with on(date(2027, 1, 4)):
        ending = factories.delegation(cast, until=date(2027, 3, 31))

    def waiting(who, day):
        with on(day):
            groups, _more = work_of(cast[who], day)
        items = [item for group in groups.values() for item in group]
        return [item.record for item in items if item.kind.name == "delegation"]

    assert waiting("province_approver", date(2027, 2, 28)) == []
    assert waiting("province_approver", date(2027, 3, 1)) == [ending]
    assert waiting("approver", date(2027, 3, 1)) == []  # another organisation's
    assert waiting("province_approver", date(2027, 3, 31)) == [ending]
    assert waiting("province_approver", date(2027, 4, 1)) == []  # it has ended

    with on(date(2027, 3, 2)):
        factories.delegation(cast, until=date(2027, 12, 31))
    assert waiting("province_approver", date(2027, 3, 3)) == []
