"""One check for every door: what counts as an answer, and the sentence where it does not."""

import pytest

from mitstadt.ground.sheets.checking import AnswerFaultError, answer_of, checked, is_asked
from mitstadt.ground.sheets.keyed import differences, line_of, raw_of, script
from mitstadt.ground.sheets.questions import Number, OneOf, Points
from mitstadt.ground.sheets.samples import EVERY_KIND
from mitstadt.ground.sheets.stored import sheet_from, sheet_json
from mitstadt.ground.sheets.telling import told
from mitstadt.ground.sheets.words import Words

GIVEN = {
    "way": "bike",
    "missing": ["seats", "trees"],
    "noise": "4",
    "minutes": "30",
    "last": "3.5.2026 14:30",
    "day": "2026-05-03",
    "title": " Platz  der Linden ",
    "where": "vor der Bibliothek",
    "photo": [{"key": "abc", "description": "Die Bank"}],
    "first": {"shade": "2", "play": "1", "market": ""},
    "safe": {"by_day": "safe", "by_night": "unsafe"},
    "no_cars": "agree",
    "money": {"green": "7", "light": "3", "paths": ""},
}
SOUND = {
    "way": "bike",
    "missing": ["trees", "seats"],
    "noise": 4,
    "minutes": 30,
    "last": "2026-05-03T14:30",
    "day": "2026-05-03",
    "title": "Platz der Linden",
    "where": {"words": "vor der Bibliothek"},
    "photo": [{"key": "abc", "description": "Die Bank"}],
    "first": ["play", "shade"],
    "safe": {"by_day": "safe", "by_night": "unsafe"},
    "no_cars": "agree",
    "money": {"green": 7, "light": 3},
}


def _question(key):
    return EVERY_KIND.question(key)


def _fault(key, raw):
    with pytest.raises(AnswerFaultError) as fault:
        answer_of(_question(key), raw)
    return fault.value.sentence


def test_answers_of_every_kind_become_plain_data():
    found = checked(EVERY_KIND, GIVEN)

    assert found.faults == {}
    assert found.answers == SOUND


def test_sound_answers_are_sound_again():
    assert checked(EVERY_KIND, SOUND).answers == SOUND


@pytest.mark.parametrize(
    ("key", "raw", "says"),
    [
        ("way", "", "fehlt noch"),
        ("way", "plane", "Wählen Sie eine"),
        ("way", ["bike"], "nicht lesen"),
        ("missing", ["trees", "plane"], "Wählen Sie aus"),
        ("missing", ["trees", "trees"], "zweimal"),
        ("missing", ["trees", "seats", "water", "toilet"], "höchstens 3"),
        ("noise", "6", "Wählen Sie eine"),
        ("noise", 0, "Wählen Sie eine"),
        ("minutes", "viele", "Zahl"),
        ("minutes", "3,5", "ganze Zahl"),
        ("minutes", "-1", "zu klein"),
        ("minutes", "601", "zu groß"),
        ("minutes", "9" * 400, "Zahl"),
        ("minutes", "٣", "Zahl"),
        ("minutes", True, "Zahl"),
        ("last", "3.5.2026", "Datum"),
        ("last", "3.5.2026 25:00", "Uhrzeit"),
        ("day", "31.2.2026", "Datum"),
        ("title", "x" * 81, "1 Zeichen zu viel"),
        ("where", "x" * 201, "kürzer"),
        ("where", {"words": "x", "point": [200, 0]}, "Punkt"),
        ("where", {"words": "x", "point": ["nan", 0]}, "Punkt"),
        ("photo", ["abc"], "Dateien"),
        ("photo", [{"key": "a"}, {"key": "b"}, {"key": "c"}], "Dateien"),
        ("first", {"shade": "1", "play": "1"}, "zweimal"),
        ("first", {"shade": "1", "play": "3"}, "keinen Platz aus"),
        ("first", {"plane": "1"}, "Wählen Sie aus"),
        ("safe", {"by_day": "blue"}, "jeder Zeile"),
        ("safe", {"by_noon": "safe"}, "jeder Zeile"),
        ("safe", "safe", "jeder Zeile"),
        ("no_cars", "yes", "Wählen Sie eine"),
        ("money", {"green": "11"}, "11 Punkte"),
        ("money", {"green": "1,5"}, "ganze Zahl"),
        ("money", {"green": "-1"}, "ganze Zahl"),
        ("money", {"plane": "1"}, "was hier steht"),
    ],
)
def test_what_is_no_answer_is_said_in_a_sentence(key, raw, says):
    assert says in _fault(key, raw)


