"""docker-compose.yml: services, health checks, the same locale as the embedded servers."""

import ast
import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")


def service(name):
    """The lines of one service, by indentation."""
    return re.search(rf"^  {name}:\n((?:    .*\n|\n)+)", COMPOSE, re.MULTILINE)[1]


def test_every_lasting_service_has_a_health_check():
    for name in ("web", "worker", "beat", "postgres", "redis"):
        assert "healthcheck:" in service(name), name


def test_production_sorts_and_searches_like_the_embedded_server():
    source = (ROOT / "bin/house/servers.py").read_text(encoding="utf-8")
    texts = [n.value for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Constant)]
    embedded = " ".join(t for t in texts if isinstance(t, str) and "--" in t)
    words = set(re.findall(r"--(?:locale|builtin|lc)[\w-]*=\S+", embedded))

    assert words == set(re.findall(r"--(?:locale|builtin|lc)[\w-]*=\S+", service("postgres")))
    assert "--lc-ctype=C.UTF-8" in words


def test_secrets_are_asked_for_and_not_given():
    assert "SECRET_KEY: ${SECRET_KEY:?" in COMPOSE
    assert COMPOSE.count("${POSTGRES_PASSWORD:?") == 2
