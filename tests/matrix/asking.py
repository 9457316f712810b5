"""Requests every address as every person, on existing records; each answer is one character."""

import re

from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests.test_addresses import LIBRARY, MOVES, OF_ADDRESS

PEOPLE = (
    "nobody",
    "hongseong_drafter",
    "drafter",
    "approver",
    "province_approver",
    "motir_reviewer",
    "motir_approver",
    "moe_reviewer",
    "moe_approver",
    "coordinator",
    "budget",
    "auditor",
    None,
)
CHARACTERS = {
    200: ".",
    302: ">",
    400: "?",
    401: "a",
    403: "x",
    404: "-",
    405: "o",
    409: "!",
    415: "m",
}
NOBODY_ASKED = " "
BY_PROGRAM = {name.partition("move-")[2]: workflow for name, workflow in MOVES.items()}
ALIASES = {"issue-side": "side", "carry-over": "carry", "gap-resolution": "gap"}
PARTS = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
FIXED = {
    "name": "section-need",
    "place": "section-need",
    "number": 1,
    "attachment": 1,
    "decision": "again",
    "year": 2027,
    "kind": "review",
    "change": "make",
}
WRITES = re.compile(r"\s*(WITH\b.*\b)?(INSERT|UPDATE|DELETE)\s+(INTO|FROM|\")", re.DOTALL)
OWN_PAGES = (*LIBRARY[:2], "healthz", "metrics", "set_language")


def routes(resolver=None, prefix="", space=""):
    """(name, route, methods) of every address of this project."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern).replace("^", "").replace("$", "").replace(r"\Z", "")
        if not isinstance(pattern, URLPattern):
            if "admin" not in str(pattern.app_name or ""):
                yield from routes(
                    pattern, route, f"{pattern.namespace}:" if pattern.namespace else space
                )
        elif pattern.name and not pattern.name.startswith(OWN_PAGES):
            actions = getattr(pattern.callback, "actions", None) or {"get": ""}
            yield (
                space + pattern.name,
                route,
                [method for method in list(actions) if method != "head"],
            )


def kind_of(route):
    path = route.removeprefix("api/v1/")
    kinds = {"organisations/": "organisation", "appropriations/": "appropriation"} | OF_ADDRESS
    kinds |= {"plans/": "plan", "areas/": "area", "attachments/": "attachment"}
    return next((kind for start, kind in kinds.items() if path.startswith(start)), "")


def moves_at(name, route):
    """The names of the moves of an address; one empty name where it has none."""
    if name in MOVES or name.endswith("-move"):
        return list(workflow_at(name, kind_of(route)).moves)
    return [""]


def workflow_at(name, kind):
    """The workflow of the records of an address; None where they have none."""
    if name in MOVES:
        return MOVES[name]
    found = {ALIASES.get(each, each): workflow for each, workflow in BY_PROGRAM.items()}
    stem = name.removeprefix("api-").removesuffix("-move")
    return found.get(stem) or found.get(kind)


def rows():
    """(label, name, method, values needed, kind, move): one row for each address and move."""
    for name, route, methods in routes():
        needed = [plain or group for plain, group in PARTS.findall(route)]
        for method in methods:
            for move in moves_at(name, route):
                yield label_of(route, method, move), name, method, needed, kind_of(route), move


def label_of(route, method, move):
    shown = PARTS.sub(lambda part: move if "move" in part.groups() else "#", route)
    return f"{method.upper()} /{shown}"


def address_of(name, needed, kind, move, keys):
    """The address with the primary keys in ``keys``."""
    values = {}
    for part in needed:
        given = {"pk": keys.get(kind), "move": move} | FIXED
        values[part] = given.get(part) or keys[part]
    return reverse(name, kwargs=values)


def answers(clients, row, keys, places):
    """The characters that the people at ``places`` are answered, blank for the others."""
    _label, name, method, needed, kind, move = row
    where = address_of(name, needed, kind, move, keys)
    return "".join(
        answer_of(client, method, where) if place in places else NOBODY_ASKED
        for place, client in enumerate(clients)
    )


def only_reading(execute, sql, params, many, context):
    """Refuse SQL that writes."""
    if WRITES.match(sql):
        raise RuntimeError(f"a GET wrote: {sql[:80]}")
    return execute(sql, params, many, context)


def client_of(cast, who):
    client = Client(raise_request_exception=False)
    if who:
        client.force_login(cast[who])
    return client


def answer_of(client, method, where):
    """The answer as one character; what the request changed is rolled back.

    A page that is only read writes nothing: a GET that does is answered with 500.
    """
    send = getattr(client, method)
    with transaction.atomic():
        if method == "get":
            with connection.execute_wrapper(only_reading):
                answer = send(where)
        else:
            answer = send(where, "{}", content_type="application/json")
        transaction.set_rollback(True)
    return CHARACTERS.get(answer.status_code, str(answer.status_code))
