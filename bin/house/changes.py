"""Which tests can reach a change, by the imports between modules, for ``bin/test --changed``.

A test can reach what its app, or an app that imports the changed module, does. Tests that go
through every address (``ACROSS``) can reach every page. What cannot be followed by imports, as the
settings or the fixtures of all tests, is reached by all tests.
"""

import json
import subprocess

from .places import PYTHON, ROOT

APPS = (
    "foundation",
    "accounts",
    "plans",
    "projects",
    "agreements",
    "disbursements",
    "reminders",
    "demo",
    "config",
)
ACROSS = (
    "tests/test_addresses.py",
    "tests/test_house.py",
    "tests/test_lists.py",
    "tests/matrix",
    "tests/journeys",
)
DOWNSTREAM = """
import json, sys, grimp
graph = grimp.build_graph(*json.loads(sys.argv[1]), include_external_packages=False)
found = set()
for module in json.loads(sys.argv[2]):
    if module in graph.modules:
        found |= {module} | graph.find_downstream_modules(module)
print(json.dumps(sorted(found)))
"""


def tests_for(commit):
    """The test paths to run for what differs from ``commit``, in order; none if nothing differs."""
    files = changed_files(commit)
    own = [name for name in files if is_test(name) and (ROOT / name).exists()]
    if any(reached_by_all(name) for name in files):
        return ["tests"]
    apps = apps_reached([name for name in files if name.endswith(".py")])
    apps |= {name.split("/")[1] for name in files if name.startswith("templates/")} & {*APPS}
    apps |= {name.split("/")[0] for name in files if "/sql/" in name}
    across = [*ACROSS, "tests/browser"] if apps or any(map(is_page, files)) else []
    folders = [f"tests/{app}" for app in APPS if app in apps]
    places = [*folders, *across]
    return [*places, *(name for name in own if not name.startswith(tuple(places)))]


def changed_files(commit):
    commands = (
        ["git", "diff", "--name-only", commit],
        ["git", "ls-files", "-o", "--exclude-standard"],
    )
    found = set()
    for command in commands:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        found |= set(done.stdout.split())
    return sorted(found)


def is_test(name):
    return name.startswith("tests/") and name.rpartition("/")[2].startswith("test_")


def is_page(name):
    return name.startswith(("templates/", "static/", "locale/"))


def reached_by_all(name):
    """Fixtures and factories of the tests, settings and locked packages."""
    if name.startswith("tests/") and name.endswith(".py"):
        return not is_test(name)
    return name in ("config/settings.py", "pyproject.toml") or name.endswith(
        (".lock", "exceptions.txt")
    )


def apps_reached(files):
    """The apps in which a module imports one of ``files``, in however many steps."""
    modules = [
        name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for name in files
    ]
    modules = [name for name in modules if name.split(".")[0] in APPS]
    if not modules:
        return set()
    command = [PYTHON, "-c", DOWNSTREAM, json.dumps(APPS), json.dumps(modules)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in (*json.loads(done.stdout), *modules)}
