"""The archive of an agreement is checked with public tools: the commands of its CHECK.md."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests import factories

FENCE = re.compile(r"```sh\n(.*?)```", re.DOTALL)


@pytest.fixture
def folder(cast, call, tmp_path):
    factories.two_signers_more(cast)
    version = factories.signing_by_six(cast, call)
    for party in version.parties.order_by("pk"):
        factories.sign(cast, party)
    call_command("export_archive", version.agreement.number, str(tmp_path / "a"), stdout=None)
    return tmp_path / "a"


def run(command, folder):
    """Run a shell command of CHECK.md; pyhanko is the one of the test environment."""
    path = f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
    done = subprocess.run(
        ["bash", "-euc", command],
        cwd=folder,
        capture_output=True,
        text=True,
        env={"PATH": path, "HOME": str(folder), "LC_ALL": "C.UTF-8"},
    )
    return done.returncode, done.stdout + done.stderr


def commands(folder):
    for block in FENCE.findall((folder / "CHECK.md").read_text()):
        yield from block.strip().splitlines()


def test_every_command_of_check_md_succeeds(folder):
    lines = [line for line in commands(folder) if shutil.which("openssl") or "openssl" not in line]

    outcomes = [(line, *run(line, folder)) for line in lines]

    assert len(lines) >= 4
    assert [(line, output) for line, code, output in outcomes if code] == []


def test_pyhanko_finds_every_signature_valid(folder):
    [line] = [line for line in commands(folder) if line.startswith("pyhanko")]

    code, output = run(line, folder)

    assert code == 0
    assert output.count("The signature is judged VALID.") == 6


def test_pyhanko_finds_a_changed_byte(folder):
    [line] = [line for line in commands(folder) if line.startswith("pyhanko")]
    file = folder / "agreement-1-1.pdf"
    file.write_bytes(file.read_bytes().replace(b"/MediaBox[0 0 595", b"/MediaBox[0 0 695"))

    code, output = run(line, folder)

    assert code != 0 or "INVALID" in output
    assert "VALID." not in output.replace("INVALID.", "")


def test_text_has_the_digest_printed_on_every_page(folder):
    [line] = [line for line in commands(folder) if line.startswith("sha256sum text")]

    code, output = run(line, folder)

    assert code == 0
    assert output.split()[0] in (folder / "CHECK.md").read_text()


def test_history_and_money_are_complete(folder):
    history = json.loads((folder / "history.json").read_text())
    promised = json.loads((folder / "commitments.json").read_text())

    assert {"sign", "enter", "freeze"} <= {event["verb"] for event in history}
    assert sum(row["won"] for row in promised) == 12_000_000
    assert len(json.loads((folder / "ledger.json").read_text())) == 18


def test_scans_are_in_it(cast, call, tmp_path):
    version = factories.in_force(cast, call)

    call_command("export_archive", version.agreement.number, str(tmp_path / "a"), stdout=None)

    scans = list((tmp_path / "a/scans").iterdir())
    assert len(scans) == 4
    assert scans[0].read_bytes() == factories.PNG
    assert run("sha256sum -c SHA256SUMS", tmp_path / "a")[0] == 0


def test_what_is_not_in_force_is_not_exported(cast, call, tmp_path):
    version = factories.signing(cast, call)

    with pytest.raises(CommandError):
        call_command("export_archive", version.agreement.number, str(tmp_path / "a"))
