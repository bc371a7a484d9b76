"""The doctor tells whether the translation service of a city does what it is there for."""

import json

import pytest

from cast import NOW
from fake_translator import translator
from mitstadt.ground.conditions import Finding, Verdict
from mitstadt.site.conditions import _translation as looked_at


@pytest.fixture
def machine(settings):
    with translator() as running:
        settings.TRANSLATION_URL = running.address
        yield running


def found() -> Finding:
    return looked_at(NOW)


def test_a_city_without_one_is_fine(settings):
    settings.TRANSLATION_URL = ""

    assert found().verdict is Verdict.FINE


def test_one_that_knows_the_languages_of_the_city_is_fine(machine):
    assert found().verdict is Verdict.FINE


def test_a_language_that_it_lacks_is_named(machine):
    machine.body = json.dumps([{"code": "de", "targets": ["fr"]}]).encode()

    assert found().verdict is Verdict.OPEN
    assert str(found().sentence).endswith(": en.")


def test_one_that_does_not_answer_is_a_fault(machine):
    machine.status = 502

    assert found().verdict is Verdict.BAD
