"""“My work” in a calendar: a secret URL, and entries that a second library can read."""

import re
from datetime import date
from hashlib import sha256

import pytest
import vobject
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Feed
from foundation.time import clock
from projects.models import Review
from tests import factories

from ..conftest import on
from .test_my_work import READERS, copies, one_of_every_kind, proposal_with

QUERIES = 11
AMOUNT = re.compile(r"\d,\d{3}|1234567|\d ?원")


def made(person):
    return Feed.objects.make(person, instead_of=None)


def read(secret, **headers):
    return Client().get(f"/calendar/{secret}.ics", headers=headers)


def entries(secret):
    answer = read(secret)
    assert answer.status_code == 200
    calendar = vobject.readOne(answer.content.decode())
    calendar.validate(raiseException=True)
    return calendar.contents.get("vevent", [])


def test_entry_is_a_day_a_name_and_a_link(cast, call, tuesday):
    review = factories.submitted(cast, call).reviews.get(ministry="MOTIR")

    (event,) = entries(made(cast["motir_reviewer"]))

    assert (event.dtstart.value, event.dtend.value) == (date(2026, 12, 8), date(2026, 12, 9))
    assert event.summary.value == f"부처 검토 의견 작성: {review}"
    assert event.url.value == f"http://localhost:8000{review.get_absolute_url()}"
    assert event.uid.value == f"review.projects.review:{review.pk}@localhost"
    assert (event.transp.value, "valarm" in event.contents) == ("TRANSPARENT", False)


def test_matter_that_changed_is_the_same_entry(cast, call, tuesday):
    review = factories.submitted(cast, call).reviews.get(ministry="MOTIR")
    secret = made(cast["motir_reviewer"])
    (before,) = entries(secret)
    Review.objects.filter(pk=review.pk).update(due_on=date(2026, 12, 10), moves_made=7)

    (after,) = entries(secret)

    assert after.uid.value == before.uid.value
    assert (after.dtstart.value, after.sequence.value) == (date(2026, 12, 10), "7")


def test_work_of_others_and_work_without_a_day_is_in_no_calendar(cast, call, tuesday):
    factories.reviewed(cast, call)

    assert entries(made(cast["coordinator"])) == []
    assert entries(made(cast["drafter"])) == []
    assert entries(made(cast["nobody"])) == []


def test_entries_speak_the_language_of_the_person(cast, call, tuesday):
    factories.submitted(cast, call)
    reviewer = cast["motir_reviewer"]
    reviewer.language = "en"
    reviewer.save()

    (event,) = entries(made(reviewer))

    assert event.summary.value.startswith("Answer the ministry's part: ")


def test_long_korean_lines_are_folded_at_75_octets(cast, call, tuesday):
    row = factories.proposal(cast, call)
    title = "가나다라마바사아자차카타파하, 그리고; 역슬래시\\ " * 6
    factories.component(cast, row, cast.motir, title=title.strip())
    factories.component(cast, row, cast.mcst)
    factories.PROPOSAL.perform("submit", row, actor=cast["approver"])
    secret = made(cast["motir_reviewer"])

    lines = read(secret).content.split(b"\r\n")

    assert max(map(len, lines)) <= 75
    assert all(line.decode() for line in lines[:-1])  # no character is cut in two
    assert entries(secret)[0].summary.value.endswith(title.strip())


def test_no_amount_and_no_text_of_a_person_is_in_a_calendar(cast, call):
    with on(date(2027, 3, 2)):
        one_of_every_kind(cast, call)
        asked = factories.questioned(cast, call)
        asked.questions.update(text="총 1,234,567원?")
        texts = {who: read(made(cast[who])).content.decode() for who in READERS}

    assert len([text for text in texts.values() if "VEVENT" in text]) > 3
    plain = {who: text.replace("\r\n ", "").replace("\\", "") for who, text in texts.items()}
    assert not [who for who, text in plain.items() if AMOUNT.search(text) or "총" in text]


def test_every_kind_of_everybody_is_valid(cast, call):
    with on(date(2027, 3, 2)):
        one_of_every_kind(cast, call)
        for who in READERS:
            events = entries(made(cast[who]))
            names = [event.uid.value for event in events]
            assert len(names) == len(set(names))


def test_500_matters_cost_what_one_costs(cast, call, tuesday):
    proposal_with(cast, call, 1)
    secret = made(cast["motir_reviewer"])
    found = []
    for more in (0, 250, 260):
        copies(cast, more)
        with CaptureQueriesContext(connection) as captured:
            answer = read(secret)
        found.append((len(captured), answer.content.count(b"BEGIN:VEVENT")))

    assert found == [(QUERIES, 1), (QUERIES, 251), (QUERIES, 500)]


