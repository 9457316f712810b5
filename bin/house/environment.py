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

from .places import ASSETS, FONTS, HOUSE, PYTHON, ROOT, VENV, hold_when_free, say, stop

AT_ONCE = 2  # halves of the packages
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


def prepare(lock="requirements.lock", say=say):
    """An environment from one lock file, with assets and messages.

    Where the machine has npm, the assets are fetched while the packages are. Of two starts in
    one folder the second waits for the first.
    """
    with hold_when_free("setup"):
        with ThreadPoolExecutor(1) as aside:
            fetching = aside.submit(fetch_assets, say) if shutil.which("npm") else None
            install(lock, say)
        fetching.result() if fetching else fetch_assets(say)
        compile_messages()


def is_prepared(lock="requirements.lock"):
    """Is everything there already, so that nothing needs to be fetched?"""
    return PYTHON.exists() and is_fresh(lock, digest(ROOT / lock)) and assets_are_fresh()


def install(lock, say=say):
    """Install a lock file, hash-checked, into an environment of its own.

    Only what is missing is fetched, in two halves side by side. A module is compiled when it is
    first used: most of them never are.
    """
    wanted = digest(ROOT / lock)
    if PYTHON.exists() and is_fresh(lock, wanted):
        return
    if not PYTHON.exists():
        say("Making an isolated environment …")
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", VENV], check=True)
    entries = missing(ROOT / lock)
    say(f"Installing {len(entries)} locked packages …")
    seen = itertools.count(1)

    def install_part(part):
        with tempfile.TemporaryDirectory(dir=HOUSE) as folder:
            (listed := Path(folder) / "part.lock").write_text("\n".join(entries[part::AT_ONCE]))
            for line in pip("install", "--no-compile", "-r", listed):
                if line.startswith("Collecting") and (count := next(seen)) % 10 == 0:
                    say(f"  {count} of {len(entries)} packages")

    with ThreadPoolExecutor(AT_ONCE) as several:
        list(several.map(install_part, range(min(AT_ONCE, len(entries)))))
    mark(lock, wanted)


def missing(lock):
    """The entries of a lock file, each with its hashes, that the environment does not hold."""
    places = [str(place) for place in VENV.glob("lib/python*/site-packages")]
    held = {
        (plain(each.name), each.version)
        for each in distributions(path=places)
        if each.read_text("RECORD") is not None  # pip writes it last: else it was interrupted
    }
    entries = re.findall(r"^(\S+?)(?:\[\S+\])?==([^\s;]+)(.*(?:\n\s.*)*)", lock.read_text(), re.M)
    return [
        f"{name}=={version}{rest}"
        for name, version, rest in entries
        if (plain(name), version) not in held
    ]


def plain(name):
    """The name of a package as the index spells it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pip(act, *options):
    """Run pip and yield the lines of its output; if it fails, exit with the last of them.

    A lock file names every package with its hashes, so nothing else is looked for.
    """
    command = [sys.executable, "-m", "pip", "--python", PYTHON, act, *options]
    command += ["--require-hashes", "--no-deps", "--no-input", "--disable-pip-version-check"]
    output = []
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT
    )
    for line in process.stdout:
        output.append(line)
        yield line
    if process.wait():
        stop("".join(output[-20:]) + "\nThe packages could not be installed. Is the network there?")


def fetch_assets(say=say):
    """Bring the design system and the fonts from their packages, and lay out what is used."""
    if assets_are_fresh():
        return
    say("Fetching the design system and the font …")
    folder = HOUSE / "npm"
    folder.mkdir(parents=True, exist_ok=True)
    for name in NPM_FILES:
        shutil.copy(ROOT / name, folder)
    quiet = ["--no-audit", "--no-fund", "--loglevel=error", "--prefer-offline"]
    done = subprocess.run(
        [*npm(), "ci", *quiet],
        cwd=folder,
        env=path_with_node(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        stop(f"{done.stdout}\nThe design system could not be fetched. Is the network there?")
    for place, table in ((ASSETS, SERVED), (FONTS, PRINTED)):
        shutil.rmtree(place, ignore_errors=True)
        for package, address in table:
            lay_out(folder / "node_modules" / package, place / address)
    mark("assets", wanted_assets())


def wanted_assets():
    sources = digest(*(ROOT / name for name in NPM_FILES))
    return sources + hashlib.sha256(repr((SERVED, PRINTED)).encode()).hexdigest()


def assets_are_fresh():
    return is_fresh("assets", wanted_assets())


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
        half = target.with_name("half.mo")  # Ctrl-C leaves no half catalogue behind
        tool = [PYTHON, "-m", "babel.messages.frontend", "-q", "compile", "-l", source.parts[-3]]
        done = subprocess.run(
            [*tool, "-i", source, "-o", half],
            stdout=subprocess.PIPE,  # and no traceback of the tool on the screen
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            stop(f"The messages of {source.relative_to(ROOT)} do not compile:\n{done.stdout}")
        half.replace(target)
