"""A wording is taken over when its words stand there; the numbers can be counted by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitstadt.methods.text.adoption import adoption

BEFORE = "Der Anteil der Bäume steigt bis 2030."
ONE = "Der Anteil der Bäume steigt bis 2030 auf 20 % und bis 2035 auf 25 %."
TWO = "Der Anteil der Bäume steigt bis 2030 auf 30 %."
SIGNS = st.sampled_from(["Baum", "Bank", "nicht", "und", "der", ",", "."])
WORDS = st.lists(SIGNS, min_size=1, max_size=9).map(" ".join)


@pytest.mark.parametrize(
    ("after", "verdict"),
    [
        (ONE, "whole"),
        (ONE.replace(" auf ", "  auf\n"), "whole"),
        (ONE.removesuffix(".") + ",", "whole"),
        (ONE.removesuffix(".") + "?", "partly"),
        (ONE.replace("25", "26"), "partly"),
        (ONE.replace("auf 20", "nicht auf 20"), "partly"),
        (f"Es stimmt nicht: {ONE}", "partly"),
        (ONE.replace("Bäume", "bäume"), "partly"),
        (BEFORE, "not"),
        ("Autos haben Vorrang.", "not"),
        ("", "not"),
    ],
)
def test_a_wording_is_whole_only_where_it_stands_word_for_word(after, verdict):
    assert adoption(BEFORE, ONE, after).verdict == verdict


def test_of_two_wordings_for_one_passage_only_one_can_be_whole():
    assert (adoption(BEFORE, TWO, TWO).verdict, adoption(BEFORE, ONE, TWO).verdict) == ("whole", "partly")


def test_the_numbers_are_those_one_counts_by_hand():
    proposed = "Der Platz ist grün, still und voll."
    found = adoption("Der Platz ist laut und leer.", proposed, "Der Platz ist still und leer.")

    # Added: grün, still, voll; of these stands still. Removed: laut, leer; of these is gone laut.
    assert (found.added, found.added_standing, found.removed, found.removed_gone) == (3, 1, 2, 1)
    assert (found.changes, found.standing) == (5, 2)


def test_a_word_that_stood_there_before_is_not_the_wordings_doing():
    assert adoption("Bäume und Bänke.", "Bäume, Bänke und Brunnen.", "Bäume und Bänke für alle.").verdict == "not"
    assert adoption("Bäume.", "Bäume, Bäume und Bäume.", "Bäume und Bänke.").added_standing == 1


def test_in_a_passage_joined_with_others_the_wording_is_whole_as_one_unbroken_stretch():
    joined = f"{TWO} Die Wege sind eben."

    assert adoption(BEFORE, TWO, joined).verdict == "partly"
    assert adoption(BEFORE, TWO, joined, joined=True).verdict == "whole"
    assert adoption(BEFORE, TWO, joined.replace("auf 30", "auf etwa 30"), joined=True).verdict == "partly"


def test_a_changed_sign_is_not_whole():
    assert adoption("Ja, bald.", "Ja: bald.", "Ja bald.").verdict == "not"
    assert adoption("Ja, bald.", "Ja: bald.", "Ja: bald.").verdict == "whole"


@given(WORDS, WORDS, WORDS, st.booleans())
def test_no_more_stands_than_was_proposed_and_whole_means_all_of_it(before, wording, after, joined):
    found = adoption(before, wording, after, joined=joined)

    assert 0 <= found.added_standing <= found.added
    assert 0 <= found.removed_gone <= found.removed
    if found.verdict == "whole" and not joined:
        assert found.standing == found.changes
    if found.verdict == "not":
        assert found.standing == 0
    assert adoption(before, wording, wording).verdict == "whole"
