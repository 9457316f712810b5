"""Pages of one's own secret calendar URL, and the calendar feed."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import Feed
from foundation.time import clock

from ..calendar_feed import AGAIN, calendar_of, tag_of

LABELS = {
    "make": gettext_lazy("Make an address"),
    "revoke": gettext_lazy("Revoke the address"),
}
OPEN = {
    "Cache-Control": f"private, max-age={int(AGAIN.total_seconds())}",
    "Content-Disposition": 'inline; filename="my-work.ics"',
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


@login_not_required
@require_safe
def feed(request, secret):
    """The calendar of a secret URL, without signing in; 404 if it is unknown or revoked."""
    found = Feed.objects.of_secret(secret)
    if found is None:
        raise Http404
    body = calendar_of(found.person, clock.today())
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=OPEN)
    answer["ETag"] = tag_of(body)
    return get_conditional_response(request, etag=answer["ETag"], response=answer)


@never_cache
def calendar(request):
    return draw(request)


@never_cache
def change_calendar(request, change):
    """Make a new URL instead of the present one, or revoke it; GET asks first."""
    if change not in LABELS:
        raise Http404
    if request.method == "POST":
        return make(request) if change == "make" else revoke(request)
    feed = own(request)
    if change == "revoke" and feed is None:
        return redirect("reminders:calendar")
    context = {"change": change, "label": LABELS[change], "feed": feed}
    return render(request, "reminders/work/change_calendar.html", context)


def make(request):
    secret = Feed.objects.make(request.user, instead_of=seen(request))
    if secret is None:
        return draw(request, status=409, refused=True)
    address = f"{settings.SITE_URL}{reverse('reminders:calendar-feed', args=[secret])}"
    subscribe = urlsplit(address)._replace(scheme="webcal").geturl()
    return draw(request, address=address, subscribe=subscribe)


def revoke(request):
    if not Feed.objects.revoke(request.user, instead_of=seen(request)):
        return draw(request, status=409, refused=True)
    messages.success(request, _("The address is revoked."))
    return redirect("reminders:calendar")


def own(request):
    return Feed.objects.open().filter(person=request.user).first()


def seen(request):
    """The key of the URL that the page showed; None for no URL."""
    sent = request.POST.get("seen", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 18 else None


def draw(request, *, status=200, **more):
    context = {"feed": own(request)} | more
    return render(request, "reminders/work/calendar.html", context, status=status)
