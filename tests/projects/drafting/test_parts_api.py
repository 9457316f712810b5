"""The parts of a proposal through the API: the same forms and rules as on pages."""

import pytest
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from projects.models import BudgetLine, Risk
from tests import factories

RISK = {"title": "공사비 상승", "likelihood": "high", "impact": "low", "measure": "예비비"}


@pytest.fixture
def draft(cast, call):
    return factories.complete_proposal(cast, call)


@pytest.fixture
def program(cast):
    return program_of(cast["drafter"])


def program_of(user):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {Token.objects.create(user=user).key}")
    return client


def send(program, draft, part, **values):
    return program.post(f"/api/v1/proposals/{draft.pk}/parts/{part}/", values, format="json")


def test_parts_are_written_and_read(draft, program):
    answer = send(program, draft, "section-need", text="바다가 넓다.")
    assert answer.status_code == 200, answer.content
    send(program, draft, "risks", rows=[RISK, RISK | {"title": "인력"}])
    answer = send(program, draft, "partners", partners=["gangwon"])

    parts = answer.json()["parts"]
    assert parts["sections"] == {"need": "바다가 넓다."}
    assert [risk["title"] for risk in parts["risks"]] == ["공사비 상승", "인력"]
    assert answer.json()["partners"] == ["gangwon"]


def test_rows_with_their_id_stay_the_same_row(draft, program):
    send(program, draft, "risks", rows=[RISK, RISK | {"title": "인력"}])
    first = Risk.objects.order_by("pk").first()

    send(program, draft, "risks", rows=[RISK | {"id": first.pk, "title": "자재"}])

    assert [(risk.pk, risk.title) for risk in Risk.objects.all()] == [(first.pk, "자재")]


def test_cells_of_the_budget_are_written_in_won(draft, program):
    component = draft.components.order_by("pk").first()
    cell = {"component": component.pk, "fiscal_year": 2027, "source": "private", "won": 12345}

    assert send(program, draft, "budget", cells=[cell]).status_code == 200
    assert BudgetLine.objects.get(component=component, source="private").won == 12345


@pytest.mark.parametrize(
    ("part", "values", "status"),
    [
        ("risks", {"rows": "x"}, 400),
        ("risks", {"rows": [1]}, 400),
        ("risks", {"rows": [{"title": "x"}]}, 400),
        ("risks", {"rows": [{}] * 200}, 400),
        ("budget", {"cells": [{}]}, 400),
        ("budget", {"cells": [{"component": 1, "fiscal_year": 2027, "source": "national", "won": 1.5}]}, 400),
        ("budget", {"unit": "gold"}, 400),
        ("partners", {"partners": ["MOTIR"]}, 400),
        ("section-need", {"text": "x" * 20_001}, 400),
        ("section-need", {"text": "x", "base": "0" * 64}, 409),
        ("poem", {}, 404),
    ],
)  # fmt: skip
def test_bad_input_is_refused_with_a_reason(draft, program, part, values, status):
    answer = send(program, draft, part, **values)

    assert answer.status_code == status, answer.content
    assert answer.json()


def test_only_drafters_of_the_applicant_write(cast, draft):
    assert send(program_of(cast["coordinator"]), draft, "section-need", text="x").status_code == 403
    stranger = program_of(cast["hongseong_drafter"])
    assert send(stranger, draft, "section-need", text="x").status_code == 404
