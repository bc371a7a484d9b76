"""Before sending, people see what others already said about the same thing."""

import random
from time import process_time

from mitstadt.methods.text.similar import rank

SAID = [
    ("bäume", "Am Hermannplatz sollen mehr Bäume gepflanzt werden."),
    ("rad", "Der Radweg in der Sonnenallee ist zu schmal."),
    ("müll", "Die Mülleimer am Hermannplatz quellen über."),
    ("bank", "Mehr Sitzbänke für ältere Menschen im Park."),
]


def keys(query, **options):
    return [match.key for match in rank(query, SAID, **options)]


def test_other_forms_of_the_same_word_are_found():
    assert keys("Ein Baum für den Platz")[0] == "bäume"
    assert keys("schmale Radwege")[0] == "rad"


def test_a_slip_of_the_pen_still_finds_the_place():
    assert set(keys("Hermanplatz")) == {"bäume", "müll"}


def test_the_text_with_more_of_the_words_comes_first_and_says_which():
    first, second = rank("Mülleimer am Hermannplatz leeren", SAID)[:2]

    assert (first.key, first.shared) == ("müll", ("mülleimer", "hermannplatz"))
    assert first.score > second.score


def test_little_words_and_other_topics_find_nothing():
    assert keys("und die für mehr") == []
    assert keys("Schwimmbad") == []
    assert rank("", SAID) == ()
    assert rank("Bäume", []) == ()


def test_the_number_of_answers_is_limited():
    assert len(keys("Hermannplatz Radweg Park", limit=2)) == 2


def test_five_thousand_texts_take_a_fraction_of_a_second():
    chance = random.Random(5)
    words = ["".join(chance.choices("abcdefghij", k=chance.randint(3, 10))) for _ in range(4_000)]
    said = [(str(n), " ".join(chance.choices(words, k=15))) for n in range(5_000)]
    before = process_time()

    best = rank(said[77][1], said)[0]

    assert best.key == "77"
    assert process_time() - before < 1
