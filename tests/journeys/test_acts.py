"""End to end by workflow moves alone, without pages: from a call to a version in force."""

from django.core.management import call_command

from tests import factories


def test_moves_lead_from_a_call_to_an_agreement_in_force(cast, call):
    version = factories.in_force(cast, call)

    assert version.state == "in_force"
    assert version.commitments.count() == 18
    call_command("verify_history")
