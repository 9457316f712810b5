"""Compile every template: run by ``bin/test`` in the isolated environment."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ANY = {"SECRET_KEY": "x", "DATABASE_URL": "postgres:///x", "REDIS_URL": "redis://x"}


def main():
    os.environ |= ANY | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    sys.path.insert(0, str(ROOT))
    import django  # noqa: PLC0415 -- needs the environment above
    from django.template import TemplateSyntaxError, loader  # noqa: PLC0415

    django.setup()
    folder, faults = ROOT / "templates", 0
    for file in sorted(folder.rglob("*.*")):
        if file.suffix in (".html", ".txt"):
            try:
                loader.get_template(str(file.relative_to(folder)))
            except TemplateSyntaxError as fault:
                faults += 1
                print(f"{file.relative_to(ROOT)}: {fault}")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
