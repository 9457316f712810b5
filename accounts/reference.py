"""Loads the dated organisations of Korea from the CSV files beside the code."""

import csv
from datetime import date
from pathlib import Path

from django.db import transaction

from .models import Kind, Organisation, Spell

DATA = Path(__file__).parent / "data"
ADMINISTRATIVE_CITY = "administrative city"


@transaction.atomic
def load():
    """Load organisations, spells and successors again; identifiers stay. Returns their number."""
    rows = [*regions(), *bodies()]
    for row in rows:
        Organisation.objects.update_or_create(pk=row["id"], defaults={"kind": row["kind"]})
    Spell.objects.filter(organisation__in=[row["id"] for row in rows]).delete()
    Spell.objects.bulk_create(Spell(**row["spell"], organisation_id=row["id"]) for row in rows)
    for row in rows:
        if row["successors"]:
            Organisation.objects.get(pk=row["id"]).successors.set(row["successors"])
    return Organisation.objects.count()


def regions():
    for line in read("regions.csv"):
        city = ADMINISTRATIVE_CITY in line["note"]
        yield {
            "id": line["id"],
            "kind": Kind.ADMINISTRATIVE_CITY if city else Kind(line["level"]),
            "successors": line["successor_ids"].split(),
            "spell": spell(line) | {"code": line["code"], "parent_id": line["parent_id"] or None},
        }


def bodies():
    for line in read("ministries.csv"):
        yield {
            "id": line["code"],
            "kind": Kind(line["kind"]),
            "successors": line["succeeded_by"].split(),
            "spell": spell(line),
        }


def read(name):
    with (DATA / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def spell(line):
    return {
        "name_ko": line["name_ko"],
        "name_en": line["name_en"],
        "valid_from": day(line["valid_from"]),
        "valid_to": day(line["valid_to"]),
        "note": line["note"],
    }


def day(text):
    return date.fromisoformat(text) if text else None
