"""The platform's main job in one journey: a text comes in, the city speaks on every way, everyone is answered, the next
edition comes out, a committee gets its synopsis, and a guest reads what became of one contribution.

The chief steps are clicked in a real browser, once with scripts and once without; the rest of the two hundred
contributions is sent through the same forms; everyday runs send a tenth of them.
"""

import io
import json
import re
import zipfile

import pytest

from journey_steps import TEXT, contributes_by_clicking, opens_a_process, passages, press, receipt
from scale import scaled
from visitors_over_http import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BY_GUESTS, BY_CODE, AT_THE_DESK = 40, 60, 94
WORDS = [
    "Licht",
    "Schatten",
    "Wasser",
    "Ruhe",
    "Lernen",
    "Nachbarn",
    "Werkstatt",
    "Schule",
    "Verwaltung",
    "Vertrauen",
    "Daten",
    "Kunst",
    "Sport",
    "Markt",
]


@pytest.fixture(scope="module", params=[True, False], ids=["with scripts", "without scripts"])
def script(request):
    """Whether the browsers of this journey run scripts."""
    return request.param


def test_from_the_promise_to_the_answer(served, opened, script):
    malik = opened("malik", java_script_enabled=script)
    process, ref = opens_a_process(malik, served, TEXT)
    places = passages(Visitor(served.address), ref)

    clicked = [contributes_by_clicking(opened("guest", java_script_enabled=script), served, ref, p) for p in places[:3]]
    # The rest of the two hundred is sent in a thorough run; otherwise both journeys walk the same way with a few.
    many = scaled(0.1, 1.0) if script else 0.05
    said = [*clicked, *_guests(served, ref, places, round(BY_GUESTS * many))]
    _lets_them_count(served)
    said += _people_with_a_code(served, process, ref, places, round(BY_CODE * many))
    said += _frau_krüger(served, process, places, round(AT_THE_DESK * many))
    wording = _proposes(served, ref, places[0])
    said.append(wording)
    assert len(said) == len(set(said))
    assert len(said) >= (scaled(22, 198) if script else 12)

    _answers(malik, served, ref, wording, len(said))
    _publishes_the_next_edition(malik, served, ref)
    _reads_the_synopsis(Visitor(served.address), ref, said)
    trail = opened("guest", java_script_enabled=script)
    trail.goto(f"{served.address}/{wording}")
    assert "Es steht jetzt in der neuen Fassung" in trail.inner_text("main")
    assert "übernommen" in trail.inner_text("main")
    for one in (clicked[0], said[-2]):
        assert "geantwortet" in Visitor(served.address).get(f"/werdegang/{one}/")


def _speaks(visitor: Visitor, ref: str, passage: str, number: int) -> str:
    kind = ("comment", "question", "wording")[number % 3]
    sentence = " ".join(WORDS[(number * step) % len(WORDS)] for step in (1, 3, 5, 7))
    values = {"body": f"Stimme {number}: {sentence}.", "theme": WORDS[number % len(WORDS)], "similar_seen": "on"}
    if kind == "wording":
        values["wording"] = f"Die Stadt sorgt für {sentence}, Fassung {number}."
    visitor.send(f"/texte/{ref}/{passage}/{kind}/beitragen/", "body", **values)
    return receipt(visitor.url)


def _guests(served, ref: str, passages: list[str], count: int) -> list[str]:
    return [_speaks(Visitor(served.address), ref, passages[n % len(passages)], n) for n in range(count)]


def _lets_them_count(served) -> None:
    """All guests of this journey come from one connection: beyond a dozen they wait until a moderator has looked."""
    moderator = Visitor(served.address, session=served.sessions["ayse"])
    while "mehr als sonst von einem Anschluss" in moderator.get("/moderation/"):
        moderator.send("/moderation/", "burst", counts="ja")


def _people_with_a_code(served, process: str, ref: str, passages: list[str], count: int) -> list[str]:
    owner = Visitor(served.address, session=served.sessions["malik"])
    printed = owner.send(f"/beteiligungen/{process}/leitung/codes/", "count", count=str(count))
    codes = list(dict.fromkeys(re.findall(r"\b[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3,4}\b", printed)))
    assert len(codes) == count, f"{len(codes)} codes on the page"
    said = []
    for number, code in enumerate(codes, start=1_000):
        visitor = Visitor(served.address)
        visitor.send("/code/", "code", code=code.lower())
        said.append(_speaks(visitor, ref, passages[number % len(passages)], number))
    return said


