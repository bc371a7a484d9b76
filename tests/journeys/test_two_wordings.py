"""Two people want different words at one passage: the editors see it, decide, and the record ends true for both."""

import json
import re

import pytest

from visitors_over_http import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module", params=[True, False], ids=["with scripts", "without scripts"])
def script(request):
    """Whether the browser of the editor runs scripts."""
    return request.param


def test_only_the_wording_that_stands_there_is_called_taken_over(served, opened, script):
    ref, how = served.refs["text"], "mit Skript" if script else "ohne Skript"
    first, second = f"Die Wege sind eben, {how}.", f"Hier fahren nur Busse, {how}."
    one, two = (_proposes(served, name, ref, words) for name, words in (("joerg", first), ("guest", second)))
    malik = opened("malik", java_script_enabled=script)

    malik.goto(f"{served.address}/texte/{ref}/redaktion/?art=wording&stand=offen")
    _takes_over(malik, one, "So ist es klarer.")
    assert "Die Antwort wird mit der nächsten Fassung öffentlich" in malik.inner_text("main, [role=status] >> nth=0")
    _takes_over(malik, two, "Zwei Gründe.")
    page = malik.inner_text("main")
    assert "liest sich im Entwurf schon anders" in page
    assert first in page
    assert second in page
    _press(malik, f"button[name=note][value='{two}']")
    assert "übernommen" not in Visitor(served.address).get(f"/werdegang/{one}/")

    malik.goto(f"{served.address}/texte/{ref}/redaktion/naechste-fassung/veroeffentlichen/")
    page = malik.inner_text("main")
    assert "Der Wortlaut steht ganz im Entwurf." in page
    assert "ein anderer Wortlaut vorgemerkt" in page
    malik.locator("[name=note]").fill("Ein Absatz ist klarer gesagt.")
    _press(malik, "main form [type=submit] >> nth=-1")
    assert "Die Antwort fehlt" in malik.inner_text("main")
    assert malik.locator(f"[name='{two}-reason']").input_value() == "Zwei Gründe."
    malik.locator(f"input[name='{two}-decision'][value=not]").check()
    _press(malik, "main form [type=submit] >> nth=-1")
    assert "/vergleich/" in malik.url

    guest = Visitor(served.address)
    data = json.loads(guest.fetch(f"/texte/{ref}/synopse.json"))
    said = {voice["ref"]: voice for row in data["passages"] for voice in row["contributions"]}
    assert [said[key]["answer"]["decision"] for key in (one, two)] == ["taken_up", "not"]
    assert [len(said[key]["taken_up_in"]) for key in (one, two)] == [1, 0]
    assert "Es steht jetzt in der neuen Fassung" in guest.get(f"/werdegang/{one}/")
    assert "Es steht jetzt in der neuen Fassung" not in guest.get(f"/werdegang/{two}/")
    assert first in guest.get(f"/texte/{ref}/")
    assert second not in guest.get(f"/texte/{ref}/")


def _proposes(served, who: str, ref: str, words: str) -> str:
    visitor = Visitor(served.address, session=served.sessions.get(who, ""))
    passage = re.findall(rf"/texte/{ref}/([2-9A-Z]{{4}}-[2-9A-Z]{{4}})/", visitor.get(f"/texte/{ref}/"))[-1]
    visitor.send(
        f"/texte/{ref}/{passage}/wording/beitragen/", "wording", wording=words, body="Darum.", similar_seen="on"
    )
    return re.search(r"/beleg/([2-9A-Z]{4}-[2-9A-Z]{4})/", visitor.url)[1]


def _takes_over(page, said: str, reason: str) -> None:
    row = page.locator(f"#b-{said}")
    row.locator("summary").click()
    row.locator("textarea").fill(reason)
    with page.expect_navigation():
        row.locator("button[name=take_over]").click()


def _press(page, button: str) -> None:
    with page.expect_navigation():
        page.locator(button).click()
