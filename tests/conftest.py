"""The cast: one fixed set of people and organisations for every test."""

import gc
import os
from inspect import signature
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase
from django.utils import translation

from accounts.models import Kind
from foundation.models import decreed_days

from . import certificates, database, factories, prepared
from .ordering import (  # noqa: F401 -- hooks of pytest
    pytest_addoption,
    pytest_collection_modifyitems,
    pytest_configure,
)

settings.WHITENOISE_AUTOREFRESH = True  # find static files when asked, not at every client
settings.CACHES["default"]["KEY_PREFIX"] = os.environ.get("PYTEST_XDIST_WORKER", "main")
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

TransactionTestCase._fixture_teardown = lambda self: database.empty_tables()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """In the place of pytest-django's own, which migrates once for every process."""
    with django_db_blocker.unblock(), database.own_database():
        yield


@pytest.fixture(scope="session", autouse=True)
def rare_garbage_collection():
    """A sixth of the time went into looking through what stays until the end of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1_000)


@pytest.fixture(scope="session", autouse=True)
def files_apart(tmp_path_factory):
    """Attached files of tests are in a folder of their own, one for each process."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("files")


@pytest.fixture(scope="session", autouse=True)
def trusted(tmp_path_factory):
    """The one authority of the tests is trusted."""
    settings.TRUSTED_CERTIFICATES = tmp_path_factory.mktemp("trusted")
    certificates.trust(settings.TRUSTED_CERTIFICATES)


@pytest.fixture(autouse=True)
def korean():
    """Every test begins in Korean, whatever language the one before it left behind."""
    with translation.override("ko"):
        yield


@pytest.fixture
def as_application(db):
    """SQL as the application's own role: no owner of anything, no superuser."""
    role = "house_application"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {role} NOLOGIN")
    call_command("grant_application", role, stdout=StringIO())

    def run(sql, *values):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {role}")
            cursor.execute(sql, values)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    return run


@pytest.fixture(autouse=True)
def nothing_decreed():
    """No test asks the table of decreed holidays, but those that are about it."""
    with decreed_days.override(frozenset()):
        yield


@pytest.fixture(autouse=True)
def situations(request):
    """What a test prepares may be copied, unless the test patches code."""
    with prepared.test_begins(patches="monkeypatch" in signature(request.function).parameters):
        yield


class Cast(dict):
    """People by name, and organisations as attributes."""


@pytest.fixture
def cast(db):
    """Gangneung and its province propose; MOTIR and MCST review; Hongseong and MOE take no part."""
    cast = Cast()
    fill(cast)
    return cast


@prepared.prepared
def fill(cast):
    add_organisations(cast)
    add_people(cast)
    for organisation in (cast.gangwon, cast.gangneung, cast.motir, cast.mcst, cast.committee):
        certificates.give_key(organisation)


def add_organisations(cast):
    cast.gangwon = factories.organisation(
        "gangwon", Kind.PROVINCE, name_ko="강원특별자치도", name_en="Gangwon"
    )
    cast.gangneung = factories.organisation(
        "gangwon-gangneung",
        Kind.MUNICIPALITY,
        name_ko="강릉시",
        name_en="Gangneung-si",
        parent=cast.gangwon,
    )
    cast.hongseong = factories.organisation(
        "chungnam-hongseong", Kind.MUNICIPALITY, name_ko="홍성군", name_en="Hongseong-gun"
    )
    cast.motir = factories.organisation(
        "MOTIR",
        Kind.MINISTRY,
        name_ko="산업통상부",
        name_en="Ministry of Trade, Industry and Resources",
    )
    cast.mcst = factories.organisation(
        "MCST",
        Kind.MINISTRY,
        name_ko="문화체육관광부",
        name_en="Ministry of Culture, Sports and Tourism",
    )
    cast.moe = factories.organisation(
        "MOE", Kind.MINISTRY, name_ko="교육부", name_en="Ministry of Education"
    )
    cast.committee = factories.organisation(
        "PCDBD", Kind.COORDINATION, name_ko="지방시대위원회", name_en="Presidential Committee"
    )
    cast.mpb = factories.organisation(
        "MPB",
        Kind.BUDGET_AUTHORITY,
        name_ko="기획예산처",
        name_en="Ministry of Planning and Budget",
    )
    cast.bai = factories.organisation(
        "BAI", Kind.AUDIT, name_ko="감사원", name_en="Board of Audit and Inspection"
    )


def add_people(cast):
    posts = {
        "drafter": ("drafter", cast.gangneung),
        "approver": ("approver", cast.gangneung),
        "finance": ("finance", cast.gangneung),
        "province_approver": ("approver", cast.gangwon),
        "motir_reviewer": ("reviewer", cast.motir),
        "motir_approver": ("approver", cast.motir),
        "motir_finance": ("finance", cast.motir),
        "motir_payer": ("finance", cast.motir),
        "mcst_reviewer": ("reviewer", cast.mcst),
        "mcst_approver": ("approver", cast.mcst),
        "mcst_finance": ("finance", cast.mcst),
        "mcst_payer": ("finance", cast.mcst),
        "moe_reviewer": ("reviewer", cast.moe),
        "moe_approver": ("approver", cast.moe),
        "hongseong_drafter": ("drafter", cast.hongseong),
        "coordinator": ("coordinator", cast.committee),
        "second_coordinator": ("coordinator", cast.committee),
        "budget": ("budget", cast.mpb),
        "auditor": ("auditor", cast.bai),
        "administrator": ("administrator", cast.gangneung),
    }
    for name, post in posts.items():
        cast[name] = factories.person(name, post)
    cast["nobody"] = factories.person("nobody")


@pytest.fixture
def call(cast):
    return factories.call(cast)
