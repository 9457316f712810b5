"""Which lines an agreement in force opens, who pays them and who receives."""

import pytest

from accounts.models import Kind
from disbursements.models import Appropriation
from tests import factories
from tests.disbursements import acts


def who(source, ministry="MOTIR"):
    line = acts.line(ministry, source=source)
    return line.payer_id, line.recipient_id


def test_every_commitment_opens_its_line(version):
    lines = Appropriation.objects.filter(agreement=version.agreement)
    opened = lines.values_list("component", "fiscal_year", "source", "balance__agreed", "state")

    promised = version.commitments.values_list("component", "fiscal_year", "source", "won")

    assert sorted(opened) == sorted((*row, "open") for row in promised)
    assert len(opened) == 18


def test_nothing_is_open_before_the_last_signature(cast, call):
    version = factories.signing(cast, call)
    *first, _last = version.parties.order_by("pk")
    for party in first:
        factories.sign(cast, party)

    assert not Appropriation.objects.exists()


def test_each_ministry_pays_for_its_own_component(version):
    assert who("national") == ("MOTIR", "gangwon-gangneung")
    assert who("national", "MCST") == ("MCST", "gangwon-gangneung")


def test_lead_ministry_pays_a_block_grant_for_the_whole(cast):
    factories.in_force(cast, factories.call(cast, block_grant=True))

    assert who("national", "MCST") == ("MOTIR", "gangwon-gangneung")


def test_local_funds_come_from_the_province_and_the_applicant(version):
    assert who("provincial") == ("gangwon", "gangwon-gangneung")
    assert who("municipal") == ("gangwon-gangneung", "gangwon-gangneung")


@pytest.mark.parametrize("source", ["public_body", "private"])
def test_money_of_others_is_answered_for_by_the_applicant(cast, call, monkeypatch, source):
    monkeypatch.setitem(factories.AMOUNTS, (2027, source), 5)
    factories.in_force(cast, call)

    assert who(source) == ("gangwon-gangneung", "gangwon-gangneung")
    assert acts.totals(acts.line(source=source), "agreed", "national") == (5, False)


def test_province_pays_and_receives_for_an_administrative_city(cast, call):
    cast.gangneung.kind = Kind.ADMINISTRATIVE_CITY
    cast.gangneung.save()
    version = factories.in_force(cast, call)

    assert "gangwon-gangneung" not in version.parties.values_list("organisation", flat=True)
    assert who("national") == ("MOTIR", "gangwon")
    assert who("municipal") == ("gangwon", "gangwon")
