"""The progress of a version as steps: only those that its kind goes through."""

from ..models import Version

STEPS = ("drafting", "consent", "frozen", "signing", "in_force")
STEPS_IF_MINOR = ("drafting", "consent", "in_force")
AFTER = ("suspended", "superseded", "terminated", "completed")


def steps(version):
    names = STEPS_IF_MINOR if version.kind == Version.Kind.MINOR else STEPS
    if version.state == Version.State.DROPPED:
        return []
    if version.state in AFTER:
        names = (*names, version.state)
    at = names.index(version.state)
    ended = at == len(names) - 1 and version.state != Version.State.SUSPENDED
    return [
        {
            "label": Version.State(name).label,
            "status": "done" if i < at or ended else "current" if i == at else "todo",
        }
        for i, name in enumerate(names)
    ]