@pytest.mark.parametrize("raw", [None, {}, [], 7, "x\0y", {"a": {"b": []}}, [[]], [{}], object()])
def test_nothing_that_comes_in_breaks_the_check(raw):
    checked(EVERY_KIND, dict.fromkeys((question.key for question in EVERY_KIND.questions), raw))


def test_numbers_are_read_as_people_write_them():
    weight = Number(key="weight", asks=Words.of({"de": "Gewicht"}), decimals=2)

    typed = ("3,5", "3.5", "1.200,50", "1 200,5", "−2")
    assert [answer_of(weight, one) for one in typed] == [3.5, 3.5, 1200.5, 1200.5, -2.0]


def test_all_points_are_asked_for_where_the_question_must_be_answered():
    money = _question("money")
    required = Points(key="m", asks=money.asks, choices=money.choices, total=10, required=True)

    with pytest.raises(AnswerFaultError, match="noch 2 Punkte übrig"):
        answer_of(required, {"green": "8"})


def test_what_is_not_asked_is_not_kept():
    given = {"way": "foot", "other_way": "mit dem Boot"}

    assert checked(EVERY_KIND, given).answers == {"way": "foot"}
    assert checked(EVERY_KIND, {**given, "way": "other"}).answers == {"way": "other", "other_way": "mit dem Boot"}
    assert not is_asked(_question("other_way"), {})


KEYED = {
    "way": "2",
    "missing": "2 1",
    "noise": "4",
    "minutes": "30",
    "last": "03052026 1430",
    "day": "03052026",
    "title": "Platz der Linden",
    "where": "vor der Bibliothek",
    "first": "2 1",
    "safe": "12",
    "no_cars": "1",
    "money": "7 3 0",
}


def test_the_desk_keys_the_same_answers_with_numbers():
    raw = {key: raw_of(_question(key), line) for key, line in KEYED.items()}

    without_files = {key: answer for key, answer in SOUND.items() if key != "photo"}
    assert checked(EVERY_KIND, raw).answers == without_files


def test_what_was_keyed_stands_in_the_field_again():
    for key, answer in SOUND.items():
        line = line_of(_question(key), answer)
        assert key == "photo" or answer_of(_question(key), raw_of(_question(key), line)) == answer


@pytest.mark.parametrize(
    ("key", "line", "says"),
    [
        ("way", "5", "1 bis 4"),
        ("way", "0", "1 bis 4"),
        ("way", "²", "1 bis 4"),
        ("missing", "1 9", "1 bis 4"),
        ("safe", "1", "2 Zahlen"),
        ("safe", "1 2 3", "2 Zahlen"),
        ("money", "5 5", "3 Zahlen"),
    ],
)
def test_a_number_that_stands_for_nothing_is_said(key, line, says):
    with pytest.raises(AnswerFaultError, match=says):
        raw_of(_question(key), line)


def test_two_entries_of_one_slip_are_held_against_each_other():
    second = {**SOUND, "way": "foot", "money": {"green": 10}}

    found = differences(EVERY_KIND, SOUND, second, "de")

    assert [(one.number, one.first, one.second) for one in found] == [
        (1, "mit dem Rad", "zu Fuß"),
        (14, "Grün: 7\nLicht: 3", "Grün: 10"),
    ]


def test_the_telephone_reads_every_question_with_what_may_be_said():
    lines = {line.key: line for line in script(EVERY_KIND, "de")}

    assert [line.number for line in lines.values()] == list(range(1, 15))
    assert lines["way"].answers[1] == ("2", "mit dem Rad")
    assert lines["other_way"].condition == "Nur wenn bei Frage 1: „anders“"
    assert lines["noise"].how == "Nennen Sie eine Zahl von 1 (still) bis 5 (sehr laut)."
    assert lines["safe"].rows == ("am Tag", "in der Nacht")
    assert all(line.asks and line.how for line in lines.values())
    assert script(EVERY_KIND, "en")[0].asks == "How do you mostly get here?"


def test_answers_are_told_in_words():
    assert told(_question("first"), ["play", "shade"], "de") == "1. Spielen\n2. Schatten"
    assert told(_question("minutes"), 30, "en") == "30 minutes"
    assert told(_question("last"), "2026-05-03T14:30", "de") == "3. Mai 2026, 14:30"
    assert told(_question("safe"), {"by_night": "unknown"}, "de") == "in der Nacht: weiß nicht"
    assert told(_question("way"), None, "de") == ""


def test_a_question_knows_its_own_kind_only():
    again = sheet_from(sheet_json(EVERY_KIND))

    assert isinstance(again.question("way"), OneOf)
