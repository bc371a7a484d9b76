"""Files of elections are read row by row, refused with a sentence that names the row, and written back without loss."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mitstadt.methods.budgeting import count, read_pb
from mitstadt.methods.budgeting.pabulib import merging, rows
from mitstadt.methods.budgeting.pabulib.document import PbDocument, write_pb, written_back
from mitstadt.methods.budgeting.tests import elections
from mitstadt.methods.shared.errors import MethodError
from real_data import DATA, real_file
from scale import examples

GOOD = """META
key;value
budget;100
vote_type;approval
PROJECTS
project_id;cost;name
a;60;Tree
b;40;Bench
VOTES
voter_id;vote;age
1;a,b;34
2;b;17
3;;80
"""


def read(text: str | bytes):
    return read_pb(text if isinstance(text, bytes) else text.encode())


def test_a_plain_file_is_read_with_everything_it_says():
    election = read(GOOD)
    assert [p.id for p in election.projects] == ["a", "b"]
    assert election.budget == 100
    assert election.ballots.count == 3
    assert election.votes.tolist() == [1, 2]
    assert election.traits["age"].labels == ("25–34", "0–17", "80+")


@pytest.mark.parametrize(
    "change",
    [
        lambda t: "\ufeff" + t,
        lambda t: t.replace("\n", "\r\n"),
        lambda t: t.replace("budget;100", "budget;100,0").replace("a;60;", "a;60.00;"),
        lambda t: t.replace("1;a,b;34", "1;b,a;34"),
        lambda t: t.replace("1;a,b;34", "1; a , b ;34"),
        lambda t: t.replace("vote_type;approval\n", ""),
        lambda t: t.replace("Tree", '"Tree; ""large"""'),
        lambda t: t.replace("VOTES\n", "\nVOTES\n") + "\n\n",
        lambda t: t.replace("META", "meta").replace("VOTES", "VOTES;;"),
    ],
)
def test_habits_of_real_files_change_nothing(change):
    election = read(change(GOOD))
    assert election.votes.tolist() == [1, 2]
    assert election.budget == 100
    assert count(election).winner_ids == count(read(GOOD)).winner_ids


@pytest.mark.parametrize(
    ("old", "new", "code", "row"),
    [
        ("a;60;", "a;-60;", "cost_negative", 7),
        ("budget;100", "budget;0", "budget_not_positive", 3),
        ("budget;100", "budget;-5", "budget_not_positive", 3),
        ("budget;100", "budget;NaN", "not_a_number", 3),
        ("budget;100", "budget;1e400", "not_a_number", 3),
        ("a;60;", "a;inf;", "not_a_number", 7),
        ("a;60;", "a;;", "not_a_number", 7),
        ("b;40;", "a;40;", "project_twice", 8),
        ("b;40;Bench", "b;40", "cells_do_not_match", 8),
        ("b;40;", ";40;", "project_id_unfit", 8),
        ("2;b;17", "1;b;17", "voter_twice", 12),
        ("2;b;17", "2;c;17", "unknown_project", 12),
        ("2;b;17", "2;b,;17", "unknown_project", 12),
        ("2;b;17", "2;b,b;17", "project_twice_on_ballot", 12),
        ("2;b;17", "2;b", "cells_do_not_match", 12),
        ("2;b;17", "2;b\0;17", "not_text", 12),
        ("vote_type;approval", "vote_type;telepathy", "ballot_kind_unknown", 4),
        ("key;value", "a;b", "column_missing", 2),
        ("project_id;cost", "project_id;price", "column_missing", 6),
        ("voter_id;vote", "voter_id;choice", "column_missing", 10),
        ("PROJECTS\n", "PROJEKTE\n", "section_missing", 9),
        ("budget;100", "budget;100\nbudget;200", "key_twice", 4),
        ("voter_id;vote;age", "voter_id;vote;vote", "column_twice", 10),
        ("project_id;cost;name", "project_id;cost;cost", "column_twice", 6),
    ],
)
def test_a_hostile_file_is_refused_with_the_row(old, new, code, row):
    with pytest.raises(MethodError) as refused:
        read(GOOD.replace(old, new, 1))
    assert refused.value.code == code
    assert refused.value.parameters["row"] == row
    assert f"ow {row}" in refused.value.sentence


