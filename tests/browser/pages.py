"""Helpers of browser tests: sign in, page width, accessibility findings."""

from django.conf import settings
from django.test import Client

from accounts.models import User
from tests.effort import LONG, effort

WIDTHS = (360, 1280)
EVERY_COMBINATION = [("ko", 360), ("ko", 1280), ("en", 360), ("en", 1280)]
NARROW = effort([("ko", 360)], EVERY_COMBINATION)  # language and width of a test
WIDE = effort([("en", 1280)], EVERY_COMBINATION)
BOTH = ["ko", "en"]
KOREAN, ENGLISH = effort(["ko"], BOTH), effort(["en"], BOTH)  # languages of a test
SERIOUS = ("serious", "critical")


def sign_in(chromium, live_server, email, language):
    """A page of a signed-in person, in a browser context with its own cookies.

    The sign-in form is tested in ``test_pages.py``.
    """
    client = Client()
    client.force_login(User.objects.get(email=email))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookies = {settings.SESSION_COOKIE_NAME: session, settings.LANGUAGE_COOKIE_NAME: language}
    context = chromium.new_context(viewport={"width": WIDTHS[-1], "height": 900})
    context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    return context.new_page()


def in_turn(pages, language):
    """All pages with ``bin/test --long``; else every second one, the others in the other language."""
    return pages if LONG else pages[language == "en" :: 2]


def too_wide(page):
    """The widths at which a page is wider than the window, the current width first."""
    current = page.viewport_size["width"]
    widths = sorted(WIDTHS, key=lambda width: width != current)  # a change of width takes long
    return [width for width in widths if is_too_wide(page, width)]


def is_too_wide(page, width):
    if page.viewport_size["width"] != width:
        page.set_viewport_size({"width": width, "height": 900})
    return page.locator("html").evaluate("html => html.scrollWidth > window.innerWidth")


def findings(page, axe):
    """Serious accessibility findings of axe on this page: [(rule, start of the element's HTML)].

    Transitions are ended first, because axe would measure a colour that is still changing.
    """
    page.evaluate("() => document.getAnimations().forEach(running => running.cancel())")
    options = "{preload: false, resultTypes: ['violations']}"
    found = page.evaluate(
        f"async () => {{ {axe}; return (await axe.run(document, {options})).violations }}"
    )
    return [(v["id"], v["nodes"][0]["html"][:200]) for v in found if v["impact"] in SERIOUS]
