"""A ref survives paper, phone and hurried fingers: no single slip leads to somebody else's record unseen."""

import random
import secrets
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitstadt.ground.refs import Misread, Reason, near_refs, new_ref, parse_ref, spoken
from mitstadt.ground.symbols import ALPHABET, UNWANTED, check_symbol, is_sound, new_word

words = st.text(ALPHABET, min_size=7, max_size=7).map(lambda body: body + check_symbol(body))


def grouped(word: str) -> str:
    return f"{word[:4]}-{word[4:]}"


def test_the_alphabet_holds_no_vowel_and_no_two_symbols_that_look_alike():
    assert len(set(ALPHABET)) == 23
    assert not set(ALPHABET) & set("AEIOUY01LZSGB")
    assert set("".join(UNWANTED)) <= set(ALPHABET)


def test_every_wrong_symbol_and_every_swap_of_two_symbols_is_found_whatever_the_rest_of_the_ref():
    """The sum is linear, so what the other places hold cancels out: trying every pair of symbols at every place proves
    it for all 3.4 × 10^9 refs. Three different surroundings guard the linearity itself.
    """
    for surroundings in ("22222222", "9XHKR37C", "XXXXXXXX"):
        for left, right in combinations(range(8), 2):
            for first in ALPHABET:
                for second in ALPHABET:
                    word = list(surroundings)
                    word[left], word[right] = first, second
                    swapped = list(word)
                    swapped[left], swapped[right] = second, first
                    if first != second:
                        assert not (is_sound("".join(word)) and is_sound("".join(swapped)))
        for place in range(8):
            sound = [s for s in ALPHABET if is_sound(surroundings[:place] + s + surroundings[place + 1 :])]
            assert len(sound) == 1


@given(words, st.integers(0, 6), st.sampled_from(ALPHABET), st.sampled_from(ALPHABET))
def test_a_pair_typed_wrongly_twice_is_found(word, place, symbol, other):
    twin = word[:place] + symbol * 2 + word[place + 2 :]
    mistyped = word[:place] + other * 2 + word[place + 2 :]

    assert symbol == other or not (is_sound(twin) and is_sound(mistyped))


@given(words)
def test_a_ref_is_understood_however_it_is_typed(word):
    ref = grouped(word)
    careless = [word, word.lower(), f"  {word[:4]} {word[4:]}\n", f"{word[:4]}–{word[4:]}", f"#{ref}", "".join(
        chr(ord(symbol) + 0xFEE0) for symbol in word
    ), "-".join(word), f"{word[:4]}\u00ad\u200b{word[4:]}"]  # fmt: skip

    assert {parse_ref(text) for text in careless} == {ref}


def test_a_symbol_that_looks_like_ours_is_read_as_ours():
    ref = grouped("8265VRF" + check_symbol("8265VRF"))

    assert parse_ref(ref.replace("8", "B").replace("2", "z").replace("6", "G").replace("5", "s").replace("V", "u")) == (
        ref
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        (" - ", Reason.EMPTY),
        ("7K3Q-M9X", Reason.TOO_SHORT),
        ("7K3Q-M9XDD", Reason.TOO_LONG),
        ("7K3Q" * 1_000_000, Reason.TOO_LONG),
        ("7K3O-M9X1", Reason.UNKNOWN_SYMBOL),
        ("ßK3Q-M9XD", Reason.UNKNOWN_SYMBOL),
        ("7K3Q-M9XH", Reason.CHECK_WRONG),
    ],
)
def test_what_is_no_ref_is_told_with_its_reason(text, reason):
    misread = parse_ref(text)

    assert isinstance(misread, Misread)
    assert misread.reason == reason


def test_an_unreadable_symbol_is_told_with_its_place():
    assert parse_ref("7k3o-m9xl") == Misread(Reason.UNKNOWN_SYMBOL, ((4, "O"), (8, "L")))


def _slips(word: str, chance: random.Random) -> list[str]:
    place = chance.randrange(8)
    left, right = sorted(chance.sample(range(8), 2))
    swapped = word[:left] + word[right] + word[left + 1 : right] + word[left] + word[right + 1 :]
    return [
        word[:place] + chance.choice(ALPHABET) + word[place + 1 :],
        word[:place] + "O" + word[place + 1 :],
        word[:left] + "1" + word[left + 1 : right] + "0" + word[right + 1 :],
        swapped,
        word[:place] + word[place + 1 :],
        word[:place] + word[place] + word[place:],
        word[:place] + chance.choice(ALPHABET) + word[place:],
    ]


@given(words, st.randoms(use_true_random=False))
def test_the_ref_that_was_meant_is_among_the_suggestions_after_any_one_slip(word, chance):
    for mistyped in _slips(word, chance):
        near = near_refs(mistyped)
        assert grouped(word) in near or parse_ref(mistyped) == grouped(word)
        assert len(near) <= 36
        assert all(parse_ref(candidate) == candidate for candidate in near)


def test_swapped_neighbours_and_doubled_symbols_are_suggested_first():
    assert near_refs("K73Q-M9XD")[0] == "7K3Q-M9XD"
    assert near_refs("7K3Q-MM9XD")[0] == "7K3Q-M9XD"


@pytest.mark.parametrize("text", ["7K3Q-M9XD", "", "7K3", "OOOO-M9XD", "7K3O-M9X", "x" * 100_000])
def test_no_suggestion_for_a_ref_that_is_right_nor_for_one_far_off(text):
    assert near_refs(text) == ()


def test_every_symbol_is_drawn_equally_often():
    drawn = iter(range(256))
    counts = dict.fromkeys(ALPHABET, 0)

    def every_byte_once(count: int) -> bytes:
        return bytes(next(drawn) for _ in range(count))

    for _ in range(253):
        word = new_word(2, every_byte_once)  # one drawn symbol and its check symbol
        counts[word[0]] += 1

    assert set(counts.values()) == {11}


def test_bytes_that_would_favour_some_symbols_are_thrown_away():
    remaining = iter(b"\xff\xfd\x01")

    word = new_word(2, lambda count: bytes(next(remaining) for _ in range(count)))

    assert word[0] == ALPHABET[1]


def test_new_refs_are_sound_and_hold_no_unwanted_sequence():
    for _ in range(3000):
        ref = new_ref(secrets.token_bytes)
        assert parse_ref(ref) == ref
        assert not any(unwanted in ref.replace("-", "") for unwanted in UNWANTED)


def test_a_ref_is_spelt_with_german_cities_and_with_the_nato_alphabet():
    assert spoken("7K3Q-M9XD") == "sieben, Köln, drei, Quickborn – München, neun, Xanten, Düsseldorf"
    assert spoken("7K3Q-M9XD", language="en") == "seven, Kilo, three, Quebec – Mike, nine, X-ray, Delta"
    for symbol in ALPHABET:
        for language in ("de", "de-simple", "tr"):
            name = spoken(symbol, language=language)
            assert symbol.isdigit() or name.startswith(symbol)
