"""Support and reply in a real browser: in place with scripts, as whole pages without, and nobody loses their place."""

import pytest

pytestmark = pytest.mark.browser
ANSWER = "Am Eingang, wo die Räder stehen."


def watched(page):
    """A page that remembers what the policy refused, and how often it was loaded."""
    page.refused, page.loads = [], []
    page.on("console", lambda message: page.refused.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.refused.append(str(error)))
    page.on("load", lambda: page.loads.append(page.url))
    return page


def comes_to(page, selector: str) -> None:
    """Waits until the focus is there."""
    page.wait_for_function("selector => document.activeElement.matches(selector)", arg=selector, timeout=5_000)


def test_with_scripts_only_the_control_and_the_reply_change(served, opened):
    page = watched(opened("ayse"))
    page.goto(served.url("/beitraege/{contribution}/"))
    control = page.locator(".talk .support:not(.follow)")
    before = control.inner_text()

    button = f"unterstuetzen-{served.refs['contribution']}"
    page.locator(f"#{button}").click()
    page.locator(".talk .support form[action*='nicht-mehr']").wait_for()
    assert control.inner_text() != before
    assert page.locator("#geschehen").inner_text() == "Ihre Unterstützung zählt."
    comes_to(page, f"#{button}")

    ref = served.refs["comment"]
    page.locator(f"#antworten-{ref}").click()
    field = page.locator(f"#id_{ref}_text")
    field.wait_for()
    comes_to(page, f"#id_{ref}_text")
    page.locator(".reply-slot form button").click()
    page.locator(".reply-slot .error-summary").wait_for()
    comes_to(page, ".error-summary")

    field.fill(ANSWER)
    page.locator(".reply-slot form button").click()
    reply = page.locator(".comment__replies .comment", has_text=ANSWER)
    reply.wait_for()
    assert "Ihr Kommentar ist angekommen." in page.locator("#geschehen").inner_text()
    comes_to(page, ".comment__head")
    assert page.locator(".reply-slot form").count() == 0

    page.locator(f"#antworten-{ref}").click()
    page.locator("[data-close-part]").click()
    comes_to(page, f"#antworten-{ref}")
    assert len(page.loads) == 1
    # A refused form is an error to the console and none to us.
    assert [text for text in page.refused if "422" not in text] == []


def test_a_guest_goes_on_after_the_first_tap_changed_the_keys_of_all_forms(served, opened):
    page = watched(opened("guest"))
    page.goto(served.url("/beitraege/{contribution}/"))
    page.locator(".talk .support button").click()
    page.locator(".talk .support form[action*='nicht-mehr']").wait_for()
    page.locator(".comment .support button").first.click()
    page.locator(".comment .support form[action*='nicht-mehr']").first.wait_for()

    assert page.refused == []


def test_without_scripts_the_same_deeds_are_whole_pages(served, opened):
    page = opened("code", java_script_enabled=False)
    page.goto(served.url("/beitraege/{contribution}/"))
    forms = page.locator(".talk .support form")
    was = forms.get_attribute("action")
    page.locator(".talk .support button").click()
    assert page.locator(".messages").inner_text().strip()
    assert forms.get_attribute("action") != was

    page.locator(f"#antworten-{served.refs['comment']}").click()
    page.locator("textarea[name=text]").fill("Das sehe ich auch so.")
    page.get_by_role("button", name="Kommentar einreichen").click()
    assert "Ihr Kommentar ist angekommen." in page.inner_text("main")
