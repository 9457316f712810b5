"""The webhook channel: every mail is also sent, signed, as JSON to an address."""

import hmac
import json
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import urlsplit

from django.db.models import Q

from accounts.models import Membership
from foundation.time import clock

from ..models import Hook

PATIENCE = 10  # seconds that an address has to answer
WAYS = {"http": HTTPConnection, "https": HTTPSConnection}


class Webhook:
    """One POST of JSON for each notice or digest; a status 2xx means that it was accepted.

    The header ``House-Signature`` is the HMAC-SHA-256, in hex, of the moment in
    ``House-Moment`` (seconds since 1970), a full stop and the body. Redirects are not followed.
    """

    name = "webhook"

    def targets(self, mail):
        posts = Membership.objects.active(clock.today()).filter(user=mail.person).order_by()
        whose = Q(organisation=None) | Q(organisation__in=posts.values("organisation"))
        hooks = Hook.objects.filter(whose, is_on=True).order_by("pk")
        return [str(pk) for pk in hooks.values_list("pk", flat=True)]

    def send(self, relay):
        hook = Hook.objects.get(pk=relay.target, is_on=True)
        body = json.dumps(relay.payload, ensure_ascii=False).encode()
        status = post(hook.url, body, headers_of(hook, body, str(int(clock.now().timestamp()))))
        if not 200 <= status < 300:
            raise NotTakenError(f"answered {status}")


class NotTakenError(Exception):
    """The address did not answer with a status 2xx."""


def headers_of(hook, body, moment):
    return {
        "Content-Type": "application/json; charset=utf-8",
        "House-Moment": moment,
        "House-Signature": signature(hook.secret, moment, body),
    }


def signature(secret, moment, body):
    return hmac.digest(secret.encode(), f"{moment}.".encode() + body, "sha256").hex()


def post(url, body, headers):
    """The status of the response; its body is not read."""
    place = urlsplit(url)
    connection = WAYS[place.scheme](place.hostname, place.port, timeout=PATIENCE)
    path = place._replace(scheme="", netloc="", fragment="").geturl() or "/"
    try:
        connection.request("POST", path, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()
