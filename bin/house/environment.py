"""What a run needs: locked packages, page assets, compiled messages; each made only when stale."""

import hashlib
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from .places import ASSETS, FONTS, HOUSE, PYTHON, ROOT, VENV, say, stop

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
    """Install a lock file, hash-checked, into an environment of its own."""
    wanted = digest(ROOT / lock)
    if PYTHON.exists() and is_fresh(lock, wanted):
        return
    if not PYTHON.exists():
        say("Making an isolated environment …")
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", VENV], check=True)
    total = sum("==" in line for line in (ROOT / lock).read_text().splitlines())
    say(f"Installing up to {total} locked packages …")
    pip = [sys.executable, "-m", "pip", "--python", PYTHON, "install", "--require-hashes"]
    follow([*pip, "--no-input", "--disable-pip-version-check", "-r", ROOT / lock], total)
    mark(lock, wanted)


def follow(command, total):
    """Run pip and show how far it is; if it fails, show what it said."""
    said, seen = [], 0
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT
    )
    for line in process.stdout:
        said.append(line)
        if line.startswith("Collecting"):
            seen += 1
            if seen % 10 == 0:
                say(f"  {seen} of {total} fetched")
        elif line.startswith("Installing collected"):
            say("  unpacking")
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
