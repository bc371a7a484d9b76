"""Editors correct what was read from a file, and write the next edition beside the current one."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import NOW, ayşe, ida, jörg, krüger, malik, office, person, with_role
from forms_on_page import form_with
from mitstadt.ground.organisations.models import Role
from mitstadt.participation.drafting.actions.takings import take_over
from mitstadt.participation.drafting.actions.working_copy import PassageEdit, begin_next_edition, revise
from mitstadt.participation.drafting.models import CoText, Shape, WorkingPassage
from mitstadt.participation.drafting.tests.builders import comment_at, imported, opened, passage, wording_for
from mitstadt.spine.models import RecordState
from visits import on_day, visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]


@pytest.fixture(autouse=True)
def day(monkeypatch):
    on_day(monkeypatch)


def preview(text):
    return f"/texte/{text.ref}/vorbereiten/"


def next_edition(text):
    return f"/texte/{text.ref}/redaktion/naechste-fassung/"


def form_of(page: str) -> dict[str, str]:
    """What a browser would send for the page's rows, unchanged."""
    values = form_with(page, "keys").values
    return {
        name: given[-1]
        for name, given in values.items()
        if re.fullmatch(r"keys|p\d+-(?:seen|words|kind|drop|join)", name)
    }


def row(text, beginning) -> WorkingPassage:
    return text.working_passages.get(words__startswith=beginning)


def rows(text):
    return list(text.working_passages.order_by("position").values_list("shape", "words"))


def test_the_preview_shows_what_was_recognised_and_offers_page_furniture_for_removal():
    text = imported()
    page = visit(malik()).get(preview(text)).content.decode()
    furniture = row(text, "Zum Inhalt")

    assert form_of(page)[f"p{furniture.pk}-drop"] == "on"
    assert len(re.findall(r"\schecked\b", page)) == 1
    assert "1 Stelle gehört wohl zur Webseite" in page


def test_one_form_changes_kinds_and_words_splits_joins_and_drops():
    text = imported()
    browser = visit(malik())
    sent = form_of(browser.get(preview(text)).content.decode())
    stay, water, ways, cycling = (row(text, words).pk for words in ("Der Platz", "Für Kinder", "Wege", "Radfahrende"))
    sent[f"p{stay}-join"] = "on"
    sent[f"p{water}-words"] = "Für Kinder gibt es Wasser zum Planschen."
    sent[f"p{ways}-kind"] = "heading-2"
    sent[f"p{cycling}-words"] = (
        "Radfahrende und Gehende kommen sich nicht in die Quere.\r\n\r\nDie Wege sind eben und hell."
    )

    assert browser.post(preview(text), sent).status_code == 302
    assert rows(text)[-4:] == [
        (
            "paragraph",
            "Der Platz lädt alle zum Verweilen ein. Bänke stehen im Schatten der Linden."
            " Für Kinder gibt es Wasser zum Planschen.",
        ),
        ("heading", "Wege"),
        ("paragraph", "Radfahrende und Gehende kommen sich nicht in die Quere."),
        ("paragraph", "Die Wege sind eben und hell."),
    ]
    assert not text.working_passages.filter(words__startswith="Zum Inhalt").exists()
    assert row(text, "Wege").level == 2


def test_page_furniture_that_is_kept_becomes_a_paragraph():
    text = imported()
    browser = visit(malik())
    sent = form_of(browser.get(preview(text)).content.decode())
    del sent[f"p{row(text, 'Zum Inhalt').pk}-drop"]
    browser.post(preview(text), sent)

    assert row(text, "Zum Inhalt").shape == Shape.PARAGRAPH


def test_saving_unchanged_changes_nothing_but_the_furniture():
    text = imported()
    browser = visit(malik())
    before = [one for one in rows(text) if one[0] != "furniture"]
    browser.post(preview(text), form_of(browser.get(preview(text)).content.decode()))

    assert rows(text) == before


