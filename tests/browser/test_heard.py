"""The main pages are heard in the order that docs/reading-order.md writes down, and what was done is heard at once."""

from pathlib import Path

import pytest

from heard import LANDMARKS, Heard, Written, against, heard_on, written_orders

pytestmark = pytest.mark.browser

PHONE = {"width": 320, "height": 640}
ORDERS = written_orders(Path(__file__).parents[2] / "docs/reading-order.md")
PAGES = {
    "Home": "/",
    "Process": "/beteiligungen/{process}/",
    "Text": "/texte/{text}/",
    "Passage": "/texte/{text}/{passage}/",
    "Contribution": "/beitraege/{contribution}/",
    "Trail": "/werdegang/{contribution}/",
}


def test_the_orders_of_all_six_pages_are_written():
    assert ORDERS.keys() == PAGES.keys()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_heard_in_the_order_that_is_written(served, opened, name):
    page = opened("guest", viewport=PHONE)
    page.goto(served.url(PAGES[name]))

    assert against(ORDERS[name], heard_on(page)) == []


@pytest.mark.parametrize("name", PAGES)
def test_the_main_button_stands_above_the_fold_of_a_phone(served, opened, name):
    page = opened("guest", viewport=PHONE)
    page.goto(served.url(PAGES[name]))

    box = page.locator("main .btn--primary").first.bounding_box()

    assert box is not None
    assert box["y"] + box["height"] <= PHONE["height"]


def test_a_text_has_few_landmarks_and_one_stop_for_each_passage(served, opened):
    page = opened("guest")
    page.goto(served.url("/texte/{text}/"))
    passages = page.locator(".passage").count()

    assert passages
    assert sum(one.role in LANDMARKS for one in heard_on(page)) <= 8
    assert page.locator(".passage a, .passage button").count() == passages


def test_what_was_done_is_heard_first(served, opened):
    page = opened("joerg")
    page.goto(served.url("/meine-seite/einstellungen/"))
    page.locator("main form button[type=submit]").first.click()
    page.locator(".messages").wait_for()

    assert page.evaluate("document.activeElement.className") == "messages"
    assert page.title().startswith("Meldung:")


def test_dots_of_the_map_are_named_as_they_look(served, opened):
    page = opened("guest")
    page.goto(served.address)

    for dot in page.locator(".map a:has(.map__dot)").all():
        assert dot.get_attribute("aria-label").startswith(f"{dot.inner_text().strip()}: ")


def test_a_page_that_is_heard_otherwise_is_noticed():
    order = [
        Written("main", each=False),
        Written("heading 1 „… plant.“", each=False),
        Written("heading 2 „…“", each=True),
    ]
    main, city, more = Heard("main", ""), Heard("heading", "Berlin plant.", 1), Heard("heading", "Jetzt", 2)

    assert against(order, [main, city, more, more]) == []
    assert against(order, [main, more, city]) == ["Written: heading 1 „… plant.“. Heard: heading 2 „Jetzt“."]
    assert against(order, [main, city, Heard("region", "Neu")]) == ["Heard and not written: region „Neu“"]
