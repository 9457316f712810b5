"""Unsubscribe links of mails that are not compulsory (RFC 8058)."""

import pytest
from django.core.signing import Signer
from django.test import Client

from reminders.models import Notice, Preference
from reminders.outbox.sending.delivery import deliver
from reminders.outbox.sending.unsubscribing import address_of
from reminders.outbox.topics import TOPICS

from ..conftest import outbox


@pytest.fixture
def stranger():
    """A mail service: not signed in, and without a cookie."""
    return Client(enforce_csrf_checks=True)


def path_of(person, topic="review"):
    return address_of(person, topic).removeprefix("http://localhost:8000")


def off(person):
    return Preference.objects.get(person=person).off


def test_mail_that_is_not_compulsory_has_an_unsubscribe_link(person, mailoutbox):
    outbox(person, 1, topic="review")
    deliver()

    sent = mailoutbox[0].message()
    assert sent["List-Unsubscribe"] == f"<{address_of(person, 'review')}>"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_compulsory_mail_has_none(person, mailoutbox):
    outbox(person, 1)
    deliver()

    assert mailoutbox[0].message()["List-Unsubscribe"] is None


@pytest.mark.parametrize(
    ("language", "message"), [("ko", "메일 수신 거부"), ("en", "Mail it no more")]
)
def test_looking_changes_nothing(stranger, person, language, message):
    stranger.cookies["django_language"] = language

    answer = stranger.get(path_of(person))
    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert off(person) == []


def test_one_click_turns_the_topic_off_and_twice_is_once(stranger, person):
    for _time in range(2):
        answer = stranger.post(path_of(person), {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert off(person) == ["review"]
    assert "앞으로 메일로 발송하지 않습니다" in answer.content.decode()


def test_unsubscribe_link_of_the_digest_turns_every_topic_off(stranger, person, mailoutbox):
    stranger.post(path_of(person, "all"))

    assert set(off(person)) == set(TOPICS)
    outbox(person, 1)
    assert deliver() == 1  # what is compulsory still comes


def test_who_never_chose_anything_can_turn_off(stranger, cast):
    stranger.post(path_of(cast["drafter"], "submit"))

    assert off(cast["drafter"]) == ["submit"]
    assert Preference.objects.get(person=cast["drafter"]).from_hour == 7


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("change", [lambda token: token[:-2], lambda token: "x", lambda token: f"{token}x"])  # fmt: skip
def test_wrong_token_finds_nothing(stranger, person, method, change):
    token = path_of(person).split("/")[2]

    assert getattr(stranger, method)(f"/unsubscribe/{change(token)}/").status_code == 404
    assert off(person) == []


def test_token_of_another_purpose_or_unknown_topic_finds_nothing(stranger, person):
    foreign = Signer(salt="something else").sign_object([person.pk, "review", 0])

    assert stranger.post(f"/unsubscribe/{foreign}/").status_code == 404
    assert stranger.post(path_of(person, "gone")).status_code == 404


def test_void_links_find_nothing_and_new_ones_work(client, stranger, person):
    old = path_of(person)
    client.force_login(person)
    client.post("/preferences/links/")

    assert stranger.post(old).status_code == 404
    person = type(person).objects.get(pk=person.pk)
    assert stranger.post(path_of(person)).status_code == 200


def test_links_are_made_void_by_their_owner_only(client, person):
    assert client.post("/preferences/links/").status_code == 302
    client.force_login(person)
    assert client.get("/preferences/links/").status_code == 405
    assert Preference.objects.get(person=person).links == 0


def test_who_has_left_is_found_no_more(stranger, person):
    person.is_active = False
    person.save()

    assert stranger.get(path_of(person)).status_code == 404


def test_what_is_turned_off_before_it_goes_does_not_go(stranger, person):
    outbox(person, 1, topic="review")
    stranger.post(path_of(person))

    assert deliver() == 0
    assert Notice.objects.get().last_error == "turned off"
