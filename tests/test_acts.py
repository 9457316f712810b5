"""A move is never made without what it writes: no event without content, no payment of nothing."""

import importlib

import pytest

from disbursements.models import Entry
from disbursements.workflow import TRANCHE
from foundation.engine.moves import NEW, MissingData
from foundation.engine.workflow import WORKFLOWS
from foundation.models import Event
from projects.workflow import REVIEW
from tests import factories
from tests.disbursements import acts

from .test_house import ROOT

APPS = ("accounts", "plans", "projects", "agreements", "disbursements", "reminders")
OF_FORMS = {  # where forms are not called as their workflow
    "ACCOUNT_FORMS": "disbursements.bankaccount",
    "AGREEMENT_FORMS": "agreements.version",
    "BATCH_FORMS": "disbursements.paymentbatch",
    "CARRY_FORMS": "disbursements.carryover",
    "GAP_FORMS": "disbursements.gapresolution",
    "HOLIDAY_FORMS": "foundation.decreedholiday",
    "LINE_FORMS": "disbursements.bankline",
    "PAPER_FORMS": "agreements.papersignature",
    "REPORT_FORMS": "agreements.yearlyreport",
}
ALSO_WITHOUT = {  # moves that mean something without content, too
    ("disbursements.bankline", "settle"),  # a note; a payment is released only if no money came
    ("agreements.confirmation", "confirm"),  # signs again only if the party had signed
    ("plans.area", "revise"),
    ("plans.plan", "revise"),
    ("projects.call", "amend"),
    ("projects.call", "divide"),  # opens the page of a redistribution
    ("projects.call", "revise"),
    ("projects.position", "accept"),
    ("projects.proposal", "recommend"),
    ("projects.proposal", "return"),
    ("projects.proposal", "revise"),
    ("projects.review", "reroute"),
    ("projects.session", "revise"),
    ("disbursements.settlement", "report"),
}


def forms_by_move():
    """(name of the model, name of the move, form) of every form that a page or the API uses."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "forms" in path.parts[-2:] or path.name in ("forms.py", "holidays.py"):
                yield from of_module(path)


def of_module(path):
    module = importlib.import_module(module_of(path))
    for name, forms in vars(module).items():
        if name.endswith("_FORMS") and name != "PART_FORMS" and isinstance(forms, dict):
            label = OF_FORMS.get(name) or label_of(name.removesuffix("_FORMS"))
            yield from ((label, move, form) for move, form in forms.items())


def module_of(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def label_of(stem):
    plain = stem.replace("_", "").lower()
    return next(label for label in WORKFLOWS if label.partition(".")[2] == plain)


def test_form_that_writes_is_of_a_move_that_asks_for_content():
    empty = {
        (label, name)
        for label, name, form in forms_by_move()
        if hasattr(form, "writes") and form.writes()
        if (move := WORKFLOWS[label].moves.get(name)) and move.source != {NEW}
        if not (move.change or move.needs_content)
    }

    assert empty == ALSO_WITHOUT


ALL = [
    pytest.param(workflow, move, id=f"{label}-{move.name}")
    for label, workflow in WORKFLOWS.items()
    for move in workflow.moves.values()
]


@pytest.mark.parametrize(("workflow", "move"), ALL)
def test_move_is_refused_without_each_of_its_data(workflow, move):
    given = dict.fromkeys(move.needs, 1)
    move.refuse_without(given, content=move.needs_content)
    for name in move.needs:
        with pytest.raises(MissingData):
            move.refuse_without(without(given, name), content=False)
    with pytest.raises(MissingData):
        move.refuse_without(given | {"nothing it knows": 1}, content=move.needs_content)
    if move.needs_content:
        with pytest.raises(MissingData):
            move.refuse_without(given, content=False)


def without(given, name):
    return {key: value for key, value in given.items() if key != name}


def test_payment_without_an_amount_pays_and_writes_nothing(cast, call):
    factories.in_force(cast, call)
    tranche = acts.granted(cast, acts.vote(cast, acts.line(), 1_000), 500)
    before = Entry.objects.count(), Event.objects.count()

    with pytest.raises(MissingData):
        TRANCHE.perform("pay", tranche, actor=cast["motir_payer"], key="once")

    assert (Entry.objects.count(), Event.objects.count()) == before


def test_answer_without_an_answer_is_no_answer(cast, call):
    review = factories.submitted(cast, call).reviews.get(ministry="MOTIR")

    with pytest.raises(MissingData):
        REVIEW.perform("answer", review, actor=cast["motir_reviewer"])

    review.refresh_from_db()
    assert review.state == "waiting"
