"""Steps that several journeys walk: open a process with a text, say something, press a button."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from real_data import DATA
from served import Served
from visitors_over_http import Visitor

_OURS = Path(__file__).parent / "journeys/own_text.txt"
_MISSION = DATA / "../mission/zukunftsperspektiven-faehigkeiten.txt"
# The text that the city writes together.
TEXT = _MISSION if _MISSION.exists() else _OURS


def opens_a_process(page: Any, served: Served, path: Path) -> tuple[str, str]:
    """The refs of the process and of its text."""
    page.goto(served.url("/beteiligungen/neu/"))
    page.locator("[name=title]").fill("Welche Fähigkeiten braucht die Stadt von morgen?")
    page.locator("[name=body]").fill("Die Stadt schreibt ihre Strategie gemeinsam.")
    press(page, "main form [type=submit] >> nth=0")
    ref = _ref_in(page.url, "/beteiligungen/")
    for _step in range(20):
        if page.url.endswith("/vorbereiten/inhalt/"):
            break
        answer_one_question(page)
    press(page, "main a[href*='/texte/'] >> nth=0")
    text_ref = _ref_in(page.url, "/texte/")
    page.locator("input[type=file]").set_input_files(path)
    press(page, "main form [type=submit] >> nth=0")
    preview = page.inner_text("main")
    assert "Überschriften: " in preview
    while "/pruefen/" not in page.url:
        press(page, "#absaetze button[value=next], #absaetze button[value=on]")
    assert "Alles da" in page.inner_text("h1"), page.inner_text("main")[:500]
    press(page, "main button:has-text('Beteiligung öffnen')")
    text = Visitor(served.address).get(f"/texte/{text_ref}/")
    main = text[text.index("<main") :].split("Zum Inhalt springen")
    assert len(main) == 1, "the furniture of the web page was published"
    return ref, text_ref


def _ref_in(url: str, place: str) -> str:
    found = re.search(rf"{place}([2-9A-Z]{{4}}-[2-9A-Z]{{4}})/", url)
    assert found, url
    return found[1]


def answer_one_question(page: Any) -> None:
    """Whatever is asked: words, a day, a choice."""
    for field in page.locator("main textarea:visible").all():
        field.fill("Jeder Absatz dieses Textes; was feststeht, steht dabei.")
    for field in page.locator("main input[name=value][type=date], main input[name=value]:not([type=radio])").all():
        field.fill(str(today() + timedelta(days=60)))
    if page.locator("[name=title]").count():  # asked where a city offers more than one format
        page.locator("[name=title]").fill("Gemeinsam schreiben")
    if page.locator("[name=first_day]").count():
        page.locator("[name=first_day]").fill(str(today() - timedelta(days=1)))
        page.locator("[name=last_day]").fill(str(today() + timedelta(days=30)))
    for select in page.locator("main select:visible").all():
        select.select_option(index=1)
    names = {radio.get_attribute("name") for radio in page.locator("main input[type=radio]").all()}
    for name in sorted(names):
        page.locator(f"main input[type=radio][name={name}]").first.check()
    if page.locator("[name=four_eyes]").count():
        page.locator("[name=four_eyes]").check()
    if page.locator("[name=format][value=drafting]").count():
        page.locator("[name=format][value=drafting]").check()
    before = page.url
    press(page, "main form[method=post] [type=submit] >> nth=0")
    assert page.url != before, page.inner_text("main")[:800]


def today() -> date:
    """The day of the served city, whose clock is the real one."""
    return datetime.now(UTC).date()  # noqa: TID251  # the served city has its own clock


def press(page: Any, button: str) -> None:
    """Press a button that leads to another page."""
    with page.expect_navigation():
        page.locator(button).click()


def passages(visitor: Visitor, ref: str) -> list[str]:
    """The refs of all passages, in their order."""
    text = visitor.get(f"/texte/{ref}/")
    return list(dict.fromkeys(re.findall(rf"/texte/{ref}/([2-9A-Z]{{4}}-[2-9A-Z]{{4}})/", text)))


def contributes_by_clicking(page: Any, served: Served, ref: str, passage: str) -> str:
    """Say something about a passage; its ref."""
    page.goto(f"{served.address}/texte/{ref}/{passage}/")
    page.locator("#beitrag [name=body]").fill(f"Zu {passage} fehlt mir ein Beispiel aus dem Kiez.")
    press(page, "#beitrag [type=submit] >> nth=0")
    if "/beitragen/" in page.url:
        press(page, "#formular .actions [type=submit] >> nth=0")
    return receipt(page.url)


def receipt(url: str) -> str:
    """The ref on a receipt, from its address."""
    found = re.search(r"/beleg/([2-9A-Z]{4}-[2-9A-Z]{4})/", url)
    assert found, f"no receipt at {url}"
    return found[1]
