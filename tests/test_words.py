"""Words that must be decoded are not used in code, docstrings and messages (CONTRIBUTING, Words)."""

import re
import subprocess

from .test_house import ROOT

# "signs" means characters only where text is measured; people sign documents elsewhere.
NOT_USED = re.compile(r"(?<![a-z])(told|said|stands|anew|whoever|lies)(?![a-z])|the house", re.I)
CHARACTERS = ("foundation/printing/", "foundation/intake/", "foundation/money.py")
KINDS = ("*.py", "*.html", "*.txt", "*.sql", "*.js", "*.css", "*.typ")
ALLOWED = {
    "agreements/drafting/standard_articles.py": r"is told why|concluded anew",  # of a contract
    "agreements/drafting/urls.py": r"/amounts/anew/",  # an address that people have kept
    "tests/agreements/drafting/test_drafting.py": r"/amounts/anew/",
    "tests/browser/test_pages.py": r"/amounts/anew/",
    "tests/matrix/exceptions.txt": r"/amounts/anew/",
    "tests/test_words.py": r".*",
}


def files():
    command = ["git", "ls-files", "-co", "--exclude-standard", *KINDS]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [
        name for name in listed.split() if "/migrations/" not in name and (ROOT / name).exists()
    ]


def test_code_and_messages_use_words_that_a_search_finds():
    found = []
    for name in files():
        allowed = re.compile(ALLOWED.get(name, r"(?!)"))
        for number, line in enumerate((ROOT / name).read_text().splitlines(), 1):
            if NOT_USED.search(allowed.sub("", line).replace("_", " ")):
                found.append(f"{name}:{number}: {line.strip()}")

    assert found == []


def test_characters_are_not_called_signs():
    found = [name for name in files() if name.startswith(CHARACTERS) if name.endswith(".py")]

    assert [name for name in found if re.search(r"\bsigns\b", (ROOT / name).read_text())] == []
