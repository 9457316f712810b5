from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Membership
from tests import factories


def broken(name):
    return pytest.raises(IntegrityError, match=name)


def test_spell_one_at_a_time(cast):
    with broken("spell_one_at_a_time"), transaction.atomic():
        cast.gangwon.spells.create(name_ko="x", name_en="x", valid_from=date(2026, 1, 1))


def test_membership_held_once(cast):
    with broken("membership_held_once"), transaction.atomic():
        factories.hold(cast["drafter"], "drafter", cast.gangneung)


def test_membership_ends_after_it_began(cast):
    with broken("membership_ends_after_it_began"), transaction.atomic():
        Membership.objects.create(
            user=cast["nobody"], organisation=cast.gangneung, role="drafter",
            since=date(2026, 2, 1), until=date(2026, 1, 1),
        )  # fmt: skip
