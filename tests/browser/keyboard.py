"""Use a page by keyboard only: everything is reached with Tab and done with keys."""

MOST_TABS = 400


def reach(page, selector):
    """Press Tab until the element has the focus; fails if the keyboard cannot get there."""
    for _tab in range(MOST_TABS):
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector} on {page.url}")


def write(page, selector, text):
    reach(page, selector)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def choose(page, selector, value):
    """Choose an option of a list with the arrow keys."""
    reach(page, selector)
    page.keyboard.press("Home")
    for _step in range(100):
        if page.eval_on_selector(selector, "(list) => list.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} cannot be chosen in {selector}")


def press(page, selector):
    """Press a button or follow a link, and wait for the page it leads to."""
    reach(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def pick(page, name, value):
    """Pick one of some radio buttons with the arrow keys."""
    reach(page, f"[name={name}]")
    for _step in range(20):
        if page.evaluate("() => document.activeElement.value") == value:
            page.keyboard.press("Space")
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} cannot be picked of {name}")
