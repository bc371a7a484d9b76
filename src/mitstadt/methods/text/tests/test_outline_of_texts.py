"""Texts of many kinds come in with their headings, lists, quotes, tables and page furniture recognised."""

from pathlib import Path

import pytest

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.text.outline import Passage, read_file, read_text
from real_data import real_file

TEXTS = Path(__file__).parent / "texts"
NAMES = sorted(path.name for path in TEXTS.iterdir() if path.suffix != ".outline")


def as_line(passage):
    text = passage.text.replace("\n", " / ")
    mark = f"{passage.marker} " if passage.marker else ""
    return f"{passage.ref}\t{passage.level}\t{passage.kind}\t{'. ' * passage.depth}{mark}{text}"


@pytest.mark.parametrize("name", NAMES)
def test_a_text_is_read_as_a_person_would_outline_it(name):
    outline = read_file((TEXTS / name).read_bytes(), name)

    expected = (TEXTS / f"{name}.outline").read_text().splitlines()
    assert [as_line(passage) for passage in outline.passages] == expected


def test_there_are_enough_different_texts():
    assert len(NAMES) >= 15


@pytest.fixture
def mission():
    path = real_file("../mission/zukunftsperspektiven-faehigkeiten.txt")
    return read_file(path.read_bytes(), path.name)


def headings(outline, level):
    return [passage.text for passage in outline.passages if passage.kind == "heading" and passage.level == level]


def test_the_three_perspectives_are_sections_of_the_mission_text(mission):
    assert mission.title == "Zukunftsperspektiven - Fähigkeiten"
    assert headings(mission, 2) == [
        "Einleitung Zukunftsperspektiven: Fähigkeiten",
        "Kooperative Gestaltung",
        "Zukunftskompetenzen für alle",
        "Ermöglichende Verwaltung",
    ]


def test_every_perspective_has_the_same_sections_below_it(mission):
    below = ["Aktuelle Dynamiken", "Gute Praxis als Inspiration", "Wegweiser für die Strategieentwicklung"]
    scenario = ["Organisationsformen", "Wirtschaftliche Aspekte", "Soziale Aspekte", "Umweltbezüge"]

    assert [text for text in headings(mission, 3) if not text.startswith("Lebenswert")] == below * 3
    assert len(headings(mission, 3)) == 12
    assert headings(mission, 4) == scenario * 3


def test_the_list_of_perspectives_is_a_list_with_its_introduction(mission):
    items = [passage for passage in mission.passages if passage.kind == "list_item"]
    introduction = next(passage for passage in mission.passages if passage.ref == items[0].introduced_by)

    assert [item.text for item in items] == headings(mission, 2)[1:]
    assert introduction.text.endswith("Zukunftsperspektiven grundlegend:")


def test_page_furniture_of_the_mission_text_is_offered_for_removal(mission):
    furniture = [(passage.text, passage.reason) for passage in mission.passages if passage.kind == "furniture"]

    assert furniture == [("Zum Inhalt springen", "skip_link"), ("Kommentare", "comments")]


def test_the_levels_come_from_the_pattern_not_from_the_words(mission):
    """The same text with every heading replaced by a made-up one keeps its levels."""
    path = real_file("../mission/zukunftsperspektiven-faehigkeiten.txt")
    names = dict.fromkeys(p.text for p in mission.passages if p.kind == "heading" and ":" not in p.text)
    invented = {name: f"Thema {'ABCDEFGHIJKLMNOPQR'[n]}lpha Wort" for n, name in enumerate(names)}
    text = path.read_text()
    for name, other in invented.items():
        text = text.replace(name, other)

    levels = [p.level for p in read_text(text, name=path.name).passages]

    assert levels == [p.level for p in mission.passages]


def test_an_order_word_in_a_sentence_is_no_heading():
    outline = read_text("Titel\n\nAm Montag tagt der Rat.\n\n3. Mai 2024\n\nDanach entscheidet er.")

    assert [p.kind for p in outline.passages] == ["title", "paragraph", "paragraph", "paragraph"]


def test_ordinary_words_are_furniture_only_at_the_edges():
    text = "Suche\n\nDatenstrategie\n\nWir schützen Daten.\n\nDatenschutz\n\nDaten gehören allen.\n\nDatenschutz"

    outline = read_text(text)

    assert [(p.text, p.kind) for p in outline.passages][3] == ("Datenschutz", "heading")
    assert [p.kind for p in outline.passages][::5] == ["furniture", "furniture"]


def test_words_cut_at_line_ends_are_whole_again_and_half_words_keep_their_hyphen():
    text = (
        "Wir fördern die Stadtent-\nwicklung und die Bildungs- und\n"
        "Kulturarbeit sowie Smart-\nCity-Vorhaben im ganzen Land."
    )

    assert read_text(text).passages[0].text == (
        "Wir fördern die Stadtentwicklung und die Bildungs- und Kulturarbeit sowie Smart-City-Vorhaben im ganzen Land."
    )


def test_lost_bullets_below_a_colon_are_still_a_list():
    outline = read_text("Titel\n\nWichtig sind:\n\nRuhe\n\nGrün\n\nLuft\n\nAusblick\n\nEs wird gut.")

    assert [p.kind for p in outline.passages] == ["title", "paragraph", *["list_item"] * 3, "heading", "paragraph"]


def test_a_very_long_paragraph_is_cut_at_a_sentence_and_the_person_is_told():
    outline = read_text("Ein Satz über die Stadt. " * 2_000)

    assert len(outline.passages) == 3
    assert all(p.text.endswith("Stadt.") and len(p.text) <= 20_000 for p in outline.passages)
    assert [n.code for n in outline.notices] == ["passages_cut"]


def test_too_many_passages_are_refused_with_a_number():
    with pytest.raises(MethodError, match=r"4000 passages; at most 3000") as caught:
        read_text("\n\n".join(f"Das ist Satz {n}." for n in range(4_000)))

    assert caught.value.code == "text_too_many_passages"


def test_reading_is_quick_for_the_longest_text_allowed(mission):
    outline = read_text("\n\n".join("Dieser Satz steht in einem langen Text. " * 41 for _ in range(2_900)))

    assert len(outline.passages) == 2_900
    assert isinstance(outline.passages[0], Passage)
