"""However votes arrive, the same votes are the same object, and odd ones are named by their row."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitstadt.methods.opinion import cells
from mitstadt.methods.opinion.exports import read_conversation
from mitstadt.methods.opinion.live import LiveMap
from mitstadt.methods.opinion.votes import Votes
from mitstadt.methods.shared.errors import MethodError

VOTES = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from(["Park", "Lärm", "Rad", "Bus", 7]), st.sampled_from([-1, 0, 1])),
    min_size=1,
    max_size=60,
)


def last_votes(triples):
    return {(person, statement): value for person, statement, value in triples}


def as_dictionary(votes):
    matrix = votes.matrix.tocoo()
    pairs = zip(matrix.row, matrix.col, matrix.data, strict=True)
    return {(votes.persons[r], votes.statements[c]): int(v) for r, c, v in pairs}


@given(VOTES)
def test_of_several_votes_on_one_statement_the_last_counts(triples):
    votes = Votes.from_arrays(*zip(*triples, strict=True))

    assert as_dictionary(votes) == last_votes(triples)


@pytest.mark.parametrize("repeated", [False, True])
def test_very_many_votes_are_sorted_another_way_with_the_same_result(monkeypatch, repeated):
    rng = np.random.default_rng(0)
    cell = rng.choice(60 * 9, 400, replace=repeated)
    arrays = (cell // 9, cell % 9, rng.integers(-1, 2, 400))
    usual = Votes.from_arrays(*arrays)
    monkeypatch.setattr(cells, "SORTED_FROM", 0)
    monkeypatch.setattr(cells, "VOTES_PER_PART", 37)

    assert Votes.from_arrays(*arrays).equals(usual)


@given(VOTES, st.randoms(use_true_random=False))
def test_with_times_the_order_of_rows_plays_no_part(triples, random):
    rows = [(*one, time) for time, one in enumerate(triples)]
    shuffled = random.sample(rows, len(rows))

    assert Votes.from_arrays(*zip(*shuffled, strict=True)).equals(Votes.from_arrays(*zip(*rows, strict=True)))


@given(VOTES, VOTES)
def test_votes_that_come_later_give_the_same_as_all_at_once(early, late):
    streamed = Votes.from_arrays(*zip(*early, strict=True)).updated(*zip(*late, strict=True))

    assert streamed.equals(Votes.from_arrays(*zip(*early, *late, strict=True)))


@given(st.lists(VOTES, min_size=2, max_size=4))
def test_streamed_statistics_equal_those_of_a_full_recompute_bit_for_bit(parts):
    live = LiveMap.of(Votes.from_arrays(*zip(*parts[0], strict=True)))
    for part in parts[1:]:
        live = live.add(*zip(*part, strict=True))
    whole = LiveMap.of(Votes.from_arrays(*zip(*[one for part in parts for one in part], strict=True)))

    for name in ("votes_votes", "votes_seen", "seen_seen"):
        assert np.array_equal(getattr(live.statistics, name), getattr(whole.statistics, name)), name
    assert live.components().directions.tobytes() == whole.components().directions.tobytes()


def test_a_live_map_is_saved_and_read_back():
    live = LiveMap.of(Votes.from_arrays(["Ida", "Jörg"], [1, 2], [1, -1]))
    file = io.BytesIO()
    live.save(file)
    file.seek(0)

    assert LiveMap.load(file).votes.equals(live.votes)


@pytest.mark.parametrize(
    ("value", "row"), [([1, float("nan")], 1), ([2, 1], 0), ([1, None], 1), (np.array([0.0, 0.5]), 1)]
)
def test_a_vote_that_is_none_is_named_by_its_row(value, row):
    with pytest.raises(MethodError) as caught:
        Votes.from_arrays([1, 2], [1, 1], value)

    assert caught.value.code == "vote_value"
    assert caught.value.parameters["row"] == row


def test_lists_of_different_length_are_refused():
    with pytest.raises(MethodError, match="equally many"):
        Votes.from_arrays([1, 2], [1], [1, 1])


def test_a_person_without_an_id_is_named_by_the_row():
    with pytest.raises(MethodError, match="row 1 has no id"):
        Votes.from_arrays([1, None], [1, 1], [1, 1])


MATRIX = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,5,10\n7,1,0,2,1,0,1,,0\n3,,0,1,0,1,,-1,\n"
LIST = "timestamp,datetime,comment-id,voter-id,vote\n5,x,0,7,1\n6,x,10,7,0\n1,x,5,3,1\n9,x,5,3,-1\n"


def read(**tables):
    return read_conversation({name.replace("_", "-"): io.BytesIO(text.encode()) for name, text in tables.items()})


def test_polis_table_of_people_and_its_list_of_votes_hold_the_same():
    assert read(participants_votes=MATRIX).votes.equals(read(votes=LIST).votes)
    assert read(participants_votes=MATRIX).published.tolist() == [-1, 1]


def test_our_own_table_is_read_whatever_the_order_of_its_columns():
    votes = read(votes="vote,statement,person\n1,s2,Linh\n-1,s1,Malik\n").votes

    assert as_dictionary(votes) == {("Linh", "s2"): 1, ("Malik", "s1"): -1}


def test_quotes_spaces_and_windows_line_ends_are_read_like_plain_rows():
    quoted = LIST.replace(",x,", ',"Mon, noon",').replace("\n", "\r\n")

    assert read(votes="\ufeff" + quoted).votes.equals(read(votes=LIST).votes)


@pytest.mark.parametrize(
    ("table", "text", "sentence"),
    [
        ("votes", "", "not even a line of column names"),
        ("votes", LIST + "8,x,5,4,nan\n", "line 6 is “nan”"),
        ("votes", LIST + "8,x,5,4,3\n", "line 6 is “3”"),
        ("votes", LIST + "8,x,5\n", "Line 6 has 3 cells"),
        ("votes", LIST + "8,x,,4,1\n", "missing in line 6"),
        ("votes", "a,b\n1,2\n", "none of the columns"),
        ("participants_votes", MATRIX + "7,1,0,2,1,0,1,,0\n", "has two rows"),
        ("participants_votes", MATRIX.replace("0,5,10", "0,5,5"), "has two columns"),
        ("participants_votes", MATRIX + "8,,0,1,1,0,nan,,\n", "line 4, column 7"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(table, text, sentence):
    with pytest.raises(MethodError, match=sentence):
        read(**{table: text})