def test_a_second_ballot_of_a_voter_is_found_however_far_below_the_first(monkeypatch):
    monkeypatch.setattr(rows, "BLOCK", 64)
    with pytest.raises(MethodError) as refused:
        read(GOOD + "".join(f"{n};a;{n}\n" for n in range(4, 90)) + "1;b;3\n")
    assert (refused.value.code, refused.value.parameters["row"]) == ("voter_twice", 100)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@examples(15)
@given(block=st.integers(3, 200), quoted=st.sets(st.integers(0, 39)), broken=st.sets(st.integers(0, 39)))
def test_quotes_blank_rows_and_line_ends_inside_cells_make_no_difference_wherever_blocks_end(
    ends, block, quoted, broken
):
    votes = ["", "a", "b", "a,b", "b, a"]
    lines, plain = [], []
    for n in range(40):
        vote = votes[n % 5]
        place = f'"Nord{ends}Süd; ""Mitte"""' if n in broken else "Ost"
        lines.append(f'{n};"{vote}";{place}' if n in quoted else f"{n};{vote};{place}")
        lines += ["", ";;"] if n in quoted & broken else []
        plain.append({name.strip() for name in vote.split(",") if name})
    head = GOOD[: GOOD.index("voter_id")].replace("\n", ends)
    text = f"{head}voter_id;vote;district{ends}{ends.join(lines)}{ends}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "BLOCK", block)
        election = read(text)
    ballots = election.ballots
    found = [{election.projects[p].id for p in ballots.chosen_by(g).tolist()} for g in ballots.group_of.tolist()]
    assert found == plain
    assert [election.traits["district"].labels[c] == "Ost" for c in election.traits["district"].code_of] == [
        n not in broken for n in range(40)
    ]


def test_a_file_without_end_is_refused_before_memory_runs_out():
    for text, row in (("1;" + "a," * 5_000_000, 11), ("1;\n" * 6_000_000, 5_006_001)):
        with pytest.raises(MethodError) as refused:
            read(GOOD[: GOOD.index("1;a,b")] + text)
        assert refused.value.parameters["row"] == row
    with pytest.raises(MethodError) as refused:
        read("META\nkey;value\n" + "".join(f"k{n};1\n" for n in range(2000)))
    assert (refused.value.code, refused.value.parameters["row"]) == ("too_much_meta", 1003)


def test_another_encoding_is_named_with_its_row():
    with pytest.raises(MethodError) as refused:
        read(GOOD.replace("Bench", "Böschung").encode("latin-1"))
    assert refused.value.code == "not_utf8"
    assert refused.value.parameters["row"] == 8


@pytest.mark.parametrize("data", [b"", b"\x00" * 64, b"PK\x03\x04", b"META\n", b"META\nkey;value\n", b"\xff\xfeM\x00"])
def test_what_is_no_such_file_is_refused_in_a_sentence(data):
    with pytest.raises(MethodError):
        read(data)


def test_files_without_budget_ballots_or_projects_are_refused():
    for old, code in (("budget;100\n", "budget_missing"), ("a;60;Tree\nb;40;Bench\n", "unknown_project")):
        with pytest.raises(MethodError) as refused:
            read(GOOD.replace(old, ""))
        assert refused.value.code == code
    with pytest.raises(MethodError) as refused:
        read(GOOD[: GOOD.index("1;a,b")])
    assert refused.value.code == "no_ballots"


def test_more_ballots_than_allowed_are_refused_before_memory_runs_out():
    with pytest.raises(MethodError) as refused:
        read_pb(GOOD.encode(), most_ballots=2)
    assert (refused.value.code, refused.value.parameters["row"]) == ("too_many_ballots", 13)


def test_points_must_match_the_projects_and_may_not_be_negative():
    text = GOOD.replace("approval", "cumulative").replace("vote;age", "vote;points").replace("1;a,b;34", "1;a,b;3,1.5")
    text = text.replace("2;b;17", "2;b;2").replace("3;;80", "3;;")
    election = read(text)
    assert (election.scores.tolist(), election.ballots.points_unit) == ([6, 7], 2)
    for bad, code in (
        ("2;b;2,2", "points_do_not_match"),
        ("2;b;-2", "points_negative"),
        ("2;b;x", "not_a_number"),
        ("2;b;NaN", "not_a_number"),
        ("2;b;9999999999999999999999", "points_too_long"),
    ):
        with pytest.raises(MethodError) as refused:
            read(text.replace("2;b;2", bad))
        assert (refused.value.code, refused.value.parameters["row"]) == (code, 12)


