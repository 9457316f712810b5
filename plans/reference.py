"""Enters the national plans from the CSV files beside the code, each by its move."""

import csv
from pathlib import Path

from .models import Goal, Plan, Standard
from .workflow import PLAN

DATA = Path(__file__).parent / "data"
FACTS = ("kind", "title_ko", "title_en", "source")
YEARS = ("first_year", "last_year")


def enter(actor):
    """Enter the plans that are not there yet, by a coordinator; returns them by their key."""
    lines = read("plans.csv")
    known = {plan.title_ko: plan for plan in Plan.objects.all()}
    plans = {}
    for line in lines:
        plans[line["key"]] = known.get(line["title_ko"]) or enter_one(line, plans, actor)
    for line in lines:
        plan = plans[line["key"]]
        if line["successor"] and plan.state == Plan.State.IN_FORCE:
            plans[line["key"]] = supersede(plan, plans[line["successor"]], actor)
    return plans


def enter_one(line, plans, actor):
    facts = {name: line[name] for name in FACTS} | {name: int(line[name]) for name in YEARS}
    facts["issuer_id"] = line["issuer"]
    plan = Plan(**facts, parent=plans.get(line["parent"]))

    def write_rows(record):
        for model, name in ((Goal, "goals.csv"), (Standard, "standards.csv")):
            model.objects.bulk_create(
                model(plan=record, **{k: v for k, v in row.items() if k != "plan"})
                for row in read(name)
                if row["plan"] == line["key"]
            )

    return PLAN.perform("enter", plan, actor=actor, parts=write_rows)


def supersede(plan, successor, actor):
    def write(record):
        record.successor = successor

    note = f"{successor.first_year}: {successor.title_ko}"
    return PLAN.perform("supersede", plan, actor=actor, note=note, change=write)


def read(name):
    with (DATA / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))
