import pytest
from django.urls import reverse

from tests import factories


@pytest.fixture
def administrator(cast, client):
    cast["administrator"].is_staff = True
    cast["administrator"].save()
    client.force_login(cast["administrator"])
    return client


def address(user):
    return reverse("admin:accounts_user_change", args=[user.pk])


def test_administrator_manages_people(cast, administrator):
    page = administrator.get(address(cast["drafter"]))

    assert page.status_code == 200
    assert "사용자와 기관" in page.content.decode()


def test_administrator_gives_no_post_to_themselves(cast, administrator):
    sent = {"email": "x@example.org", "name": "x", "language": "ko"}

    assert administrator.post(address(cast["administrator"]), sent).status_code == 403


def test_people_are_not_deleted(cast, administrator):
    delete = reverse("admin:accounts_user_delete", args=[cast["drafter"].pk])

    assert administrator.post(delete, {"post": "yes"}).status_code == 403


def test_others_manage_nobody(cast, client):
    client.force_login(cast["coordinator"])

    assert client.get(address(cast["drafter"])).status_code == 302
    assert factories.person("new").memberships.count() == 0