def test_rankings_count_as_points_from_the_first_place_down():
    text = GOOD.replace("vote_type;approval", "vote_type;ordinal\nmax_length;3").replace("1;a,b", "1;b,a")
    assert read(text).scores.tolist() == [2, 6]


def test_odd_counts_in_the_head_are_told_but_do_no_harm():
    election = read(GOOD.replace("budget;100", "budget;100\nnum_votes;7"))
    assert election.notices == ("Row 4: num_votes says 7, but there are 3 ballots.",)


def real_pb_files():
    return sorted((DATA / "pb").glob("*.pb")) if (DATA / "pb").exists() else []


@pytest.mark.parametrize("path", real_pb_files(), ids=lambda path: path.stem)
def test_every_real_file_is_read_and_its_numbers_of_votes_agree(path):
    data = path.read_bytes()
    election = read_pb(data)
    assert PbDocument.parse(data).to_bytes() == data
    told = [p.attribute("votes") for p in election.projects]
    if path.stem != "Switzerland_Zurich_S5D10":  # counts projects with 0 points as votes
        assert all(not t or int(t) == v for t, v in zip(told, election.votes.tolist(), strict=True))


def test_results_are_written_into_the_file_and_nothing_else_changes():
    data = real_file("pb/Netherlands_Assen_2024.pb").read_bytes()
    election = read_pb(data)
    official = {p.id for p in election.projects if p.attribute("selected") == "1"}
    assert written_back(data, official) == data
    other = read_pb(written_back(data, {"1"}))
    assert [p.id for p in other.projects if p.attribute("selected") == "1"] == ["1"]
    assert other.votes.tolist() == election.votes.tolist()


@pytest.mark.parametrize("path", real_pb_files(), ids=lambda path: path.stem)
def test_a_real_file_takes_up_its_result_and_keeps_every_other_byte(path):
    data = path.read_bytes()
    election = read_pb(data)
    official = {p.id for p in election.projects if p.attribute("selected") == "1"}
    result = written_back(data, official)
    if "selected" in dict(election.projects[0].attributes):
        assert result == data
    else:
        taken_out = result.replace(b";selected\r\n", b"\r\n").replace(b";selected\n", b"\n")
        section = PbDocument.parse(taken_out)
        rows = section.projects.replace(b";0\r\n", b"\r\n").replace(b";0\n", b"\n")
        assert section.before + rows + section.after == data


def test_quotes_line_ends_and_blanks_stay_as_they_are_when_a_result_is_written_in():
    odd = 'project_id;selected;name;cost\r\n"a";0;"Tree; ""old""\n and new" ;60\n\nb;;B"ench;40\r\n'
    data = GOOD.replace(GOOD[GOOD.index("project_id") : GOOD.index("VOTES")], odd).encode()
    result = written_back(data, {"a"})
    assert result == data.replace(b'"a";0;', b'"a";1;').replace(b"b;;B", b"b;0;B")
    assert [p.attribute("selected") for p in read_pb(result).projects] == ["1", "0"]


def test_groups_of_ages_survive_being_written():
    election = read(GOOD.replace("2;b;17", "2;b;25-34"))
    again = read_pb(write_pb(election))
    assert again.traits["age"].labels == election.traits["age"].labels == ("25–34", "25-34", "80+")


@examples(20)
@given(election=st.one_of(elections.approvals(), elections.points()))
def test_an_election_of_the_platform_survives_the_way_through_a_file(election):
    assume(100 % election.budget.denominator == 0)
    again = read_pb(write_pb(election))
    assert [(p.id, p.cost) for p in again.projects] == [(p.id, p.cost) for p in election.projects]
    assert again.budget == election.budget
    assert again.ballots.group_of.tolist() == election.ballots.group_of.tolist()
    ratio = Fraction(again.ballots.points_unit, election.ballots.points_unit)
    assert [s / ratio for s in again.scores.tolist()] == election.scores.tolist()


def test_ballots_that_only_share_a_mark_are_kept_apart(monkeypatch):
    monkeypatch.setattr(merging, "_scattered", lambda numbers: np.ones_like(numbers))
    election = read(GOOD.replace("3;;80", "3;a;80"))
    assert election.ballots.groups == 3
    assert election.votes.tolist() == [2, 2]
