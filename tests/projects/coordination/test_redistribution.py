"""Redistribution of a total among proposals, such as from ten to eleven: no won is lost."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as some

from agreements import workflow as agreements
from foundation.engine.workflow import NotNow
from foundation.models import Event
from foundation.time import clock
from projects.budget.sums import Line
from projects.coordination import redistribution, redistribution_sums
from projects.coordination.effective_amounts import lines_of
from projects.models import Proposal, Round
from projects.workflow import PROPOSAL
from tests import factories

BILLION = 1_000_000_000
TENTH = {(2027, "national"): 10 * BILLION, (2027, "provincial"): 3 * BILLION}


def line(won, *, component=1, year=2027, source="national"):
    return Line(component, "MOTIR", year, source, won)


def sums(divided):
    return [sum(x.won for x in lines) for lines in divided.values()]


def test_hundred_billion_for_ten_projects_become_the_same_for_eleven():
    """By hand: 100,000,000,000 / 11 = 9,090,909,090 and 10 won are left for the first ten."""
    eleven = {number: [line(10 * BILLION)] for number in range(11)}

    divided = redistribution_sums.divided(eleven, 100 * BILLION, scale_local=False)

    shares = sums({key: list(lines) for key, lines in divided.items()})
    assert shares == [9_090_909_091] * 10 + [9_090_909_090]
    assert sum(shares) == 100 * BILLION


def test_inside_a_project_cells_share_in_proportion_by_hand():
    """91 of 100: 60 and 40 become 54.6 and 36.4; the won left over goes to the larger remainder."""
    lines = [line(60), line(40, year=2028), line(30, source="provincial")]

    stays = list(redistribution_sums.scaled(lines, 100, 91, scale_local=False))
    moves = list(redistribution_sums.scaled(lines, 100, 91, scale_local=True))

    assert [(x.year, x.source, x.won) for x in stays] == [
        (2027, "national", 55),
        (2028, "national", 36),
        (2027, "provincial", 30),
    ]
    assert [x.won for x in moves] == [55, 36, 27]


@given(
    some.lists(
        some.lists(some.integers(1, 10**12), min_size=1, max_size=6), min_size=1, max_size=8
    ),
    some.integers(0, 10**13),
)
def test_no_won_is_lost_for_any_amounts(amounts, envelope):
    projects = {
        n: [line(won, component=c) for c, won in enumerate(a)] for n, a in enumerate(amounts)
    }

    divided = redistribution_sums.divided(projects, envelope, scale_local=True)

    assert sum(x.won for lines in divided.values() for x in lines) == envelope


@pytest.fixture
def eleven(cast, call):
    """Eleven projects of 10 billion won of national funds each, as ministries support them."""
    made = []
    for number in range(11):
        draft = factories.proposal(cast, call, title=f"{number + 1}호 사업")
        half = {key: won // 2 for key, won in TENTH.items()}
        factories.component(cast, draft, cast.motir, amounts=half)
        factories.component(cast, draft, cast.mcst, amounts=half)
        PROPOSAL.perform("submit", draft, actor=cast["approver"])
        for review in draft.reviews.order_by("pk"):
            factories.answer(cast, review)
        made.append(Proposal.objects.get(pk=draft.pk))
    return made


def sent(proposals, **values):
    return {
        "proposals": [proposal.pk for proposal in proposals],
        "total": "100,000,000,000",
        "explanation": "열 개 사업의 예산을 열한 개 사업이 나눈다.",
        "due_on": "",
        "note": "선정 사업이 하나 늘었다.",
        "shown": "",
    } | values


def test_division_is_previewed_confirmed_and_asked_of_every_party(client, cast, call, eleven):
    client.force_login(cast["coordinator"])
    address = f"/calls/{call.pk}/moves/divide/"
    due = client.get(address).context["form"]["due_on"].initial.isoformat()
    first = client.post(address, sent(eleven, more="division"))
    page = first.content.decode()
    assert (first.status_code, Round.objects.count()) == (200, 0)
    for words in ("9,090,909,091", "9,090,909,090", "110,000,000,000", "-10,000,000,000"):
        assert words in page, words
    unseen = client.post(address, sent(eleven, due_on=due))
    assert (unseen.status_code, Round.objects.count()) == (422, 0)

    shown = first.context["form"].division.digest
    done = client.post(address, sent(eleven, due_on=due, shown=shown))

    assert done["Location"] == call.get_absolute_url()
    rounds = Round.objects.order_by("proposal")
    national = [
        sum(r.lines.filter(source="national").values_list("won", flat=True)) for r in rounds
    ]
    assert national == [9_090_909_091] * 10 + [9_090_909_090]
    assert {r.positions.filter(state="asked").count() for r in rounds} == {3}
    event = Event.objects.filter(verb="divide").get()
    assert "10,000,000,000 → 9,090,909,091" in event.note
    assert "선정 사업이 하나 늘었다." in event.note


def test_division_that_changed_since_its_preview_is_shown_again(client, cast, call, eleven):
    client.force_login(cast["coordinator"])
    address = f"/calls/{call.pk}/moves/divide/"
    shown = client.post(address, sent(eleven[:2], more="x")).context["form"].division.digest
    due = client.get(address).context["form"]["due_on"].initial.isoformat()

    other = client.post(address, sent(eleven[:3], due_on=due, shown=shown))

    assert (other.status_code, Round.objects.count()) == (422, 0)
    form = other.context["form"]
    cut = redistribution.Cut(eleven[:2], 5, None, scale_local=False)
    with pytest.raises(NotNow):
        redistribution.divide(
            call, cut, actor=cast["coordinator"], note="-", shown=form.data["shown"]
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"total": "", "percent": ""},
        {"total": "5", "percent": "91"},
        {"total": "", "percent": "91.123"},
        {"total": "x"},
        {"proposals": []},
        {"proposals": ["999999"]},
        {"note": " "},
        {"explanation": ""},
        {"due_on": "2020-01-01"},
    ],
)
def test_wrong_division_is_refused_at_its_place(client, cast, call, wrong):
    proposal = factories.reviewed(cast, call)
    client.force_login(cast["coordinator"])

    answer = client.post(f"/calls/{call.pk}/moves/divide/", sent([proposal]) | wrong)

    assert answer.status_code == 422
    assert not Round.objects.exists()


def test_percentage_and_local_shares_through_the_api(client, cast, call):
    """Of 6 million won of national funds 91 % are 5,460,000; of each local 900,000 won 819,000."""
    proposal = factories.reviewed(cast, call)
    client.force_login(cast["coordinator"])
    due = clock.today().isoformat()
    body = {"proposals": [proposal.pk], "percent": "91", "scale_local": True, "due_on": due}

    done = client.post(
        f"/api/v1/calls/{call.pk}/moves/divide/",
        body | {"explanation": "조정", "note": "감액"},
        content_type="application/json",
    )

    assert done.status_code == 200, done.json()
    by_source = Round.objects.get().lines.order_by().values_list("source")
    found = dict(by_source.annotate(won=Sum("won")))
    assert found == {"national": 5_460_000, "provincial": 1_638_000, "municipal": 3_822_000}


def test_one_refused_proposal_leaves_all_unchanged(cast, call):
    fits, above = factories.reviewed(cast, call), factories.reviewed(cast, call, title="둘")
    type(call).objects.update(national_ceiling=6_000_000)
    cut = redistribution.Cut(
        [fits, above], 13_000_000, None, scale_local=False, due_on=clock.today()
    )

    with pytest.raises(NotNow):
        redistribution.divide(call, cut, actor=cast["coordinator"], note="증액")

    assert not Round.objects.exists()


def test_only_coordinators_divide(cast, call):
    cut = redistribution.Cut([factories.reviewed(cast, call)], 5, None, scale_local=False)

    for who in ("budget", "approver", "motir_approver", "auditor"):
        with pytest.raises(PermissionDenied):
            redistribution.divide(call, cut, actor=cast[who], note="감액")


def test_proposals_with_an_agreement_or_still_in_review_are_left_out(cast, call):
    chosen = factories.selected(cast, call)
    factories.submitted(cast, call, title="검토 중")
    agreements.draft(factories.selected(cast, call, title="협약"), actor=cast["coordinator"])

    assert list(redistribution.divisible(call)) == [chosen]


def test_division_is_in_proportion_to_the_effective_amounts(cast, call):
    """Two projects of 6 million won; one was coordinated to 3: they share 6 million as 4 and 2."""
    whole = factories.reviewed(cast, call)
    halved = factories.coordinated(cast, call, title="조정된 사업").proposal
    cut = redistribution.Cut([whole, halved], 6_000_000, None, scale_local=False)

    shares = redistribution.division_of(cut).shares

    assert [share.then for share in shares] == [4_000_000, 2_000_000]
    assert [share.others_then for share in shares] == [6_000_000, 3_000_000]
    assert lines_of(halved) == shares[1].before
