"""A sheet on paper: every box is found again where our table says, and it reads well with the ears."""

import io
import json
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pypdfium2
import pytest
from pypdf import PdfReader
from scipy import ndimage

from mitstadt.ground.sheets.marks import Mark, form_of, one_time_codes, printed_mark, read_mark
from mitstadt.ground.sheets.questions import Choice, LongText, OneOf, Section, Sheet
from mitstadt.ground.sheets.samples import EVERY_KIND
from mitstadt.ground.sheets.words import Words
from mitstadt.ui.sheets.paper.layout import layout_of
from mitstadt.ui.sheets.paper.measuring import broken, width_mm
from mitstadt.ui.sheets.paper.printing import Print, class_set, printed_sheet
from mitstadt.ui.sheets.paper.table import BOTTOM, MARK_SIDE, MARKS, SMALLEST_BOX, SMALLEST_GAP, Text

PX_PER_MM = 8
PRINTS = {
    "plain": Print(),
    "large": Print(large=True),
    "two languages": Print(languages=("de", "en")),
    "large, two languages": Print(languages=("de", "en"), large=True),
    "pictures": Print(pictured=True),
}
ALL = pytest.mark.parametrize("wanted", PRINTS.values(), ids=PRINTS)


def _coded(wanted, sheet=EVERY_KIND, copies=1):
    codes = tuple(one_time_codes(copies))
    return printed_sheet(sheet, replace(wanted, host="Bezirksamt", foot="Platz", hand_in="Rathaus", codes=codes))


