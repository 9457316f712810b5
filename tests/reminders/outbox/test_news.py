"""News: notices to the parties that a minor amendment does not concern."""

from reminders.models import Notice
from tests import factories


def test_a_party_that_is_not_concerned_is_notified(cast, call, tuesday):
    change = {("MOTIR", 2029, "national"): 900_000}
    version = factories.circulated(
        cast, factories.change(cast, factories.amending(cast, call), change)
    )

    notice = Notice.objects.get(kind="informed")

    assert notice.person == cast["mcst_approver"]
    assert notice.link == f"/agreements/{version.agreement_id}/versions/2/#parties"
