"""The modules of the launchers, which are beside them and not in a package of the product."""

from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture
def house(monkeypatch):
    """Import a module of ``bin/house`` by its name."""
    monkeypatch.syspath_prepend(str(Path(settings.BASE_DIR) / "bin"))
    return lambda name: import_module(f"house.{name}")


@pytest.fixture
def elsewhere(house, monkeypatch, tmp_path):
    """The launchers' own folder, in an empty place."""
    places = house("places")
    monkeypatch.setattr(places, "HOUSE", tmp_path / "house")
    return places