def test_what_a_colleague_wrote_meanwhile_is_not_overwritten_and_ones_own_words_stay():
    text = imported()
    browser = visit(malik())
    sent = form_of(browser.get(preview(text)).content.decode())
    water = row(text, "Für Kinder")
    revise(text, actor=malik(), edits=[PassageEdit(water.pk, words="Für Kinder gibt es Sand.")], now=NOW)
    sent[f"p{water.pk}-words"] = "Für Kinder gibt es Bäche."
    refused = browser.post(preview(text), sent)
    page = refused.content.decode()

    assert refused.status_code == 422
    assert "Jemand hat das gerade vor Ihnen geändert." in page
    assert "Für Kinder gibt es Bäche." in page
    assert re.search(r"Inzwischen steht hier:\s*<q[^>]*>Für Kinder gibt es Sand\.</q>", page)
    water.refresh_from_db()
    assert water.words == "Für Kinder gibt es Sand."

    browser.post(preview(text), form_of(page))
    water.refresh_from_db()
    assert water.words == "Für Kinder gibt es Bäche."


def test_words_for_a_passage_that_a_colleague_took_away_are_shown_not_lost():
    text = imported()
    browser = visit(malik())
    sent = form_of(browser.get(preview(text)).content.decode())
    water = row(text, "Für Kinder")
    revise(text, actor=malik(), edits=[PassageEdit(water.pk, drop=True)], now=NOW)
    sent[f"p{water.pk}-words"] = "Für Kinder gibt es Bäche."
    refused = browser.post(preview(text), sent)

    assert refused.status_code == 422
    assert "Für Kinder gibt es Bäche." in refused.content.decode()


def test_a_form_cannot_reach_into_another_text():
    text, other = imported(), opened(title="Anderswo?")
    begin_next_edition(other, actor=malik(), now=NOW)
    foreign = other.working_passages.first()
    browser = visit(malik())
    sent = form_of(browser.get(preview(text)).content.decode())
    sent["keys"] += f" {foreign.pk}"
    sent[f"p{foreign.pk}-words"] = "Fremde Worte"
    browser.post(preview(text), sent)

    foreign.refresh_from_db()
    assert foreign.words != "Fremde Worte"


def test_a_text_of_three_hundred_passages_is_paged_and_saved_page_by_page():
    text = imported(words="Langer Text\n\n" + "\n\n".join(f"Absatz Nummer {n} sagt etwas." for n in range(300)))
    browser = visit(malik())
    browser.get(preview(text))
    with CaptureQueriesContext(connection) as reading:
        page = browser.get(f"{preview(text)}?seite=3").content.decode()
    sent = form_of(page)
    key = row(text, "Absatz Nummer 150 ").pk
    sent[f"p{key}-words"] = "Absatz 150 sagt jetzt mehr."
    with CaptureQueriesContext(connection) as writing:
        answer = browser.post(f"{preview(text)}?seite=3", {**sent, "go": "next"})

    assert answer.headers["Location"].endswith("?seite=4")
    assert text.working_passages.count() == 301
    assert row(text, "Absatz 150 ").words == "Absatz 150 sagt jetzt mehr."
    assert len(reading) <= 20
    assert len(writing) <= 32


@pytest.mark.parametrize("who", [None, jörg, ayşe, krüger])
def test_only_editors_write(who):
    text = opened()
    begin_next_edition(text, actor=malik(), now=NOW)
    browser = visit(who() if who else None)
    for page in (next_edition(text), f"{next_edition(text)}veroeffentlichen/", preview(text), f"{preview(text)}laden/"):
        assert browser.get(page).status_code == 403
        assert browser.post(page, {"do": "discard", "note": "x"}).status_code == 403
    assert text.working_passages.exists()


def test_editors_of_another_office_do_not_write_here():
    text = opened()
    stranger = with_role(person("Nina"), Role.EDITOR, office("Bezirksamt Pankow", "ba-pankow"))

    assert visit(stranger).get(next_edition(text)).status_code == 403


