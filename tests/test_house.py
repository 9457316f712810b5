"""Rules for the whole code base."""

import ast
import re
from io import StringIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.template.loader import get_template
from django.urls import URLPattern, get_resolver, reverse
from django.utils.translation.template import templatize

from accounts.permissions import PERMISSIONS
from foundation.engine.workflow import NEW, STAYS, WORKFLOWS

ROOT = Path(settings.BASE_DIR)
ROOMS = [
    "foundation",
    "accounts",
    "plans",
    "projects",
    "agreements",
    "disbursements",
    "reminders",
    "demo",
    "config",
]
CODE = sorted(path for room in [*ROOMS, "bin"] for path in (ROOT / room).rglob("*.py"))
HOUSE_CODE = [path for path in CODE if "migrations" not in path.parts]
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
OPEN_TO_ALL = {
    "healthz",
    "metrics",
    "set_language",
    "account_login",
    "account_logout",
    "agreements:check",
    "api-check",
    "reminders:calendar-feed",
    "reminders:unsubscribe",
}
LIBRARY_TEMPLATES = ("account/", "allauth/", "django/", "400.html", "403", "404.html", "500.html")


def test_no_file_is_too_long():
    long = [str(p) for p in HOUSE_CODE if len(p.read_text(encoding="utf-8").splitlines()) > 400]

    assert long == []


def test_no_file_name_decides_nothing():
    names = {
        "utils",
        "helpers",
        "common",
        "misc",
        "services",
        "signals",
        "mixins",
        "managers",
        "constants",
        "base",
    }

    assert [str(p) for p in HOUSE_CODE if p.stem in names] == []


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_no_model_orders_by_itself():
    ours = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]

    assert [model.__name__ for model in ours if model._meta.ordering] == []


def test_only_the_engine_assigns_a_state():
    found = []
    for path in HOUSE_CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            targets = node.targets if isinstance(node, ast.Assign) else []
            if any(isinstance(t, ast.Attribute) and t.attr == "state" for t in targets):
                found.append(path.relative_to(ROOT).as_posix())

    assert found == ["foundation/engine/workflow.py"]


@pytest.mark.parametrize("label", sorted(WORKFLOWS))
def test_workflow_table_is_sound(label):
    workflow = WORKFLOWS[label]
    states = {state.value for state in workflow.model.State}
    first = workflow.model._meta.get_field("state").default
    reached = {move.target for move in workflow.moves.values()} - {STAYS} | {first} - {NEW}

    assert reached - {NEW} <= states
    for move in workflow.moves.values():
        assert move.source <= states | {NEW}, move.name
        assert move.permission is None or move.permission in PERMISSIONS, move.name
        assert move.label, move.name


def named_addresses(resolver, prefix="", space=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name and space + pattern.name, prefix + str(pattern.pattern)
        elif "admin" not in str(pattern.app_name or ""):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from named_addresses(pattern, prefix + str(pattern.pattern), inner)


def test_every_address_demands_login(client, db):
    """Unless it is listed; library pages of the sign-in (password reset …) are of the library."""
    for name, route in named_addresses(get_resolver()):
        if name in OPEN_TO_ALL or (name or "").startswith("account_"):
            continue
        kinds = re.findall(r"<(?:(\w+):)?(\w+)>|\(\?P<(\w+)>", route)
        values = {
            which or group: "revise" if which == "move" or group == "move" else 1
            for _t, which, group in kinds
        }
        answer = client.get(reverse(name, kwargs=values))
        assert answer.status_code in (302, 401), (name, answer.status_code)
        if answer.status_code == 302:
            assert answer["Location"].startswith("/account/login/"), name


LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"\b(n?gettext)\(\s*({LITERAL})")


def messages_in_code():
    """(file, context, msgid) of every message that code and templates ask for."""
    for path in HOUSE_CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            words = [a.value for a in node.args if isinstance(a, ast.Constant)] if name else []
            if name in ("_", "gettext", "gettext_lazy", "ngettext") and words:
                yield path, None, words[0]
            elif name in ("pgettext", "pgettext_lazy"):
                yield path, *words[:2]
    for path in TEMPLATES:
        if path.is_file():
            for _function, text in IN_TEMPLATE.findall(
                templatize(path.read_text(encoding="utf-8"))
            ):
                yield path, None, ast.literal_eval(text)


def test_every_message_has_its_korean():
    catalog = read_po(
        StringIO((ROOT / "locale/ko/LC_MESSAGES/django.po").read_text(encoding="utf-8")),
        locale="ko",
    )
    known = {
        (m.context, m.id[0] if isinstance(m.id, tuple) else m.id)
        for m in catalog
        if m.id and m.string and not m.fuzzy
    }
    asked = list(messages_in_code())
    missing = {(path.name, text) for path, context, text in asked if (context, text) not in known}

    assert len(asked) > 500
    assert sorted(missing) == []


def test_no_template_is_unused():
    """A mail is named without its ending: it is written as text and as HTML."""
    texts = " ".join(
        path.read_text(encoding="utf-8") for path in [*HOUSE_CODE, *TEMPLATES] if path.is_file()
    )
    names = [
        path.relative_to(ROOT / "templates").as_posix() for path in TEMPLATES if path.is_file()
    ]

    assert [
        name
        for name in names
        if name not in texts
        and not name.startswith(LIBRARY_TEMPLATES)
        and not (name.startswith("notices/") and f'"{name.rsplit(".")[0]}"' in texts)
    ] == []


@pytest.mark.parametrize("path", [p for p in TEMPLATES if p.is_file()], ids=lambda path: path.name)
def test_template_compiles(path):
    assert get_template(path.relative_to(ROOT / "templates").as_posix())


def test_korean_search_and_order_work(db):
    """The cluster's locale decides both; compose has the same initdb options."""
    from django.db import connection  # noqa: PLC0415 -- only this test speaks SQL

    with connection.cursor() as cursor:
        cursor.execute("SELECT similarity('균형발전 협약', '균형발전') > 0.5")
        assert cursor.fetchone() == (True,)
        cursor.execute("SELECT array_agg(x ORDER BY x) FROM unnest(array['다', '가', '나']) x")
        assert cursor.fetchone() == (["가", "나", "다"],)


def test_nothing_committed_names_a_registry():
    locks = [ROOT / name for name in ("package-lock.json", ".npmrc")] + list(
        ROOT.glob("requirements*.lock")
    )

    assert [
        p.name
        for p in locks
        if re.search(r"https?://|index-url|\"resolved\"", p.read_text(encoding="utf-8"))
    ] == []