# --- the address ---


@pytest.mark.parametrize("secret", ["x", "make", "%00", "가", "a" * 5000, "..", "' OR 1=1"])
def test_unknown_address_is_not_found(cast, secret):
    assert read(secret).status_code == 404


def test_revoked_address_is_not_found(cast):
    old = made(cast["drafter"])
    new = Feed.objects.make(cast["drafter"], instead_of=Feed.objects.get().pk)
    assert (read(old).status_code, read(new).status_code) == (404, 200)

    assert Feed.objects.revoke(cast["drafter"], instead_of=Feed.objects.open().get().pk)

    assert (read(old).status_code, read(new).status_code) == (404, 404)


def test_address_of_somebody_who_left_is_not_found(cast):
    secret = made(cast["drafter"])
    cast["drafter"].is_active = False
    cast["drafter"].save()

    assert read(secret).status_code == 404


def test_only_the_fingerprint_is_kept(cast):
    secret = made(cast["drafter"])

    assert Feed.objects.get().digest == sha256(secret.encode()).hexdigest()
    assert len(secret) >= 43


def test_calendar_that_did_not_change_is_not_sent_again(cast, call, tuesday):
    factories.submitted(cast, call)
    secret = made(cast["motir_reviewer"])
    first = read(secret)

    again = read(secret, if_none_match=first["ETag"])
    proposal_with(cast, call, 1)

    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "private, max-age=3600"
    assert read(secret, if_none_match=first["ETag"]).status_code == 200


def test_nothing_is_written_to_a_calendar(cast):
    assert Client().post(f"/calendar/{made(cast['drafter'])}.ics").status_code == 405


def test_address_is_shown_once(client, cast):
    client.force_login(cast["drafter"])
    assert client.get("/calendar/").status_code == 200
    assert client.get("/calendar/make/").status_code == 200
    assert Feed.objects.count() == 0

    page = client.post("/calendar/make/", {"seen": ""})

    secret = page.context["address"].rpartition("/")[2].removesuffix(".ics")
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert f"webcal://localhost:8000/calendar/{secret}.ics" in page.content.decode()
    assert read(secret).status_code == 200
    assert secret not in client.get("/calendar/").content.decode()


def test_page_read_before_somebody_else_decided_does_nothing(client, cast):
    client.force_login(cast["drafter"])
    secret = made(cast["drafter"])

    for change, seen in (("make", ""), ("make", "999999"), ("revoke", ""), ("revoke", "x")):
        assert client.post(f"/calendar/{change}/", {"seen": seen}).status_code == 409

    assert read(secret).status_code == 200


def test_own_address_is_revoked_on_a_page_that_asks_first(client, cast):
    client.force_login(cast["drafter"])
    other, secret = made(cast["approver"]), made(cast["drafter"])
    asked = client.get("/calendar/revoke/")
    seen = Feed.objects.get(person=cast["drafter"]).pk
    assert f'value="{seen}"' in asked.content.decode()

    client.post("/calendar/revoke/", {"seen": seen})

    assert (read(secret).status_code, read(other).status_code) == (404, 200)
    assert client.get("/calendar/revoke/").status_code == 302
    assert client.get("/calendar/else/").status_code == 404


def test_somebody_elses_address_is_not_ones_to_revoke(client, cast):
    secret = made(cast["approver"])
    client.force_login(cast["drafter"])

    client.post("/calendar/revoke/", {"seen": Feed.objects.get().pk})

    assert read(secret).status_code == 200


# --- what the database refuses ---


def changed(**values):
    return lambda feed: Feed.objects.filter(pk=feed.pk).update(**values)


def second(feed):
    Feed.objects.create(person=feed.person, digest="0" * 64)


BROKEN = [
    ("feed_one_open", second),
    ("feed_holds_a_digest", lambda feed: Feed.objects.create(person=feed.person, digest="abc")),
    ("feed_ends_after_it_began", changed(revoked_at="2000-01-01T00:00:00Z")),
    ("a calendar address is only revoked", changed(digest="1" * 64)),
    ("a calendar address is only revoked", changed(made_at="2000-01-01T00:00:00Z")),
]


@pytest.mark.parametrize(("name", "break_it"), BROKEN)
def test_address_is_broken_by_nobody(cast, name, break_it):
    made(cast["drafter"])

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        break_it(Feed.objects.get())


def test_what_was_revoked_stays_revoked(cast):
    made(cast["drafter"])
    feed = Feed.objects.get()
    Feed.objects.revoke(cast["drafter"], instead_of=feed.pk)

    with pytest.raises(IntegrityError, match="only revoked"), transaction.atomic():
        changed(revoked_at=None)(feed)
    assert Feed.objects.get().revoked_at <= clock.now()
