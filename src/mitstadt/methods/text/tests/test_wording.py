"""People read what differs between two wordings at a glance, and both wordings come back to the letter."""

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitstadt.methods.text.wording import compare, summarise

PROSE = st.lists(
    st.sampled_from(["der", "die", "Stadt", "baut", ",", ". ", " ", "\n", "Bäume", "über", "😀", "-"]), max_size=40
)


def marked(old, new):
    signs = {"equal": "{}", "removed": "[-{}-]", "added": "[+{}+]"}
    return "".join(signs[s.kind].format(s.text) for s in compare(old, new))


def without(kind, segments):
    return "".join(segment.text for segment in segments if segment.kind != kind)


def sides(segments):
    return without("added", segments), without("removed", segments)


@given(st.text(max_size=60), st.text(max_size=60))
def test_both_wordings_come_back_to_the_letter(old, new):
    segments = compare(old, new)

    assert sides(segments) == (old, new)
    assert all(segment.text for segment in segments)


@given(PROSE.map("".join), PROSE.map("".join))
def test_both_wordings_come_back_to_the_letter_when_they_share_much(old, new):
    segments = compare(old, new)

    assert sides(segments) == (old, new)
    assert all(a.kind != b.kind for a, b in pairwise(segments))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Mehr Bäume am Platz.", "Mehr Bänke am Platz.", "Mehr [-Bäume -][+Bänke +]am Platz."),
        ("Alle Bürger dürfen mit.", "Alle Bürger:innen dürfen mit.", "Alle [-Bürger -][+Bürger:innen +]dürfen mit."),
        (
            "Der Park ist schön. Der Park ist groß.",
            "Der Park ist schön. Der Park ist neu. Der Park ist groß.",
            "Der Park ist schön. [+Der Park ist neu. +]Der Park ist groß.",
        ),
        ("Wir wollen Bäume.", "Die Verwaltung prüft Bänke.", "[-Wir wollen Bäume.-][+Die Verwaltung prüft Bänke.+]"),
        ("", "Neu.", "[+Neu.+]"),
        ("Gleich.", "Gleich.", "Gleich."),
    ],
)
def test_a_difference_reads_as_a_person_would_mark_it(old, new, expected):
    assert marked(old, new) == expected


def test_a_single_common_word_between_large_changes_is_no_island():
    old = "Das Amt prüft zuerst jeden Antrag und antwortet danach schriftlich und ausführlich. Das gilt für alle."
    new = "Eine Jury liest gemeinsam alle Ideen und berät öffentlich im Rathaus darüber. Das gilt für alle."

    assert [s.kind for s in compare(old, new)] == ["removed", "added", "equal"]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("a b c", "a c d e", "1 word removed, 2 words added, 2 words kept."),
        ("a b", "a  b", "Only punctuation or spacing differs."),
        ("a", "a", "Nothing differs."),
    ],
)
def test_the_summary_counts_words(old, new, sentence):
    assert summarise(compare(old, new)).sentence == sentence


@pytest.mark.parametrize("pattern", [("a b ", "b a a "), ("x ", "y x "), ("eins zwei drei ", "drei zwei eins ")])
def test_twenty_thousand_words_take_little_time_even_when_they_repeat(pattern):
    before = process_time()

    segments = compare(pattern[0] * 10_000, pattern[1] * 7_000)

    assert without("removed", segments) == pattern[1] * 7_000
    assert process_time() - before < 3
