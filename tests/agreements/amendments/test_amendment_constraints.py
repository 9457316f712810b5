"""Database constraints of amendments: each one is violated once and found by its name."""

import pytest
from django.db import IntegrityError, connection, transaction

from agreements.models import Amendment, Heir, Version
from tests import factories


def broken(name):
    return pytest.raises(IntegrityError, match=name)


def force_constraints():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("version_area_is_possible", {"area": 0}),
        ("version_amends_or_is_original", {"kind": "original"}),
        ("version_kind_is_decided", {"state": "consent"}),
        ("version_in_force_has_a_day", {"state": "suspended", "digest": "x", "kind": "minor"}),
    ],
)
def test_version_constraint(cast, call, name, values):
    version = factories.amending(cast, call)

    with broken(name), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(**values)


def test_database_allows_one_version_in_the_making(cast, call):
    version = factories.amending(cast, call)
    with broken("version_one_in_the_making"), transaction.atomic():
        Version.objects.create(
            agreement=version.agreement, number=3, first_year=2027, last_year=2029, state="drafting"
        )


def test_database_allows_one_version_in_force(cast, call):
    version = factories.amended(cast, call)
    with broken("version_one_in_force"), transaction.atomic():
        version.agreement.versions.filter(number=1).update(state="in_force")
        force_constraints()


def test_database_allows_one_open_amendment_with_a_reason(cast, call):
    row = factories.amending(cast, call).amendment
    with broken("amendment_has_a_reason"), transaction.atomic():
        Amendment.objects.filter(pk=row.pk).update(reason="")
    row.pk = None
    with broken("amendment_one_at_a_time"), transaction.atomic():
        row.save(force_insert=True)


def test_a_component_has_one_heir(cast, call):
    version = factories.amending(cast, call)
    component = version.schedule.first().component
    Heir.objects.create(version=version, component=component, organisation=cast.moe)
    with broken("heir_once"), transaction.atomic():
        Heir.objects.create(version=version, component=component, organisation=cast.mcst)
