"""A sheet is described once, comes back from JSON as it was, and is refused where it could not be asked."""

import copy
import json

import pytest
from django.utils.translation import gettext_lazy

from mitstadt.ground.sheets.faults import SENTENCES, SheetFaultError, faults_of
from mitstadt.ground.sheets.questions import KINDS
from mitstadt.ground.sheets.samples import EVERY_KIND
from mitstadt.ground.sheets.stored import sheet_from, sheet_hash, sheet_json
from mitstadt.ground.sheets.words import Words, said


def _data():
    return json.loads(json.dumps(sheet_json(EVERY_KIND)))


def _changed(path, value):
    data = _data()
    *way, last = path
    place = data
    for step in way:
        place = place[step]
    if value is _GONE:
        del place[last]
    else:
        place[last] = value
    return data


_GONE = object()
_Q = ("sections", 0, "questions")


def test_the_sample_has_every_kind_and_no_fault():
    assert {question.KIND for question in EVERY_KIND.questions} == set(KINDS)
    assert faults_of(EVERY_KIND) == []


def test_a_sheet_comes_back_from_json_as_it_was():
    assert sheet_from(_data()) == EVERY_KIND


def test_the_hash_names_the_words_and_the_rules():
    other = sheet_from(_changed((*_Q, 2, "most"), 2))

    assert sheet_hash(sheet_from(_data())) == sheet_hash(EVERY_KIND)
    assert sheet_hash(other) != sheet_hash(EVERY_KIND)


def test_the_form_that_is_stored_does_not_move():
    """Sheets lie in databases: whoever changes this changes the version, and reads the old one still."""
    first = _data()["sections"][0]["questions"][3]

    assert _data()["version"] == 1
    assert first == {
        "kind": "scale",
        "key": "noise",
        "asks": {"de": "Wie laut ist es dort?", "en": "How noisy is it there?"},
        "low_words": {"de": "still", "en": "quiet"},
        "high_words": {"de": "sehr laut", "en": "very loud"},
    }


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        (("version",), 2, "version"),
        (("key",), "Groß", "key"),
        (("title",), {}, "words"),
        (("title",), {"de": " "}, "words"),
        (("title",), {"de": "x" * 3_000}, "words"),
        (("sections",), [], "empty"),
        (("sections", 0, "questions"), [], "empty"),
        (("one_page",), "ja", "shape"),
        (("sections",), {"a": 1}, "shape"),
        (("numbers",), {}, "unknown"),
        ((*_Q, 0, "kind"), "vote", "kind"),
        ((*_Q, 0, "kind"), ["one_of"], "kind"),
        ((*_Q, 0, "secret"), 1, "unknown"),
        ((*_Q, 0, "asks"), _GONE, "missing"),
        ((*_Q, 0, "key"), "missing", "twice"),
        ((*_Q, 0, "choices"), [], "choices"),
        ((*_Q, 0, "choices", 0, "key"), "bike", "twice"),
        ((*_Q, 0, "choices", 0, "picture"), "x" * 9, "words"),
        ((*_Q, 1, "only_if", 0, "question"), "noise_later", "condition"),
        ((*_Q, 1, "only_if", 0, "any_of"), ["plane"], "condition"),
        ((*_Q, 1, "only_if", 0, "any_of"), [], "condition"),
        ((*_Q, 0, "only_if"), [{"question": "noise", "any_of": ["1"]}], "condition"),
        ((*_Q, 2, "least"), 4, "bounds"),
        ((*_Q, 3, "highest"), 1, "bounds"),
        ((*_Q, 3, "highest"), 10**9, "bounds"),
        ((*_Q, 4, "lowest"), 700, "bounds"),
        ((*_Q, 4, "lowest"), True, "shape"),
        (("sections", 1, "questions", 0, "parts"), "year", "shape"),
        (("sections", 1, "questions", 2, "most"), 0, "bounds"),
        (("sections", 2, "questions", 0, "most"), 9, "bounds"),
        (("sections", 2, "questions", 3, "total"), 0, "bounds"),
    ],
)
def test_what_could_not_be_asked_is_refused_with_a_sentence(path, value, reason):
    with pytest.raises(SheetFaultError) as refused:
        sheet_from(_changed(path, value))

    assert refused.value.reason == reason
    assert refused.value.sentence == str(SENTENCES[reason])


@pytest.mark.parametrize("hostile", [None, [], "x", 7, {"version": 1}, {"version": 1, "sections": [None]}])
def test_what_is_no_sheet_at_all_is_refused(hostile):
    with pytest.raises(SheetFaultError):
        sheet_from(copy.deepcopy(hostile))


def test_words_fall_back_to_the_language_they_come_from():
    words = Words.of({"de": "Platz", "en": "square", "en-gb": ""})

    assert [words.spoken_in(code) for code in ("en", "en-gb", "de-simple", "ar")] == [
        "square",
        "square",
        "Platz",
        "Platz",
    ]
    assert not Words.of({"de": ""})


def test_a_sentence_of_the_code_brings_its_translations_along():
    words = said(gettext_lazy("Schreiben Sie eine ganze Zahl."))

    assert words.spoken_in("de") == "Schreiben Sie eine ganze Zahl."
    assert words.spoken_in("en") == "Write a whole number."
