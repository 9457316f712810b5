from datetime import date

import pytest
from django.utils import translation

from accounts import reference
from accounts.models import Organisation, Spell
from tests import factories


@pytest.fixture(scope="module")
def korea(django_db_setup, django_db_blocker):
    """The reference data, loaded once for this module and taken away after it."""
    with django_db_blocker.unblock():
        reference.load()
        yield
        Spell.objects.all().delete()
        for body in Organisation.objects.all():
            body.successors.clear()
        Organisation.objects.all().delete()


def test_reference_data_counts(korea, db):
    today = date(2026, 11, 24)
    alive = Organisation.objects.alive(today)

    assert alive.filter(kind="province").count() == 16
    assert alive.filter(kind__in=["municipality", "administrative_city"]).count() == 229


def test_gunwi_moved_and_kept_its_identity(korea, db):
    gunwi = Organisation.objects.named().get(pk="daegu-gunwi")

    assert gunwi.spell_on(date(2023, 6, 30)).parent_id == "gyeongbuk"
    assert gunwi.spell_on(date(2023, 7, 1)).parent_id == "daegu"


def test_names_follow_the_day_and_the_reader(korea, db):
    gangwon = Organisation.objects.named().get(pk="gangwon")

    assert gangwon.name_on(date(2023, 6, 10), "ko") == "강원도"
    assert gangwon.name_on(date(2023, 6, 11), "ko") == "강원특별자치도"
    with translation.override("en"):
        assert str(gangwon) == "Gangwon"


def test_merged_provinces_have_one_successor(korea, db):
    for gone in ("gwangju", "jeonnam"):
        assert list(Organisation.objects.get(pk=gone).successors.values_list("pk", flat=True)) == [
            "jeonnamgwangju"
        ]


def test_reference_data_can_be_loaded_again(korea, db):
    before = (Organisation.objects.count(), Spell.objects.count())

    reference.load()

    assert (Organisation.objects.count(), Spell.objects.count()) == before


def test_administrative_city_is_no_legal_body(korea, db):
    assert not Organisation.objects.get(pk="jeju-seogwipo").is_legal_body


def test_organisation_without_spells_shows_its_identifier(db):
    body = Organisation.objects.create(pk="new", kind="ministry")

    assert body.name_on(date(2024, 1, 1)) == "new"


@pytest.mark.parametrize(
    ("day", "ended"),
    [(date(2025, 12, 31), False), (date(2026, 6, 30), False), (date(2026, 7, 1), True)],
)
def test_a_body_has_ended_after_its_last_spell_and_not_before_its_first(db, day, ended):
    body = factories.organisation(
        "short", "province", valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30)
    )

    assert body.has_ended_on(day) is ended
