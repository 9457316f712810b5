"""The whole road by its acts alone, to a version in force."""

from django.core.management import call_command

from tests import factories


def test_road_leads_to_an_agreement_in_force(cast, call):
    version = factories.in_force(cast, call)

    assert version.state == "in_force"
    assert version.commitments.count() == 18
    call_command("verify_history")
