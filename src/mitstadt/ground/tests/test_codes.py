"""A participation code is easy to type, hard to guess, and never stored."""

import math
import secrets

import pytest

from mitstadt.ground.codes import LENGTH, Misread, Reason, digest, looks_like_code, new_code, parse_code
from mitstadt.ground.symbols import ALPHABET, UNWANTED

PEPPER = b"sixteen bytes at least"


def test_a_code_cannot_be_guessed():
    """Each unwanted sequence can stand at no more than LENGTH places; even so more than 60 bits remain."""
    lost = sum(LENGTH * len(ALPHABET) ** -len(unwanted) for unwanted in UNWANTED)

    assert (LENGTH - 1) * math.log2(len(ALPHABET)) + math.log2(1 - lost) > 67


def test_new_codes_differ_and_are_understood_as_people_type_them():
    codes = {new_code(secrets.token_bytes) for _ in range(500)}

    assert len(codes) == 500
    for code in codes:
        assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
        assert parse_code(code.lower().replace("-", " ")) == code


def test_a_typing_error_is_told_apart_from_a_code_that_does_not_exist():
    code = new_code(secrets.token_bytes)
    for place in range(len(code)):
        for symbol in set(ALPHABET) - {code[place], "-"}:
            if code[place] != "-":
                assert parse_code(code[:place] + symbol + code[place + 1 :]) == Misread(Reason.CHECK_WRONG)
    assert parse_code(code[:-1]) == Misread(Reason.TOO_SHORT)


def test_the_digest_depends_on_code_and_pepper_and_is_stable():
    code, other = new_code(secrets.token_bytes), new_code(secrets.token_bytes)

    assert digest(code, pepper=PEPPER) != digest(other, pepper=PEPPER)
    assert digest(code, pepper=PEPPER) != digest(code, pepper=PEPPER[::-1])
    assert digest("7K3Q-M9XD-4N6P-RT93", pepper=PEPPER) == (
        "863ae29a49aebd9c8f838eb1bd601ef989353454d0ef5cf6b154ce53b64222aa"
    )


def test_only_a_code_in_its_printed_form_is_digested_so_that_one_code_has_one_digest():
    code = new_code(secrets.token_bytes)

    with pytest.raises(ValueError, match="as parse_code returns it"):
        digest(code.lower(), pepper=PEPPER)
    with pytest.raises(ValueError, match="16 to 64 bytes"):
        digest(code, pepper=b"short")


@pytest.mark.parametrize(
    "typed", ["9KJ7-8R8J-KH4D-WPM9", "9kj7 8r8j kh4d wpm9", "9KJ7-8R8J-KH4D-WPM", "9KJ7-8R8J-KH4O-WPM9"]
)
def test_what_may_be_a_code_is_told_also_where_it_is_mistyped(typed):
    assert looks_like_code(typed)


@pytest.mark.parametrize(
    "typed", ["", "7K3Q-M9XD", "Kinderspielplatz", "Müllerstraße 10", "13353 Berlin Wedding", "DHHNTRXHHNTRXHHN"]
)
def test_what_people_search_for_is_no_code(typed):
    assert not looks_like_code(typed)
