"""A remark stays at the words it was made about while the text around and inside them is edited."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.text import anchors

TEXT = (
    "Die Stadt baut bis 2030 sichere Radwege an allen Schulen. Die Kinder werden vorher gefragt. "
    "Die Stadt baut bis 2035 sichere Gehwege an allen Plätzen. Die Älteren werden vorher gefragt."
)
WORDS = st.lists(st.sampled_from(["Stadt", "baut", "Wege", "und", "die", "Bäume", "bald", "."]), max_size=30).map(
    " ".join
)


def anchored(words, text=TEXT):
    start = text.index(words)
    return anchors.make(text, start, start + len(words))


@given(st.text(min_size=1, max_size=80), st.data())
def test_in_the_same_text_every_place_is_found_exactly(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    assert anchors.find(anchors.make(text, start, end), text) == anchors.Found(start, end, "exact", 1.0)


@given(WORDS, WORDS)
def test_a_unique_quote_is_found_wherever_text_is_added_around(before, after):
    quote = anchored("Die Kinder werden vorher gefragt")

    text = f"{before} {TEXT} {after}"
    found = anchors.find(quote, text)

    assert found
    assert text[found.start : found.end] == quote.exact


def test_of_equal_words_those_with_the_same_neighbours_count():
    start = TEXT.rindex("vorher gefragt")
    quote = anchors.make(TEXT, start, start + len("vorher gefragt"))

    text = "Ein neuer Absatz davor. " + TEXT
    found = anchors.find(quote, text)

    assert found
    assert (found.start, found.how) == (text.rindex("vorher gefragt"), "moved")


def test_a_reworded_quote_is_found_with_a_lower_score():
    text = TEXT.replace("sichere Radwege an allen Schulen", "breite und sichere Radwege an allen Schulen")

    found = anchors.find(anchored("bis 2030 sichere Radwege an allen Schulen"), text)

    assert found
    assert found.how == "fuzzy"
    assert 0.5 <= found.score < 1
    assert text[found.start : found.end] == "bis 2030 breite und sichere Radwege an allen Schulen"


@pytest.mark.parametrize("words", ["Die Kinder werden vorher gefragt.", "Kinder werden vorher", "Die Kinder"])
def test_a_deleted_quote_does_not_move_to_a_sentence_that_looks_like_it(words):
    text = TEXT.replace("Die Kinder werden vorher gefragt. ", "")

    assert anchors.find(anchored(words), text) is None


def test_a_quote_is_not_found_in_another_text():
    assert anchors.find(anchored("sichere Radwege an allen Schulen"), "Etwas ganz anderes steht hier jetzt.") is None


def test_a_short_word_in_another_text_is_not_taken_for_the_same_place():
    assert anchors.find(anchored("baut"), "Niemand weiß, wer hier eigentlich baut oder warum.") is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Kinder werden vorher", "Kinder und Eltern werden vorher"),
        ("Kinder werden vorher", "Schulkinder werden immer vorher"),
        ("sichere Radwege an allen", "sichere und breite Radwege an fast allen"),
    ],
)
def test_edits_inside_a_quote_do_not_lose_it(old, new):
    text = "Vorwort. " + TEXT.replace(old, new)

    found = anchors.find(anchored(old), text)

    assert found
    assert text.index(new) <= found.start < found.end <= text.index(new) + len(new)


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 2), (0, 10_000)])
def test_a_place_outside_the_text_is_refused(start, end):
    with pytest.raises(MethodError, match="Select some words again"):
        anchors.make(TEXT, start, end)


def test_a_long_text_that_repeats_the_quote_takes_little_time():
    quote = anchors.make("wort " * 2_000, 100, 4_000)
    before = process_time()

    anchors.find(quote, "andere wort " * 30_000)

    assert process_time() - before < 3
