"""What many say: a finding, a table, a picture; files for those who count again. Few people are never shown."""

import csv
import itertools
import json
import tracemalloc

import pytest

from mitstadt.ground.sheets.checking import checked
from mitstadt.ground.sheets.counting import findings, hidden_together, tally
from mitstadt.ground.sheets.exporting import codebook_lines, columns_of, csv_lines, json_lines
from mitstadt.ground.sheets.samples import EVERY_KIND
from mitstadt.ground.sheets.stored import sheet_from
from mitstadt.ground.sheets.tests.test_answers import SOUND


def _found(rows, key, minimum=5):
    found = findings(tally(EVERY_KIND, rows), "de", minimum=minimum)
    return next(one for one in found if one.key == key)


def _ways(**counts):
    return [{"way": way} for way, count in counts.items() for _one in range(count)]


def test_a_question_is_told_by_a_sentence_a_table_and_bars():
    found = _found(_ways(foot=30, bike=60, bus=10), "way")

    assert found.sentence == "Am häufigsten: „mit dem Rad“, 60 Prozent von 100 Antworten."
    assert [(bar.words, bar.count, bar.percent) for bar in found.bars][:2] == [
        ("zu Fuß", 30, 30),
        ("mit dem Rad", 60, 60),
    ]


def test_fewer_than_the_minimum_are_told_of_nobody():
    found = _found(_ways(foot=4), "way")

    assert (found.answered, found.asked, found.bars) == (None, None, ())


def test_a_small_number_is_kept_back_and_the_next_with_it_so_that_nobody_subtracts():
    found = _found(_ways(foot=30, bike=60, bus=3), "way")

    told = {bar.key: bar.count for bar in found.bars}
    assert told == {"foot": None, "bike": 60, "bus": None, "other": 0}


@pytest.mark.parametrize("adds_up", [True, False])
def test_no_number_that_is_kept_back_can_be_found_again(adds_up):
    """Every small table: what is hidden could be more than one thing, or hides at least the minimum together."""
    minimum = 3
    for counts in itertools.product(range(6), repeat=3):
        total = sum(counts) if adds_up else 8
        shown = hidden_together(counts, total, minimum=minimum, adds_up=adds_up)
        hidden = [count for count, told in zip(counts, shown, strict=True) if told is None]
        assert all(told is None or told == 0 or told >= minimum for told in shown)
        assert all(told is None or total - told == 0 or total - told >= minimum for told in shown if told)
        assert not adds_up or not hidden or len(hidden) > 1 or set(shown) <= {None, 0}


def test_a_follow_up_does_not_give_away_how_many_were_asked():
    rows = [*_ways(foot=30, bus=4), *({"way": "other", "other_way": "Boot"} for _ in range(7))]

    found = _found(rows, "other_way")

    assert {bar.key: bar.count for bar in _found(rows, "way").bars}["other"] is None
    assert (found.answered, found.asked) == (None, None)


def test_weights_and_rows_are_counted_too():
    rows = [checked(EVERY_KIND, SOUND).answers] * 10

    assert _found(rows, "money").sentence.startswith("Vorn liegt „Grün“ mit 70 Prozent")
    assert _found(rows, "safe.by_night").bars[1].count == 10
    assert _found(rows, "first").bars[1].percent == 60
    assert _found(rows, "title").sentence == "10 Menschen haben geantwortet."


def _csv(lines):
    return list(csv.reader("".join(lines).splitlines(), delimiter=";"))


def _plain(cell):
    return f"'{cell}" if cell.startswith("=") else cell


def test_the_table_has_a_column_for_each_part_and_runs_nothing():
    hostile = {**SOUND, "title": "=1+1"}

    header, row = _csv(csv_lines(EVERY_KIND, [hostile], harmless=_plain, mark=""))

    told = dict(zip(header, row, strict=True))
    assert told["title"] == "'=1+1"
    assert told["other_way"] == "–"
    assert (told["missing.trees"], told["missing.water"], told["first.play"], told["safe.by_night"]) == (
        "1",
        "0",
        "1",
        "unsafe",
    )
    assert told["money.green"] == "7"


def test_the_codebook_explains_every_column():
    header, *rows = _csv(codebook_lines(EVERY_KIND, "de", harmless=_plain, mark=""))

    assert len(header) == 6
    wanted = {column for question in EVERY_KIND.questions for column in columns_of(question)}
    assert {row[0] for row in rows} == wanted
    assert ["no_cars", "Der Platz soll ohne Autos sein.", "stance", "", "pass", "Dazu sage ich nichts"] in rows


def test_the_json_file_brings_its_sheet_along():
    found = json.loads("".join(json_lines(EVERY_KIND, [SOUND, {}])))

    assert sheet_from(found["sheet"]) == EVERY_KIND
    assert found["answers"] == [SOUND, {}]


def test_files_are_written_row_by_row():
    def rows():
        yield from itertools.repeat(SOUND, 2_000)

    tracemalloc.start()
    try:
        for lines in (csv_lines(EVERY_KIND, rows(), harmless=_plain, mark=""), json_lines(EVERY_KIND, rows())):
            for _line in lines:
                pass
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