def _pictures(pdf, scale=1.0):
    """Each page as black (True) and white, so large as if it was printed with this scale."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            shown = page.render(scale=PX_PER_MM * 25.4 / 72 * scale, grayscale=True)
            yield np.asarray(shown.to_numpy()).squeeze() < 128


def _squares(inside, side_px, tolerance=3):
    """The middles of all separate areas that fill a square of this side, as x and y in pixels."""
    labels, _count = ndimage.label(inside)
    sizes = np.bincount(labels.ravel())
    found = []
    for number, place in enumerate(ndimage.find_objects(labels), 1):
        height, width = (one.stop - one.start for one in place)
        if (
            abs(height - side_px) <= tolerance
            and abs(width - side_px) <= tolerance
            and sizes[number] > 0.9 * height * width
        ):
            found.append(((place[1].start + place[1].stop) / 2, (place[0].start + place[0].stop) / 2))
    return np.array(found)


def _to_mm(black, scale):
    """From pixels to millimetres of the table, by the six marks alone."""
    cores = _squares(black, MARK_SIDE * 3 / 7 * PX_PER_MM * scale)
    wanted = np.array(MARKS) * PX_PER_MM * scale
    nearest = np.array([cores[np.argmin(((cores - mark) ** 2).sum(axis=1))] for mark in wanted])
    turned, *_rest = np.linalg.lstsq(np.c_[nearest, np.ones(6)], np.array(MARKS), rcond=None)
    return lambda points: np.c_[points, np.ones(len(points))] @ turned


def _found_boxes(black, side, scale=1.0):
    line = 0.7 * 25.4 / 72
    return _to_mm(black, scale)(_squares(~black, (side - line) * PX_PER_MM * scale))


@pytest.mark.parametrize(
    ("wanted", "scale"),
    [*((wanted, 1.0) for wanted in PRINTS.values()), (Print(), 0.94)],
    ids=[*PRINTS, "printed smaller"],
)
def test_every_box_is_found_again_within_a_third_of_a_millimetre(wanted, scale):
    layout = layout_of(EVERY_KIND, wanted.languages, large=wanted.large, pictured=wanted.pictured)
    pictures = list(_pictures(_coded(wanted), scale))[1 if wanted.pictured else 0 :]

    assert len(pictures) == len(layout.pages)
    for page, black in zip(layout.pages, pictures, strict=True):
        told = np.array([[box.x + box.side / 2, box.y + box.side / 2] for box in page.boxes])
        if not page.boxes:
            continue
        found = _found_boxes(black, page.boxes[0].side, scale)
        assert len(found) == len(told), f"page {page.number}"
        apart = np.sqrt(((told[:, None] - found[None]) ** 2).sum(axis=2)).min(axis=1)
        assert apart.max() < 0.3


@ALL
def test_boxes_are_large_enough_and_far_enough_apart(wanted):
    for page in layout_of(EVERY_KIND, wanted.languages, large=wanted.large, pictured=wanted.pictured).pages:
        for number, one in enumerate(page.boxes):
            assert one.side >= SMALLEST_BOX
            for other in page.boxes[:number]:
                gap = max(abs(one.x - other.x), abs(one.y - other.y)) - one.side
                assert gap >= SMALLEST_GAP, (one, other)


@ALL
def test_every_answer_has_its_box_and_every_question_its_place(wanted):
    layout = layout_of(EVERY_KIND, wanted.languages, large=wanted.large, pictured=wanted.pictured)
    items = [item for page in layout.pages for item in page.items if not isinstance(item, Text)]

    assert {item.question for item in items} == {question.key for question in EVERY_KIND.questions}
    boxes = [(box.question, box.row, box.option) for page in layout.pages for box in page.boxes]
    assert len(set(boxes)) == len(boxes)
    assert {option for question, row, option in boxes if row == "by_night"} == {"safe", "unsafe", "unknown"}
    assert {option for question, _row, option in boxes if question == "noise"} == set("12345")


@ALL
def test_nothing_runs_over_the_page_or_over_what_stands_below(wanted):
    for page in layout_of(EVERY_KIND, wanted.languages, large=wanted.large, pictured=wanted.pictured).pages:
        for item in page.items:
            assert item.y <= BOTTOM
            if isinstance(item, Text) and item.role != "picture":
                widest = max(width_mm(line, item.size_pt, bold=item.bold) for line in item.lines)
                assert widest <= item.width + 0.1
                assert item.x + widest <= 190


def test_a_long_sheet_breaks_between_questions_and_only_a_very_long_one_within():
    def asked(key, count):
        choices = tuple(Choice(key=f"c{n}", words=Words.of({"de": f"Antwort {n}"})) for n in range(count))
        return OneOf(key=key, asks=Words.of({"de": f"Frage {key}?"}), choices=choices)

    questions = (
        *(asked(f"q{n}", 8) for n in range(9)),
        asked("long", 60),
        LongText(key="end", asks=Words.of({"de": "Ende?"})),
    )
    words = Words.of({"de": "Viele Fragen"})
    sheet = Sheet(key="many", title=words, sections=(Section(key="one", title=words, questions=questions),))
    layout = layout_of(sheet, ["de"])

    on: dict[str, list[int]] = {}
    for page in layout.pages:
        for box in page.boxes:
            on.setdefault(box.question, []).append(page.number)
    assert all(len(set(on[f"q{n}"])) == 1 for n in range(9))
    assert len(on["long"]) == 60
    assert len(set(on["long"])) == 4
    assert not set(on["long"]) & set(on["q8"])
    assert len(list(_pictures(_coded(Print(), sheet)))) == len(layout.pages)


def test_the_table_is_the_same_whenever_it_is_made_and_plain_data():
    data = layout_of(EVERY_KIND, ["de"]).as_data()

    assert json.loads(json.dumps(data)) == json.loads(json.dumps(layout_of(EVERY_KIND, ["de"]).as_data()))
    assert data["form"] == form_of(EVERY_KIND, 1, "de", False)
    assert data["form"] != layout_of(EVERY_KIND, ["de"], large=True).form


def test_a_mark_is_ours_or_it_is_none():
    mark = Mark("ABCDEFGH", 2, one_time_codes(1)[0])
    printed = printed_mark(mark)

    assert read_mark(printed) == mark
    assert read_mark(printed.replace(":2:", ":3:")) is None
    assert read_mark(printed[:-1] + ("A" if printed[-1] != "A" else "B")) is None
    assert [read_mark(text) for text in ("", "x", "https://example.org", printed * 2)] == [None] * 4
    assert len(printed) <= 40


def test_each_copy_has_a_code_of_its_own_on_every_page():
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(_coded(Print(), copies=3))).pages)

    codes = re.findall(r"Code\s+([2-9A-Z]{12})", words)
    assert len(codes) == 9
    assert len(set(codes)) == 3


def test_words_break_where_the_line_ends():
    assert broken("eins zwei drei", 18, 10.5) == ("eins zwei", "drei")
    assert all(width_mm(line, 10.5) <= 20 for line in broken("Donaudampfschifffahrtsgesellschaft" * 3, 20, 10.5))
    assert broken("", 20, 10.5) == ("",)


@pytest.mark.parametrize(
    "words", ["الساحة أمام الباب", "הכיכר מול הדלת", "Площадь", "Tür „Ü“ – ẞ", "#let x = *1* $2$ \\ @a <b>", "漢字"]
)
def test_words_in_any_script_are_printed_and_never_run(words):
    spoken = Words.of({"de": words})
    questions = (OneOf(key="q", asks=spoken, choices=tuple(Choice(key=k, words=spoken) for k in "ab")),)
    sheet = Sheet(key="s", title=spoken, sections=(Section(key="s", title=spoken, questions=questions),))

    assert _coded(Print(), sheet).startswith(b"%PDF")


# With the ears -------------------------------------------------------------------------------------------------------


def _tags(reader):
    """Role and alternative text of every tag, in the order of reading."""
    told = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif hasattr(node, "get") and "/S" in node:
            told.append((node["/S"], str(node.get("/Alt", ""))))
            if "/K" in node:
                walk(node["/K"])
        elif hasattr(node, "get") and "/K" in node:
            walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return told


@ALL
def test_it_is_tagged_and_read_in_the_order_of_the_questions(wanted):
    reader: Any = PdfReader(io.BytesIO(_coded(wanted)))
    catalog = reader.trailer["/Root"]
    roles = [role for role, _alt in _tags(reader)]

    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "de"
    assert b"pdfuaid:part" in catalog["/Metadata"].get_data()
    assert reader.metadata.title == "Der Platz vor der Tür"
    columns = len(wanted.languages)
    counted = [roles.count(f"/H{level}") for level in (1, 2, 3)]
    assert counted == [columns + wanted.pictured, 3 * columns, 14 * columns]
    assert [alt for role, alt in _tags(reader) if role == "/Figure"] == ["QR-Code für die Erfassung dieser Seite"] * (
        len(reader.pages) - wanted.pictured
    )
    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    places = [
        words.index(f"{number}. {question.asks.spoken_in('de')}"[:18])
        for number, question in enumerate(EVERY_KIND.questions, 1)
    ]
    assert places == sorted(places)


def test_a_class_set_has_thirty_turns_a_page_for_the_teacher_and_no_place_for_a_name():
    reader = PdfReader(io.BytesIO(class_set(EVERY_KIND, Print(host="Bezirksamt", hand_in="Rathaus Wedding"))))
    words = [" ".join(page.extract_text().split()) for page in reader.pages]
    codes = set(re.findall(r"Code ([2-9A-Z]{12})", " ".join(words)))

    assert "Ein Klassensatz: 30 Bögen." in words[0]
    assert "Rathaus Wedding" in words[0]
    assert len(codes) == 30
    assert (len(words) - 1) % 30 == 0


def test_pictures_lead_where_children_are_asked():
    def sizes(**print_):
        items = [item for page in layout_of(EVERY_KIND, ["de"], **print_).pages for item in page.items]
        return {item.size_pt for item in items if isinstance(item, Text) and item.role == "picture"}

    assert min(sizes(pictured=True)) > 2 * max(sizes())
