"""The environment: of a lock file, only what is not there yet is fetched, with all its hashes."""

import sys
from pathlib import Path

import pytest
from django.conf import settings

LOCK = """
django==5.2.19 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via the product
celery[redis]==5.7.1 ; python_version < "4" \\
    --hash=sha256:cc
typing-extensions==4.15.0 \\
    --hash=sha256:dd
"""


@pytest.fixture
def environment(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "path", [str(Path(settings.BASE_DIR) / "bin"), *sys.path])
    from house import environment  # noqa: PLC0415 -- it is beside the launchers

    monkeypatch.setattr(environment, "VENV", tmp_path)
    return environment


def hold(place, name, version, *, whole=True):
    facts = place / f"lib/python3.11/site-packages/{name}-{version}.dist-info/METADATA"
    facts.parent.mkdir(parents=True)
    facts.write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    if whole:
        facts.with_name("RECORD").write_text("")


def test_only_what_is_not_there_is_fetched_with_its_hashes(environment, tmp_path):
    lock = tmp_path / "some.lock"
    lock.write_text(LOCK)
    hold(tmp_path, "typing_extensions", "4.15.0")
    hold(tmp_path, "Django", "5.2.18")

    django, celery = environment.missing(lock)

    assert django.splitlines()[:3] == [
        "django==5.2.19 \\",
        "    --hash=sha256:aa \\",
        "    --hash=sha256:bb",
    ]
    assert celery.startswith('celery==5.7.1 ; python_version < "4" \\\n    --hash=sha256:cc')


def test_package_whose_installation_was_interrupted_is_fetched_again(environment, tmp_path):
    lock = tmp_path / "some.lock"
    lock.write_text(LOCK)
    hold(tmp_path, "typing_extensions", "4.15.0", whole=False)

    assert [entry.split("==")[0] for entry in environment.missing(lock)] == [
        "django",
        "celery",
        "typing-extensions",
    ]
