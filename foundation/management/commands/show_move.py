"""Prints everything that one move asks for and brings about, with the file of each function."""

from django.core.management.base import BaseCommand, CommandError

from foundation.engine.workflow import WORKFLOWS


class Command(BaseCommand):
    help = "Show a move: who may make it, what it requires, what it changes, what follows."

    def add_arguments(self, parser):
        parser.add_argument("record", help="the kind of record, for example projects.proposal")
        parser.add_argument("move", nargs="?", help="the move; left out: all moves of the record")

    def handle(self, *, record, move, **options):
        workflow = WORKFLOWS.get(record.lower())
        if not workflow:
            raise CommandError(f"Choose one of: {', '.join(sorted(WORKFLOWS))}")
        if move and move not in workflow.moves:
            raise CommandError(f"Choose one of: {', '.join(workflow.moves)}")
        for name in [move] if move else workflow.moves:
            self.stdout.write("\n".join(lines_of(workflow, workflow.moves[name])))


def lines_of(workflow, move):
    """One move as lines of text."""
    sources = ", ".join(state or "(new)" for state in sorted(move.source))
    yield f"{workflow.model._meta.label_lower} {move.name}: {sources} → {move.target}"
    yield f"  who: {move.permission or 'the system'}"
    if barred := (*move.never_by, *move.only_by):
        yield f"  never by, only by: {', '.join(barred)}"
    asked = (*move.requires, *workflow.demands.get(move.name, ()))
    yield from (f"  requires: {place_of(function)}" for function in asked)
    if move.change or move.needs_content:
        yield f"  needs: {', '.join(move.needs) or 'what the form of the move writes'}"
    if move.change:
        yield f"  writes: {place_of(move.change)}"
    yield from (f"  checks: {place_of(function)}" for function in move.checks)
    if move.does:
        yield f"  changes: {place_of(move.does)}"
    following = (*move.effects, *workflow.followers.get(move.name, ()))
    yield from (f"  then: {place_of(function)}" for function in following)


def place_of(function):
    """The name of a function and its file; of a partial, those of what it calls."""
    function = getattr(function, "func", function)
    return f"{function.__name__} ({function.__module__.replace('.', '/')}.py)"