def test_a_published_text_is_no_longer_a_preview():
    text = opened()

    assert visit(malik()).get(preview(text)).headers["Location"] == next_edition(text)
    answer = visit(malik()).post(f"{preview(text)}laden/", {"pasted": "Ein neuer Text."})
    assert answer.status_code == 422
    assert "Der Text ist schon veröffentlicht." in answer.content.decode()
    assert "Ein neuer Text." in answer.content.decode()


def test_the_next_edition_is_written_beside_the_current_one_and_published():
    text = opened()
    water = passage(text, "Für Kinder")
    said = wording_for(water, "Für Kinder gibt es Wasser und Sand.", actor=ida())
    comment_at(water, actor=jörg())
    browser = visit(malik())

    assert "noch nicht begonnen" in browser.get(next_edition(text)).content.decode()
    browser.post(next_edition(text), {"do": "begin"})
    take_over(said, actor=malik(), reason="Gute Idee.", now=NOW)
    page = browser.get(next_edition(text)).content.decode()
    assert f"2 Beiträge zu {water.number}" in page
    assert said.ref in page

    sent = form_of(page)
    ways, cycling = row(text, "Wege").pk, row(text, "Radfahrende").pk
    sent[f"p{ways}-added"] = "Die Wege sind breit.\r\n\r\nSie führen rund um den Platz."
    sent[f"p{ways}-added-kind"] = "paragraph"
    sent[f"p{cycling}-drop"] = "on"
    assert browser.post(next_edition(text), {**sent, "go": "on"}).headers["Location"].endswith("/veroeffentlichen/")

    check = browser.get(f"{next_edition(text)}veroeffentlichen/").content.decode()
    assert "geändert: 1, neu: 2, gestrichen: 1" in check
    assert browser.post(f"{next_edition(text)}veroeffentlichen/", {"note": ""}).status_code == 422
    sent = {"note": "Wasser und Sand.", f"{said.ref}-reason": "Gute Idee."}
    done = browser.post(f"{next_edition(text)}veroeffentlichen/", sent)
    compared = browser.get(done.headers["Location"]).content.decode()

    assert text.editions.count() == 2
    assert not text.working_passages.exists()
    for fate, count in [("geändert", 1), ("neu", 2), ("gestrichen", 1)]:
        assert f"<span>{count} {fate}</span>" in compared
    assert "Wasser und Sand." in compared


def test_a_dropped_passage_can_be_taken_up_again_at_its_place():
    text = opened()
    begin_next_edition(text, actor=malik(), now=NOW)
    water = passage(text, "Für Kinder")
    revise(text, actor=malik(), edits=[PassageEdit(row(text, "Für Kinder").pk, drop=True)], now=NOW)
    browser = visit(malik())

    assert "In dieser Fassung gestrichen" in browser.get(next_edition(text)).content.decode()
    browser.post(next_edition(text), {"do": "restore", "passage": water.ref})

    order = [words for _shape, words in rows(text)]
    assert order.index(water.body) == order.index("Wege") - 1
    assert list(row(text, "Für Kinder").predecessors.all()) == [water]


def test_a_draft_can_be_discarded():
    text = opened()
    browser = visit(malik())
    browser.post(next_edition(text), {"do": "begin"})
    browser.post(next_edition(text), {"do": "discard"})

    assert not text.working_passages.exists()
    assert text.editions.count() == 1


def test_nothing_new_is_not_published():
    text = opened()
    browser = visit(malik())
    browser.post(next_edition(text), {"do": "begin"})
    answer = browser.post(f"{next_edition(text)}veroeffentlichen/", {"note": "Alles wie vorher."})

    assert answer.status_code == 422
    assert "Alles wie vorher." in answer.content.decode()
    assert text.editions.count() == 1


def test_a_text_that_is_not_public_has_no_comparison_for_strangers():
    text = imported()

    assert visit(jörg()).get(f"/texte/{text.ref}/vergleich/").status_code == 404
    assert CoText.objects.get(pk=text.pk).state == RecordState.DRAFT
    assert visit().get(f"/texte/{opened().ref}/vergleich/?von=1&bis=9").status_code == 404
