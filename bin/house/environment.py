"""What a run needs: locked packages, page assets, compiled messages; each made only when stale."""

import hashlib
import itertools
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import distributions
from pathlib import Path

from .places import ASSETS, FONTS, HOUSE, PYTHON, ROOT, VENV, say, stop

AT_ONCE = 2  # downloads of packages
NPM_FILES = ("package.json", "package-lock.json", ".npmrc")

# What pages use of the design system and the font: (from the package, to the address).
SERVED = (
    ("krds-uiux/resources/css/token/krds_tokens.css", "krds/css/token/krds_tokens.css"),
    ("krds-uiux/resources/css/component/output.css", "krds/css/component/output.css"),
    ("krds-uiux/resources/img", "krds/img"),
    (
        "pretendard-gov/dist/web/variable/pretendardvariable-gov-dynamic-subset.css",
        "fonts/pretendard-gov.css",
    ),
    ("pretendard-gov/dist/web/variable/woff2-dynamic-subset", "fonts/woff2-dynamic-subset"),
)

# What documents are printed with; pages never use it, so it is not served.
PRINTED = (
    ("pretendard-gov/dist/public/static/PretendardGOV-Regular.otf", "PretendardGOV-Regular.otf"),
    ("pretendard-gov/dist/public/static/PretendardGOV-Bold.otf", "PretendardGOV-Bold.otf"),
)


def digest(*paths):
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def is_fresh(name, wanted):
    stamp = HOUSE / "stamps" / name
    return stamp.exists() and stamp.read_text() == wanted


def mark(name, wanted):
    stamp = HOUSE / "stamps" / name
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)


def prepare(lock="requirements.lock"):
    """An environment from one lock file, with assets and messages.

    Where the machine has npm, the assets are fetched while the packages are.
    """
    with ThreadPoolExecutor(1) as aside:
        fetching = aside.submit(fetch_assets) if shutil.which("npm") else None
        install(lock)
    fetching.result() if fetching else fetch_assets()
    compile_messages()


def install(lock):
    """Install a lock file, hash-checked, into an environment of its own.

    A module is compiled when it is first used: most of them never are.
    """
    wanted = digest(ROOT / lock)
    if PYTHON.exists() and is_fresh(lock, wanted):
        return
    if not PYTHON.exists():
        say("Making an isolated environment …")
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", VENV], check=True)
    with tempfile.TemporaryDirectory(dir=HOUSE) as folder:
        fetch(missing(ROOT / lock), Path(folder))
        say("  unpacking")
        options = ["--no-index", "--find-links", folder, "--no-compile", "-r", ROOT / lock]
        for _line in pip("install", *options):
            pass
    mark(lock, wanted)


def missing(lock):
    """The entries of a lock file, each with its hashes, that the environment does not hold."""
    places = [str(place) for place in VENV.glob("lib/python*/site-packages")]
    held = {(plain(each.name), each.version) for each in distributions(path=places)}
    entries = re.findall(r"^(\S+?)(?:\[\S+\])?==([^\s;]+)(.*(?:\n\s.*)*)", lock.read_text(), re.M)
    return [
        f"{name}=={version}{rest}"
        for name, version, rest in entries
        if (plain(name), version) not in held
    ]


def plain(name):
    """The name of a package as the index spells it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def fetch(entries, folder):
    """Download packages, two at once."""
    say(f"Fetching up to {len(entries)} locked packages …")
    seen = itertools.count(1)

    def download(part):
        lock = folder / f"{part}.lock"
        lock.write_text("\n".join(entries[part::AT_ONCE]))
        for line in pip("download", "-d", folder, "-r", lock):
            if line.startswith("Collecting") and (count := next(seen)) % 10 == 0:
                say(f"  {count} of {len(entries)} fetched")

    with ThreadPoolExecutor(AT_ONCE) as several:
        list(several.map(download, range(min(AT_ONCE, len(entries)))))


def pip(act, *options):
    """Run pip and give the lines it says; if it fails, show the last of them.

    A lock file names every package with its hashes, so nothing else is looked for.
    """
    command = [sys.executable, "-m", "pip", "--python", PYTHON, act, *options]
    command += ["--require-hashes", "--no-deps", "--no-input", "--disable-pip-version-check"]
    said = []
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT
    )
    for line in process.stdout:
        said.append(line)
        yield line
    if process.wait():
        stop("".join(said[-20:]) + "\nThe packages could not be installed; see above.")


def fetch_assets():
    """Bring the design system and the fonts from their packages, and lay out what is used."""
    sources = [ROOT / name for name in NPM_FILES]
    wanted = digest(*sources) + hashlib.sha256(repr((SERVED, PRINTED)).encode()).hexdigest()
    if is_fresh("assets", wanted):
        return
    say("Fetching the design system and the font …")
    folder = HOUSE / "npm"
    folder.mkdir(parents=True, exist_ok=True)
    for source in sources:
        shutil.copy(source, folder)
    quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run([*npm(), "ci", *quiet], cwd=folder, check=True, env=path_with_node())
    for place, table in ((ASSETS, SERVED), (FONTS, PRINTED)):
        shutil.rmtree(place, ignore_errors=True)
        for package, address in table:
            lay_out(folder / "node_modules" / package, place / address)
    mark("assets", wanted)


def npm():
    """The machine's npm, or the one that a locked package brings."""
    if found := shutil.which("npm"):
        return [found]
    install("requirements-node.lock")
    return [str(VENV / "bin" / "npm")]


def path_with_node():
    return os.environ | {"PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}


def lay_out(source, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy(source, target)


def compile_messages():
    """Make .mo files of .po files that changed; no gettext is needed on the machine."""
    for source in sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        say(f"Compiling messages ({source.parts[-3]}) …")
        tool = [PYTHON, "-m", "babel.messages.frontend", "-q", "compile"]
        subprocess.run([*tool, "-i", source, "-o", target, "-l", source.parts[-3]], check=True)
