"""People's words are the same words at every door: nothing unseen in them, and nothing lost that a script needs."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile import HOSTILE
from mitstadt.ground.people.names import NameFault, read_name
from mitstadt.ground.words import are_alike, clean_words, has_words

UNSEEN = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff\u00ad\u034f\u3164\x00\x07\x1b\r")


@given(st.text() | st.sampled_from(HOSTILE))
def test_clean_words_stay_as_they_are_and_hold_nothing_unseen(typed):
    clean = clean_words(typed)

    assert clean_words(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    assert not UNSEEN & set(clean)


@pytest.mark.parametrize(
    "said",
    [
        "👨‍👩‍👧‍👦 👩🏽‍🚒 🏳️‍🌈 🇩🇪 1️⃣ ❤️",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "می‌خواهم",
        "क्‍ष श्री",
        "السعر \u200e5 €\u200e",
        "Zürich, Łódź, Čapek",
        "Zeile\nZeile\n\nAbsatz",
    ],
)
def test_what_a_script_or_a_picture_needs_stays(said):
    assert clean_words(said) == said


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("Wir zahlen \u202e0005\u202c Euro.", "Wir zahlen 0005 Euro."),
        ("eins\r\nzwei\rdrei\u2028vier", "eins\nzwei\ndrei\nvier"),
        ("Bu\u0308rger", "Bürger"),
        ("A\u200bm\u200dt\u200c \u200eMitte", "Amt Mitte"),
        ("Rat\ufe0fhaus", "Rathaus"),
        ("Stra\u00adße", "Straße"),
    ],
)
def test_what_misleads_goes(typed, clean):
    assert clean_words(typed) == clean


@pytest.mark.parametrize("typed", ["", " \n", "\u200b", "\u3164", "\u2800\u00a0", "\u202e\u202c", "\u0301"])
def test_words_that_show_nothing_are_none(typed):
    assert not has_words(typed)


def test_texts_that_differ_in_blanks_and_unseen_signs_read_alike():
    assert are_alike("Die  Bank\u00a0steht", "Die Bank ste\u00adht ")
    assert not are_alike("Die Bank steht", "Die Bank steht nicht")


@pytest.mark.parametrize(
    "name", ["Вezіrksаmt", "Bézirksámt", "Ｂｅｚｉｒｋｓａｍｔ", "Bürgermeısterin", "ΑDΜΙΝ", "B u r g e r a m t"]
)
def test_a_name_that_only_looks_like_an_office_is_refused(name):
    assert read_name(name).fault == NameFault.RESERVED


@pytest.mark.parametrize("name", ["Jörg Müller", "Ольга", "Γιώργος", "محمد", "Žaneta Šimůnková", "李雷"])
def test_names_in_any_script_are_welcome(name):
    assert read_name(name).fault is None
