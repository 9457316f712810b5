"""Packages have the same file names, few files side by side, and short ones."""

import re
from collections import Counter
from pathlib import Path
from statistics import median

from .test_house import HOUSE_CODE, ROOT

GIVEN_BY_DJANGO = ("migrations", "management", "templatetags")
# What newcomers could not find by its name, before packages were made by what people do.
RIDDLES = """standing partiality desk jottings way_in asking outcome cuts division advice carriers filing
    envelopes marks subjects trials deeds clauses weighing stances recorded apart force meters turns
    belonging leaving handing foretelling ruling decrees unheld telling trying words ladders ahead
    booking cutting recount rebasing kept glyphs limits utils helpers common services"""


def lines_of(path):
    return len(path.read_text().splitlines())


def test_few_modules_are_side_by_side():
    own = [path for path in HOUSE_CODE if not {*path.parts} & {*GIVEN_BY_DJANGO}]
    beside = Counter(path.parent for path in own if path.name != "__init__.py")
    folders = {parent for path in own for parent in path.relative_to(ROOT).parents}
    packages = Counter(folder.parent for folder in folders if folder.parent != Path())

    assert [(str(folder), found) for folder, found in beside.items() if found > 12] == []
    assert [(str(folder), found) for folder, found in packages.items() if found > 12] == []


def test_files_are_short():
    lengths = {path: lines_of(path) for path in HOUSE_CODE if path.name != "__init__.py"}

    assert [path for path, length in lengths.items() if length > 400] == []
    assert median(lengths.values()) < 80


def test_no_module_has_a_name_that_must_be_decoded():
    found = [path for path in HOUSE_CODE if path.stem in RIDDLES.split()]

    assert [str(path.relative_to(ROOT)) for path in found] == []


def test_papers_name_files_that_exist():
    """Decisions are left out: they name what there was on their day."""
    papers = [*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
    named = {
        (paper.name, name)
        for paper in papers
        for name in re.findall(
            r"`([\w./-]+/[\w.-]+\.(?:py|sql|md|txt|html|toml|css|js))`", paper.read_text()
        )
    }
    bare = {
        (paper.name, name)
        for paper in papers
        for name in re.findall(r"`(test_\w+\.py)`", paper.read_text())
    }

    missing = {(paper, name) for paper, name in named if not any(ROOT.glob(f"**/{name}"))}
    assert (missing, bare) == (set(), set())