def _frau_krüger(served, process: str, passages: list[str], count: int) -> list[str]:
    clerk = Visitor(served.address, session=served.sessions["krueger"])
    said = []
    for number in range(count):
        channel = ("paper", "phone", "stand", "workshop", "desk")[number % 5]
        body = f"Bogen {number}: {WORDS[number % len(WORDS)]} zuerst."
        passage = passages[number % len(passages)]
        page = clerk.send(f"/beteiligungen/{process}/schalter/", "body", channel=channel, passage=passage, body=body)
        said.append(re.search(r"Auf den Bogen:\s*([2-9A-Z]{4}-[2-9A-Z]{4})", page)[1])
    return said


def _proposes(served, ref: str, passage: str) -> str:
    visitor = Visitor(served.address, session=served.sessions["joerg"])
    visitor.send(
        f"/texte/{ref}/{passage}/wording/beitragen/",
        "wording",
        wording="Wir lernen von der Zukunft her und füreinander.",
        body="So versteht es jede und jeder.",
        similar_seen="on",
    )
    return receipt(visitor.url)


def _answers(page, served, ref: str, wording: str, count: int) -> None:
    desk = f"{served.address}/texte/{ref}/redaktion/"
    owner = Visitor(served.address, session=served.sessions["malik"])
    owner.send(desk, "take_over", take_over=wording, **{f"reason-{wording}": "Kürzer und klarer."})
    for _page in range(count):
        page.goto(f"{desk}?stand=offen")
        # The wording is answered with the edition, when its words stand there.
        boxes = page.locator(f"input[type=checkbox][name=ref]:not([value='{wording}'])")
        if not boxes.count():
            break
        for box in boxes.all():
            box.check()
        page.locator("input[name=decision][value=noted]").check()
        page.locator("[name=reason]").fill("Danke. Das geht in die weitere Arbeit ein.")
        press(page, ".actions button[value=answer]")
    assert page.locator("input[type=checkbox][name=ref]").count() == 1


def _publishes_the_next_edition(page, served, ref: str) -> None:
    page.goto(f"{served.address}/texte/{ref}/redaktion/naechste-fassung/veroeffentlichen/")
    page.locator("[name=note]").fill("Ein Absatz ist klarer gesagt.")
    press(page, "main form [type=submit] >> nth=-1")
    assert "/vergleich/" in page.url


def _reads_the_synopsis(visitor: Visitor, ref: str, said: list[str]) -> None:
    base = f"/texte/{ref}/synopse"
    page = visitor.get(f"{base}/")
    table = visitor.get(f"{base}.csv")
    data = visitor.get(f"{base}.json")
    pdf = visitor.fetch(f"{base}.pdf")
    word = zipfile.ZipFile(io.BytesIO(visitor.fetch(f"{base}.docx"))).read("word/document.xml").decode()
    json.loads(data)
    for name, text in {"csv": table, "json": data, "docx": word}.items():
        assert [one for one in said if one not in text] == [], name
    assert said[-1] in page
    assert pdf.startswith(b"%PDF-")


def test_frau_krüger_enters_a_slip_with_few_presses_and_never_leaves_the_keyboard(served, opened):
    page = opened("krueger")
    page.goto(served.url("/schalter/{text}/"))
    presses = 0
    for _press in range(40):
        if page.evaluate("document.activeElement.name") == "passage":
            break
        page.keyboard.press("Tab")
        presses += 1
    page.keyboard.type(served.refs["passage"])
    for _press in range(6):
        if page.evaluate("document.activeElement.name") == "body":
            break
        page.keyboard.press("Tab")
        presses += 1
    page.keyboard.type("Mehr Bänke im Schatten.")
    for _press in range(8):
        if page.evaluate("document.activeElement.type") == "submit":
            break
        page.keyboard.press("Tab")
        presses += 1
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert "Gespeichert. Auf den Bogen:" in page.inner_text("main")
    # Beyond the words themselves.
    assert presses + 1 <= 10
    assert page.evaluate("document.activeElement.name") == "passage", "the next slip begins where this one began"
