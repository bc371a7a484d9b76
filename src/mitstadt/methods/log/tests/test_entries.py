"""An entry has one spelling only, holds no person's words, and refuses what other programs would read differently."""

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitstadt.methods.log import Entry, content_hash
from mitstadt.methods.log.tests.log_examples import START, entry
from mitstadt.methods.shared.errors import MethodError

SALT = bytes(range(16))


def test_an_entry_is_one_line_of_json_with_sorted_keys():
    assert entry(1).line().decode() == (
        '{"actor":"p1","actor_kind":"person","at":"2026-05-03T08:01:00.000000Z",'
        '"content":"' + entry(1).content + '","details":{"state_before":"open"},"index":1,"record":"REF-1",'
        '"verb":"comment_added"}'
    )


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
))  # fmt: skip
def test_every_plain_detail_survives_the_way_out_and_back(detail):
    written = Entry(0, START, "system", None, "noted", details={"fact": detail})
    line = written.line()

    assert b"\n" not in line
    assert Entry.from_line(line) == written


def test_a_time_is_written_in_utc_wherever_the_clock_stands():
    berlin = datetime(2026, 5, 3, 10, 15, tzinfo=timezone(timedelta(hours=2)))

    assert b'"at":"2026-05-03T08:15:00.000000Z"' in Entry(0, berlin, "host", None, "opened").line()


@pytest.mark.parametrize(
    "change",
    [
        {"index": -1},
        {"index": True},
        {"at": datetime(2026, 5, 3)},  # noqa: DTZ001 - a time without zone is what is refused
        {"actor_kind": "Person"},
        {"actor": "ayşe@example.org"},
        {"actor": ""},
        {"verb": "comment added"},
        {"record": "7K3Q\nM9XD"},
        {"content": "abc"},
        {"details": ["no", "object"]},
    ],
)
def test_an_entry_that_does_not_fit_is_refused(change):
    fields = {"index": 0, "at": START, "actor_kind": "person", "actor": "p1", "verb": "came"}

    with pytest.raises(MethodError, match="A log entry cannot have"):
        Entry(**{**fields, **change})


@pytest.mark.parametrize("detail", [float("nan"), float("inf"), {1: "x"}, {"x": {2}}, b"bytes", "\ud800", START])
def test_what_is_no_plain_json_is_refused(detail):
    with pytest.raises(MethodError):
        Entry(0, START, "system", None, "noted", details={"fact": detail}).line()
    with pytest.raises(MethodError):
        content_hash(detail, salt=SALT)


def _respelt(line: bytes) -> list[bytes]:
    fields = json.loads(line)
    return [
        json.dumps(fields).encode(),
        line.replace(b"open", b"op\\u0065n"),
        line + b" ",
        line + b"\r",
        line[:-1] + b',"verb":"comment_added"}',
        line.replace(b"08:01:00.000000Z", b"08:01:00Z"),
        line.replace(b'"index":1', b'"index":1.0'),
        line.replace(b'"details":{"state_before":"open"}', b'"details":{"n":NaN}'),
        line.replace(b'"record":"REF-1",', b""),
        line.replace(b'"verb"', b'"wish":1,"verb"'),
        b"",
        b"[]",
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"index":' + b"9" * 5000 + b"}",
    ]


@pytest.mark.parametrize("line", _respelt(entry(1).line()), ids=range(15))
def test_every_other_spelling_of_an_entry_is_refused(line):
    with pytest.raises(MethodError, match="no log entry"):
        Entry.from_line(line)


def test_the_content_hash_is_sha_256_of_salt_and_canonical_json():
    expected = hashlib.sha256(SALT + '{"a":1,"ü":[null,true]}'.encode()).hexdigest()

    assert content_hash({"ü": [None, True], "a": 1}, salt=SALT) == expected


def test_the_same_words_with_another_salt_have_another_hash():
    assert content_hash("Ja", salt=SALT) != content_hash("Ja", salt=bytes(16))


@pytest.mark.parametrize("length", [0, 15, 17])
def test_a_salt_of_another_length_is_refused(length):
    with pytest.raises(MethodError, match="16 random bytes"):
        content_hash("Ja", salt=bytes(length))


def test_times_survive_at_the_ends_of_the_calendar():
    first = Entry(0, datetime(1, 1, 1, tzinfo=UTC), "system", None, "began")

    assert Entry.from_line(first.line()) == first
