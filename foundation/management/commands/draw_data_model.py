"""Writes docs/data-model.md from the models: tables, their files, and what they refer to."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

APPS = (
    "foundation",
    "accounts",
    "plans",
    "projects",
    "agreements",
    "disbursements",
    "reminders",
)
PLACE = Path(settings.BASE_DIR) / "docs" / "data-model.md"
HEAD = """# Data model
Drawn from the code by `manage.py draw_data_model`; do not edit.
An arrow leads from a table to the one it refers to.
A record with states moves by the workflow table of its package only.
"""


class Command(BaseCommand):
    help = "Write docs/data-model.md from the models, or check that it is current."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="fail if the file is not current")

    def handle(self, *, check, **options):
        text = "\n".join([HEAD, *map(section, APPS)])
        if not check:
            PLACE.write_text(text, encoding="utf-8")
        elif PLACE.read_text(encoding="utf-8") != text:
            raise CommandError(f"{PLACE.name} is not current: run manage.py draw_data_model.")


def section(label):
    """The part of one app: a drawing, then a table of its models."""
    models = sorted(apps.get_app_config(label).get_models(), key=lambda model: model.__name__)
    arrows = sorted({f"  {model.__name__} --> {name_of(model, to)}" for model, to in links(models)})
    rows = [f"| `{model.__name__}` | {file_of(model)} | {states_of(model)} |" for model in models]
    drawing = ["```mermaid", "flowchart LR", *arrows, "```"] if arrows else []
    head = ["| model | written in | states |", "| --- | --- | --- |"]
    return "\n".join([f"## {label}", *drawing, "", *head, *rows, ""])


def links(models):
    for model in models:
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
            if field.is_relation:
                yield model, field.related_model


def name_of(model, other):
    """The name of a table that another one refers to, with its app where that differs."""
    same = other._meta.app_label == model._meta.app_label
    return other.__name__ if same else f"{other._meta.app_label}.{other.__name__}"


def file_of(model):
    return f"`{model.__module__.replace('.', '/')}.py`"


def states_of(model):
    states = getattr(model, "State", None)
    return ", ".join(states.values) if states else ""
