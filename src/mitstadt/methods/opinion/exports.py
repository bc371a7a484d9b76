"""Read conversations that others or we exported: Polis' tables, and the platform's own table of votes.

Polis writes ``participants-votes.csv`` (one row a person, one column a statement), ``votes.csv`` (one row a vote, with
time) and ``comments.csv`` (one row a statement, with moderation). Our own table of votes has the columns ``person``,
``statement``, ``vote`` and, if known, ``time``. In all of them 1 is agree, -1 disagree, 0 pass.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from mitstadt.methods.opinion.conversation import Conversation
from mitstadt.methods.opinion.tables import NotPlain, whole_number_columns
from mitstadt.methods.opinion.votes import Votes
from mitstadt.methods.shared.errors import MethodError

PERSON = ("voter-id", "participant", "person", "voter", "person_id", "pid")
STATEMENT = ("comment-id", "statement", "comment", "statement_id", "tid")
VOTE = ("vote", "value")
TIME = ("timestamp", "time")
ABOUT_A_PERSON = frozenset(
    {"participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree", "person", "xid", "voter-id"}
)
CELLS = {"": None, "1": 1, "-1": -1, "0": 0, "1.0": 1, "-1.0": -1, "0.0": 0, "-0.0": 0, "+1": 1}
WHOLE_NUMBER = re.compile(r"-?(0|[1-9]\d{0,17})")
TABLES = ("participants-votes", "votes", "comments")


@dataclass(frozen=True)
class Moderation:
    """What ``comments.csv`` says: rejected and meta statements, and the texts."""

    rejected: frozenset[Any]
    meta: frozenset[Any]
    texts: Mapping[Any, str]


def read_conversation(tables: Mapping[str, IO[bytes]]) -> Conversation:
    """A conversation from its tables.

    Parameters
    ----------
    tables : mapping of table name to binary stream
        ``participants-votes`` or ``votes`` (with both, the first counts),
        and ``comments`` if there is one.

    Raises
    ------
    MethodError
        Naming the table and the row that cannot be read.
    """
    moderation = read_comments(tables["comments"]) if "comments" in tables else Moderation(frozenset(), frozenset(), {})
    if "participants-votes" in tables:
        votes, published = read_matrix(tables["participants-votes"])
    elif "votes" in tables:
        votes = read_votes(tables["votes"])
        published = np.full(votes.shape[0], -1)
    else:
        sentence = "There is neither a table participants-votes.csv nor a table votes.csv."
        raise MethodError("no_votes_table", sentence)
    names = votes.statements.tolist()
    return Conversation(
        votes,
        np.array([one in moderation.rejected for one in names], bool),
        np.array([one in moderation.meta for one in names], bool),
        published,
        moderation.texts,
    )


def table_kind(header: bytes) -> str:
    """Which of the tables a first line belongs to: participants-votes, votes or comments."""
    names = set(_names(header))
    if names & set(VOTE) and names & set(PERSON) and names & set(STATEMENT):
        return "votes"
    if "comment-id" in names:
        return "comments"
    return "participants-votes"


def read_votes(stream: IO[bytes]) -> Votes:
    """Votes from a table with one row a vote; with times the latest of a pair counts, otherwise the last row."""
    header = stream.readline()
    names = _names(header)
    if not names:
        raise MethodError("table_empty", "The table of votes is empty: not even a line of column names.")
    person, statement, vote = (_column(names, wanted) for wanted in (PERSON, STATEMENT, VOTE))
    time = next((names.index(name) for name in TIME if name in names), None)
    columns = [person, statement, vote, *([] if time is None else [time])]
    start = stream.tell()
    try:
        parts = whole_number_columns(stream, columns, len(names))
    except NotPlain:
        stream.seek(start)
        return _read_odd_votes(stream, columns, len(names))
    cells = parts[2]
    wrong = np.flatnonzero(np.abs(cells) > 1)
    if len(wrong):
        raise _odd_cell(f"line {wrong[0] + 2}", str(cells[wrong[0]]), int(wrong[0]) + 2)
    times = None if time is None else parts[3]
    return Votes.from_arrays(parts[0], parts[1], cells.astype(np.int8), times)


def _read_odd_votes(stream: IO[bytes], columns: list[int], width: int) -> Votes:
    lists: list[list[Any]] = [[] for _ in columns]
    for line, row in _rows(stream, first=2):
        if len(row) != width:
            raise _short_row(line, len(row), width)
        person, statement, vote, *time = (row[column].strip() for column in columns)
        cell = CELLS.get(vote)
        if cell is None:
            raise _odd_cell(f"line {line}", vote, line)
        values = [identity(person, line), identity(statement, line), cell]
        values += [_time(one, line) for one in time]
        for part, one in zip(lists, values, strict=True):
            part.append(one)
    return Votes.from_arrays(*lists)


def _time(text: str, line: int) -> int:
    if not WHOLE_NUMBER.fullmatch(text):
        sentence = f"The time “{text}” in line {line} is not a whole number."
        raise MethodError("vote_time", sentence, row=line)
    return int(text)


def read_matrix(stream: IO[bytes]) -> tuple[Votes, NDArray[np.int64]]:
    """Votes and published groups from a table with one row a person and one column a statement."""
    rows = _rows(stream, first=1)
    names = [name.strip() for name in next(rows, (0, []))[1]]
    if not names:
        raise MethodError("table_empty", "The table of votes is empty: not even a line of column names.")
    person = _column(names, PERSON)
    group = names.index("group-id") if "group-id" in names else None
    places = [place for place, name in enumerate(names) if name not in ABOUT_A_PERSON]
    statements = [identity(names[place], 1) for place in places]
    _no_double(statements, "statement", "column")
    persons: list[Any] = []
    groups: list[int] = []
    who: list[NDArray[np.int32]] = []
    which: list[NDArray[np.int32]] = []
    cells: list[NDArray[np.int8]] = []
    for line, row in rows:
        if len(row) != len(names):
            raise _short_row(line, len(row), len(names))
        voted, answers = _answers(row, places, line)
        who.append(np.full(len(voted), len(persons), np.int32))
        which.append(voted)
        cells.append(answers)
        persons.append(identity(row[person].strip(), line))
        groups.append(_group(row[group].strip(), line) if group is not None else -1)
    _no_double(persons, "person", "row")
    return _from_matrix(persons, statements, groups, (_joined(who), _joined(which), _joined(cells)))


def _from_matrix(
    persons: list[Any], statements: list[Any], groups: list[int], parts: tuple[NDArray[Any], ...]
) -> tuple[Votes, NDArray[np.int64]]:
    who, which, cells = parts
    ids, names = _objects(persons), _objects(statements)
    votes = Votes.from_arrays(ids[who], names[which], cells.astype(np.int8), persons=persons, statements=statements)
    group_of = dict(zip(persons, groups, strict=True))
    return votes, np.array([group_of[one] for one in votes.persons.tolist()], dtype=np.int64)


def _joined(parts: list[Any]) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.zeros(0, np.int32)


def _objects(ids: list[Any]) -> NDArray[Any]:
    if ids and all(type(one) is int for one in ids):
        return np.array(ids, np.int64)
    array = np.empty(len(ids), object)
    array[:] = ids
    return array


def _answers(row: list[str], places: list[int], line: int) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
    voted: list[int] = []
    answers: list[int] = []
    for number, place in enumerate(places):
        text = row[place]
        if not text:
            continue
        cell = CELLS.get(text.strip(), "odd")
        if cell == "odd":
            raise _odd_cell(f"line {line}, column {place + 1}", text, line)
        if cell is not None:
            voted.append(number)
            answers.append(int(cell))
    return np.array(voted, np.int32), np.array(answers, np.int8)


def read_comments(stream: IO[bytes]) -> Moderation:
    """Which statements were rejected, which are meta, and what they say."""
    rows = _rows(stream, first=1)
    names = [name.strip() for name in next(rows, (0, []))[1]]
    if not names:
        return Moderation(frozenset(), frozenset(), {})
    key = _column(names, STATEMENT)
    state, meta, text = (
        names.index(name) if name in names else None for name in ("moderated", "is-meta", "comment-body")
    )
    rejected, metas, texts = set(), set(), {}
    for line, row in rows:
        if len(row) != len(names):
            raise _short_row(line, len(row), len(names))
        one = identity(row[key].strip(), line)
        if state is not None and row[state].strip() in {"-1", "-1.0"}:
            rejected.add(one)
        if meta is not None and row[meta].strip().lower() in {"true", "1", "t"}:
            metas.add(one)
        texts[one] = row[text] if text is not None else ""
    return Moderation(frozenset(rejected), frozenset(metas), texts)


def identity(text: str, line: int) -> int | str:
    """An id as a whole number where it is written as one, otherwise as the text it is."""
    if not text or text.lower() == "nan":
        raise MethodError("id_missing", f"An id is missing in line {line}.", row=line)
    return int(text) if WHOLE_NUMBER.fullmatch(text) and text != "-0" else text


def _group(text: str, line: int) -> int:
    if text in {"", "-1", "nan", "NaN"}:
        return -1
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if number < 0 or number != int(number):
        raise MethodError("group_id", f"The group “{text}” in line {line} is not a whole number.", row=line)
    return int(number)


def _rows(stream: IO[bytes], *, first: int) -> Iterator[tuple[int, list[str]]]:
    """Rows with their line numbers; empty lines are skipped."""
    csv.field_size_limit(10_000_000)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    reader = csv.reader(text)
    try:
        for row in reader:
            if row:
                yield reader.line_num + first - 1, row
    except UnicodeDecodeError as error:
        raise MethodError("not_utf8", "The table is not written in UTF-8. Save it as UTF-8 and try again.") from error
    except csv.Error as error:
        line = reader.line_num + first - 1
        raise MethodError("not_csv", f"Line {line} is not a row of a table: {error}.", row=line) from error
    finally:
        with contextlib.suppress(ValueError):  # already closed when reading stopped at an odd row
            text.detach()


def _names(header: bytes) -> list[str]:
    try:
        text = header.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MethodError("not_utf8", "The table is not written in UTF-8. Save it as UTF-8 and try again.") from error
    return [name.strip() for name in next(csv.reader([text.strip()]), [])]


def _column(names: list[str], wanted: Iterable[str]) -> int:
    for name in wanted:
        if name in names:
            return names.index(name)
    listed = ", ".join(wanted)
    shown = ", ".join(names[:8])
    sentence = f"The table has none of the columns {listed}. Its first columns are: {shown}."
    raise MethodError("column_missing", sentence, wanted=list(wanted))


def _no_double(ids: list[Any], what: str, where: str) -> None:
    if len(set(ids)) == len(ids):
        return
    seen: set[Any] = set()
    for number, one in enumerate(ids, start=1):
        if one in seen:
            sentence = f"The {what} {one!r} has two {where}s in the table; the second is {where} {number}."
            raise MethodError("id_twice", sentence, what=what, id=str(one), row=number)
        seen.add(one)


def _short_row(line: int, got: int, wanted: int) -> MethodError:
    sentence = f"Line {line} has {got} cells, but the table has {wanted} columns."
    return MethodError("row_length", sentence, row=line, cells=got, columns=wanted)


def _odd_cell(where: str, text: str, line: int) -> MethodError:
    sentence = f"The vote in {where} is “{text}”. A vote is 1 (agree), 0 (pass) or -1 (disagree)."
    return MethodError("vote_value", sentence, row=line, value=text)
