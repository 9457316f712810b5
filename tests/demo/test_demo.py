"""The demo has the public amounts of the pilot of 2019, to the won, and is made by moves only."""

from django.core.management import call_command
from django.db.models import Sum

from accounts import reference
from agreements.models import Agreement, Commitment, Version
from demo import pilot, story

BILLION = 1_000_000_000


def test_amounts_by_hand():
    plans = {plan.no: plan for plan in pilot.plans()}

    assert len(plans) == 11
    assert plans[1].asked == {
        "national": 9 * BILLION,
        "provincial": 2_700_000_000,
        "municipal": 6_300_000_000,
        "private": 126_000_000,
    }
    assert plans[2].agreed == {
        "national": 9_100_000_000,
        "provincial": 2_730_000_000,
        "municipal": 6_370_000_000,
    }
    assert sum(plans[8].agreed.values()) == 24_100_000_000
    assert plans[8].asked["public_body"] == 2 * BILLION
    assert plans[6].agreed is None


def test_split_over_components_and_years_keeps_every_source_to_the_won():
    for plan in pilot.plans():
        grid = plan.grid(plan.asked, [2026, 2027, 2028])
        cells = [cell for part in grid.values() for cell in part.items()]
        for source, total in plan.asked.items():
            assert sum(won for (_year, which), won in cells if which == source) == total


def test_demo_is_loaded_by_moves_only(db):
    reference.load()

    accounts = story.load(lambda text: None)

    call_command("verify_history")
    counting = Commitment.objects.filter(version__state="in_force")
    agreed = counting.values_list("version__agreement__proposal__applicant")
    sums = dict(agreed.annotate(Sum("won")).order_by())
    assert sums == {
        "gangwon-gangneung": 18_100_000_000,
        "chungnam-hongseong": 18_200_000_000,
        "chungbuk-cheongju": 24_950_000_000,
        "jeonnam-wando": 18_200_000_000,
        "gyeongbuk-uiseong": 20_000_000_000,
        "busan": 18_200_000_000,
        "jeju-seogwipo": 18_200_000_000,
    }
    assert Agreement.objects.count() == 11
    uiseong = Version.objects.get(agreement__proposal__applicant="gyeongbuk-uiseong", number=2)
    assert (uiseong.state, uiseong.kind) == ("in_force", "material")
    assert Version.objects.filter(state="consent", kind="minor").count() == 1
    assert {account["role"] for account in accounts} >= {"municipality drafter", "audit auditor"}
