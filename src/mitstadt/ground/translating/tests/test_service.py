"""Whatever the translation service answers, the city gets clean words in the right number, or a failure in time."""

import json
import time

import pytest

from fake_translator import translator
from mitstadt.ground.translating import service


@pytest.fixture
def machine(settings):
    with translator() as running:
        settings.TRANSLATION_URL = running.address
        yield running


def failure() -> str:
    with pytest.raises(service.TranslationError) as failed:
        service.translate(["Mehr Bänke.", "Bitte."], source="de", target="en")
    return str(failed.value)


def answers(texts: object) -> bytes:
    return json.dumps({"translatedText": texts}).encode()


def test_texts_come_back_in_their_order_with_one_request(machine, settings):
    settings.TRANSLATION_KEY = "s3cret"

    assert service.translate(["Mehr Bänke.", "Bitte."], source="de", target="en") == ["MEHR BÄNKE.", "BITTE."]
    assert machine.asked == [
        {"q": ["Mehr Bänke.", "Bitte."], "source": "de", "target": "en", "format": "text", "api_key": "s3cret"}
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"null",
        b"[" * 100_000,
        b'{"error": "Slow down"}',
        answers("a text for two"),
        answers(["one"]),
        answers(["one", "two", "three"]),
        answers(["one", 2]),
        answers(["one", ""]),
        answers(["one", "\u200b\u202e"]),
        answers(["one", "x" * 2_000]),
    ],
)
def test_what_is_no_translation_of_each_text_is_none_at_all(machine, body):
    machine.body = body

    assert failure()


@pytest.mark.parametrize("status", [302, 307, 400, 403, 429, 500, 503])
def test_it_is_neither_followed_elsewhere_nor_believed_in_an_error(machine, status):
    machine.status = status
    machine.body = answers(["more benches", "please"])

    assert failure() == f"It answered with status {status}."
    assert len(machine.asked) == 1


def test_a_page_of_a_proxy_is_no_translation(machine):
    machine.kind = "text/html"

    assert failure() == "It answered with a page and not with data."


def test_a_huge_answer_is_not_read_to_its_end(machine):
    machine.body = b" " * (service.MOST_BYTES + 1) + answers(["more benches", "please"])

    assert failure() == "Its answer is far too long."


def test_an_answer_that_never_ends_is_hung_up_on(machine, monkeypatch):
    monkeypatch.setattr(service, "SECONDS", 0.3)
    machine.drip, began = True, time.monotonic()

    assert failure()
    assert time.monotonic() - began < 3


def test_a_machine_that_is_away_is_a_failure(settings):
    settings.TRANSLATION_URL = "http://127.0.0.1:9"

    assert failure() == "It cannot be reached: ConnectionRefusedError."


def test_signs_that_nobody_sees_are_taken_out_of_what_it_says(machine):
    machine.body = answers(["more\u202e benches", "please\x00"])

    assert service.translate(["Mehr Bänke.", "Bitte."], source="de", target="en") == ["more benches", "please"]


def test_it_says_which_languages_it_knows(machine):
    assert service.languages()["de"] == {"de", "en"}


@pytest.mark.parametrize("body", [b'{"de": 1}', b"7"])
def test_a_list_of_languages_that_is_none_is_a_failure(machine, body):
    machine.body = body

    with pytest.raises(service.TranslationError):
        service.languages()


def test_a_strange_row_in_the_list_of_languages_is_left_out(machine):
    machine.body = json.dumps([7, {"code": 1}, {"code": "de", "targets": ["en", 3]}, {"code": "fr"}]).encode()

    assert service.languages() == {"de": {"en"}, "fr": frozenset()}
