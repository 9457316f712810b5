"""The answers that follow from permissions, workflow tables and visibility alone.

A list is answered to everybody who has signed in. A record is answered to those who may see it,
and to others as if there were none. Its moves are refused to those without a post for them and
to those whom four eyes keep away, and otherwise depend on the state.

``tests/accounts/test_permissions.py`` checks the permissions against a table written by hand, and
the tests of each workflow check from where its moves lead.
"""

from agreements.models import Agreement, Template, Version

from .asking import NOBODY_ASKED, PEOPLE, workflow_at

SHOWN, ELSEWHERE, NO_RECORD, REFUSED, UNKNOWN = ".", ">", "-", "x", "a"
OPEN, NOT_NOW = "+", "~"  # of a move by API, sent without data
MEANS = {OPEN: ".?!", NOT_NOW: "!?"}


def is_derived(row):
    """Whether a row reads a list, or reads or moves a record with a workflow."""
    _label, name, method, needed, kind, move = row
    if not needed:
        return method == "get" and not name.endswith("new")
    workflow = workflow_at(name, kind)
    if workflow is None or workflow.model is Template:  # at the address of its call
        return False
    return needed[0] == "pk" and (method == "get" or bool(move))


def expected(cast, row, keys):
    """The answers of a derived row: a character for each of ``PEOPLE``."""
    return "".join(answer(cast.get(who), row, keys) for who in PEOPLE)


def answer(user, row, keys):
    _label, name, method, needed, kind, move = row
    by_program = name.rpartition(":")[2].startswith("api-")
    if user is None:
        return UNKNOWN if by_program else ELSEWHERE
    if not needed:
        return SHOWN
    workflow = workflow_at(name, kind)
    record = record_for(user, workflow.model, keys[kind])
    if record is None:
        return NO_RECORD
    return to_move(user, record, workflow[move], method) if move else SHOWN


def to_move(user, record, move, method):
    if not move.post_of(user, record) or move.barred(user, record):
        return REFUSED
    if record.state in move.source:
        return SHOWN if method == "get" else OPEN
    return ELSEWHERE if method == "get" else NOT_NOW


def record_for(user, model, key):
    """The record at an address, of an agreement its newest version; None if ``user`` may not see it."""
    if model is Version:
        key = Agreement.objects.get(pk=key).versions.latest("number").pk
    return model.objects.visible_to(user).filter(pk=key).first()


def agree(expected, found):
    """Whether those who asked were answered as expected."""
    return all(
        character in (NOBODY_ASKED, sign) or character in MEANS.get(sign, "")
        for sign, character in zip(expected, found, strict=True)
    )
