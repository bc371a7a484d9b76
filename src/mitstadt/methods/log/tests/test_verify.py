"""Whoever holds an exported log finds out, without the platform, whether anything in it was changed, and where."""

import gc
import hashlib
import io
import itertools
import tracemalloc
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitstadt.methods.log import (
    Entry,
    Header,
    InclusionProof,
    TreeHead,
    bounded_lines,
    exported_lines,
    prove_inclusion,
    public_key,
    sign_head,
    verify_log,
)
from mitstadt.methods.log.findings import FAULTS_TOLD
from mitstadt.methods.log.tests.log_examples import KEY, ORIGIN, SECRET, contents, entry, exported, heads_over
from mitstadt.methods.shared.errors import MethodError

LOG = exported()
WHOLE = b"".join(LOG)
HEAD_LINES = (6, 10, 16)  # lines of the heads over 4, 7 and 12 entries
ENTRY_LINES = [line for line in range(2, 17) if line not in HEAD_LINES]


def verify_bytes(raw: bytes, **more):
    return verify_log(bounded_lines(io.BytesIO(raw)), **more)


def blames(verification, line: int) -> bool:
    return any(fault.since <= line <= fault.line for fault in verification.faults if fault.file == "log")


def codes(verification) -> list[str]:
    return [fault.code for fault in verification.faults]


def test_an_untouched_log_is_sound_and_says_how_much_was_checked():
    verification = verify_log(LOG, contents=contents(), keys=[KEY])

    assert verification.sound
    assert (verification.entries, verification.heads, verification.heads_confirmed) == (12, 3, 3)
    assert (verification.contents_checked, verification.erased) == (8, 0)
    assert verification.last_head.size == 12
    assert not verification.keys_from_file


def test_the_root_of_the_example_is_the_known_one():
    """Recount: sha256sum over the lines, joined pairwise as RFC 6962 says, gives this root."""
    leaves = [hashlib.sha256(b"\x00" + LOG[line - 1][:-1]).digest() for line in ENTRY_LINES]

    def pair(left, right):
        return hashlib.sha256(b"\x01" + left + right).digest()

    a, b, c, d, e, f = (pair(*leaves[place : place + 2]) for place in range(0, 12, 2))
    assert verify_log(LOG).last_head.root == pair(pair(pair(a, b), pair(c, d)), pair(e, f))


@given(st.data())
def test_any_one_byte_changed_anywhere_is_found_and_its_line_named(data):
    place = data.draw(st.integers(0, len(WHOLE) - 1))
    changed = bytearray(WHOLE)
    changed[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != WHOLE[place]))

    verification = verify_bytes(bytes(changed))

    assert not verification.sound
    assert blames(verification, WHOLE.count(b"\n", 0, place) + 1)


@given(st.sampled_from(ENTRY_LINES), st.data())
def test_an_entry_rewritten_in_good_form_is_found_and_the_lines_narrowed_down_to_the_heads_around_it(line, data):
    index = ENTRY_LINES.index(line)
    forged = data.draw(st.sampled_from(["p9", "p8", None]))
    rewritten = Entry.from_line(LOG[line - 1][:-1])
    fields = {name: getattr(rewritten, name) for name in rewritten.__dataclass_fields__}
    log = [*LOG]
    log[line - 1] = Entry(**{**fields, "actor": forged, "verb": "forged"}).line() + b"\n"

    verification = verify_log(log)

    assert codes(verification) == ["root_differs"]
    (fault,) = verification.faults
    assert fault.line == next(head for head in HEAD_LINES if head > line)
    assert fault.since <= line
    assert fault.line - fault.since <= 6
    assert verification.heads_confirmed == sum(size <= index for size in (4, 7, 12))


@given(st.sampled_from(ENTRY_LINES))
def test_a_dropped_entry_is_found(line):
    verification = verify_log([*LOG[: line - 1], *LOG[line:]])

    assert not verification.sound
    assert blames(verification, line)


@given(st.lists(st.sampled_from(ENTRY_LINES), min_size=2, max_size=2, unique=True))
def test_two_entries_in_each_others_place_are_found(pair):
    first, second = sorted(pair)
    log = [*LOG]
    log[first - 1], log[second - 1] = log[second - 1], log[first - 1]

    verification = verify_log(log)

    assert verification.faults[0].line == first
    assert verification.faults[0].code == "entry_out_of_order"


@given(st.integers(0, len(WHOLE) - 1))
def test_a_log_cut_off_anywhere_is_found_unless_it_is_the_whole_log_of_an_earlier_head(length):
    ends_at_head = {len(b"".join(LOG[:line])) for line in HEAD_LINES}

    verification = verify_bytes(WHOLE[:length])

    assert verification.sound == (length in ends_at_head)


@pytest.mark.parametrize("line", HEAD_LINES[:2])
def test_a_log_cut_off_at_an_earlier_head_is_found_by_whoever_noted_a_later_one(line):
    noted = heads_over([entry(index).line() for index in range(12)], [12])

    verification = verify_log(LOG[:line], known_heads=noted)

    assert codes(verification) == ["known_head_missing"]
    assert verify_log(LOG, known_heads=noted).known_heads_confirmed == 1


def test_a_log_rewritten_and_signed_anew_is_found_by_whoever_noted_a_head():
    lines = [entry(index).line() for index in range(12)]
    rewritten = [entry(0).line().replace(b"comment_added", b"comment_erased"), *lines[1:]]
    log = list(exported_lines(Header(ORIGIN, (KEY,)), rewritten, heads_over(rewritten, (4, 7, 12))))

    assert verify_log(log, keys=[KEY]).sound
    for size in range(1, 13):
        assert codes(verify_log(log, known_heads=heads_over(lines, [size]))) == ["known_head_differs"]
        assert verify_log(LOG, known_heads=heads_over(lines, [size])).known_heads_confirmed == 1


def test_a_head_noted_from_another_log_proves_nothing_and_is_told():
    noted = heads_over([], [0], origin="hamburg.example/log")

    assert codes(verify_log(LOG, known_heads=noted)) == ["known_head_untrusted"]


def test_a_log_signed_by_somebody_else_is_found_by_whoever_has_the_published_key():
    forger = bytes(32)
    lines = [entry(index).line() for index in range(5)]
    header = Header(ORIGIN, (public_key(ORIGIN, forger),))
    log = list(exported_lines(header, lines, heads_over(lines, [5], secret=forger)))

    assert verify_log(log).sound
    assert verify_log(log).keys_from_file
    assert codes(verify_log(log, keys=[KEY])) == ["key_differs", "key_unknown"]


def test_a_change_of_key_is_no_fault():
    new_secret = bytes(range(32))
    lines = [entry(index).line() for index in range(5)]
    heads = [*heads_over(lines, [3]), *heads_over(lines, [5], secret=new_secret)]
    header = Header(ORIGIN, (KEY, public_key(ORIGIN, new_secret)))

    assert verify_log(exported_lines(header, lines, heads)).heads_confirmed == 2


def test_two_heads_that_contradict_each_other_are_found():
    lines = [entry(index).line() for index in range(4)]
    (honest,) = heads_over(lines, [4])
    other = sign_head(TreeHead(ORIGIN, 4, bytes(32), honest.head.at), secret_key=SECRET)
    log = list(exported_lines(Header(ORIGIN, (KEY,)), lines, [honest, other, honest]))

    verification = verify_log(log)

    assert codes(verification) == ["root_differs"]
    assert verification.heads_confirmed == 2


def test_heads_whose_times_go_back_are_a_notice_and_the_log_stays_sound():
    """Whoever was behind this city's lock signed an older time; the entries stand where they stood all the same."""
    lines = [entry(index).line() for index in range(4)]
    first, second = heads_over(lines, [2, 4])
    backdated = sign_head(TreeHead(ORIGIN, 4, second.head.root, first.head.at.replace(year=2025)), secret_key=SECRET)

    verification = verify_log(exported_lines(Header(ORIGIN, (KEY,)), lines, [first, backdated]))

    assert verification.sound
    assert verification.heads_confirmed == 2
    assert [notice.code for notice in verification.notices] == ["head_goes_back"]


def test_a_head_that_goes_back_is_still_judged_by_its_tree():
    lines = [entry(index).line() for index in range(4)]
    first, _second = heads_over(lines, [2, 4])
    forged = sign_head(TreeHead(ORIGIN, 4, bytes(32), first.head.at.replace(year=2025)), secret_key=SECRET)

    assert codes(verify_log(exported_lines(Header(ORIGIN, (KEY,)), lines, [first, forged]))) == ["root_differs"]


@pytest.mark.parametrize(("minutes", "told"), [(9, []), (11, ["entry_goes_back"]), (2 * 24 * 60, ["entry_goes_back"])])
def test_entries_from_a_clock_that_was_set_back_are_a_notice(minutes, told):
    """Who waits for the log comes with an older time: some minutes are nothing."""
    first = entry(0)
    lines = [first.line(), replace(entry(1), at=first.at - timedelta(minutes=minutes)).line()]

    verification = verify_log(exported_lines(Header(ORIGIN, (KEY,)), lines, heads_over(lines, [2])))

    assert verification.sound
    assert [notice.code for notice in verification.notices] == told


def test_one_broken_entry_is_told_once_and_a_second_one_too():
    log = [*LOG]
    log[2] = log[2].replace(b"comment_added", b"comment_moved")

    assert codes(verify_log(log)) == ["root_differs"]

    log[12] = b"no entry\n"
    assert [(fault.code, fault.line) for fault in verify_log(log).faults] == [
        ("root_differs", 6), ("entry_unreadable", 13)
    ]  # fmt: skip


def test_erased_contents_are_counted_and_named_and_the_log_stays_sound():
    kept = [line for line in contents() if b'"index":4,' not in line and b'"index":10,' not in line]

    verification = verify_log(LOG, contents=kept)

    assert verification.sound
    assert (verification.contents_checked, verification.erased) == (6, 2)
    assert verification.erased_entries == ((4, "REF-4"), (10, "REF-0"))


@given(st.data())
def test_any_change_to_contents_is_found_or_is_an_erasure_that_is_told(data):
    whole = b"".join(contents())
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = bytearray(whole)
    changed[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[place]))

    verification = verify_log(LOG, contents=bytes(changed).splitlines(keepends=True))

    same_meaning = verification.contents_checked == 8  # white space for white space, a capital in the salt
    assert same_meaning or any(fault.file == "contents" for fault in verification.faults)


def test_contents_in_another_order_twice_or_for_another_record_are_found():
    lines = contents()
    swapped = [lines[1], lines[0], *lines[2:]]
    elsewhere = [lines[0].replace(b"REF-0", b"REF-1"), *lines[1:]]
    unexpected = [*lines[:2], lines[1].replace(b'"index":1', b'"index":2').replace(b"REF-1", b"REF-2"), *lines[2:]]
    weak_salt = [lines[0].replace(b'"salt":"', b'"salt":"00'), *lines[1:]]

    assert codes(verify_log(LOG, contents=swapped)) == ["content_without_entry"]
    assert codes(verify_log(LOG, contents=[lines[0], *lines])) == ["content_without_entry"]
    assert codes(verify_log(LOG, contents=elsewhere)) == ["content_of_another_record"]
    assert codes(verify_log(LOG, contents=unexpected)) == ["content_unexpected"]
    assert codes(verify_log(LOG, contents=weak_salt)) == ["content_differs"]
    assert codes(verify_log(LOG, contents=[*lines, lines[0].replace(b'"index":0', b'"index":99')])) == [
        "content_without_entry"
    ]


def test_a_log_without_any_head_is_not_sound():
    assert codes(verify_log(LOG[:5])) == ["no_head"]
    assert codes(verify_log(LOG[:9])) == ["uncovered"]


def test_a_wrecked_log_tells_the_first_faults_and_counts_the_rest():
    verification = verify_log([LOG[0], *(b"wreck\n" for _ in range(1000)), LOG[-1]])

    assert len(verification.faults) == FAULTS_TOLD
    assert verification.faults_total == 1001


@pytest.mark.parametrize(
    "lines", [[], [b""], [b"\x89PNG\r\n"], [b"{}\n"], [b"[]"], [b"[" * 100_000], LOG[1:], [b"null\n", *LOG]],
    ids=range(8),
)  # fmt: skip
def test_a_file_that_is_no_log_is_told_as_such(lines):
    verification = verify_log(lines, keys=[KEY])

    assert [(fault.line, fault.code) for fault in verification.faults] == [(1, "header_unreadable")]


def test_a_log_of_a_later_version_is_told_as_such():
    verification = verify_log([LOG[0].replace(b'"version":1', b'"version":2')])

    assert "version 2" in verification.faults[0].sentence


def test_a_line_without_end_does_not_fill_the_memory():
    with pytest.raises(MethodError, match="Line 2 is longer than 100 bytes"):
        list(bounded_lines(io.BytesIO(b"short\n" + b"x" * 1000), longest=100))


def test_memory_does_not_grow_with_the_log():
    def peak(count: int) -> int:
        many = (entry(0).line() + b"\n" for _ in range(count))
        gc.collect()
        tracemalloc.start()
        verification = verify_log(itertools.chain(LOG, many), contents=contents())
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert verification.entries == 12 + count
        return most

    peak(1)  # what is made once, by the first run, is not of the log
    assert peak(3000) - peak(1500) < 20_000  # bytes; the hashes alone of 1500 entries are 97,500


@pytest.mark.parametrize("index", range(12))
def test_every_entry_is_proved_with_a_text_that_stands_alone(index):
    proof, header = prove_inclusion(LOG, index)
    again = InclusionProof.from_text(str(proof))

    assert again == proof
    assert again.entry == entry(index).line()
    assert again.holds(header.keys[0])
    assert not again.holds(public_key(ORIGIN, bytes(32)))


@given(st.data())
def test_no_byte_of_a_proof_can_be_changed(data):
    text = str(prove_inclusion(LOG, 5)[0]).encode()
    place = data.draw(st.integers(0, len(text) - 1))
    changed = bytearray(text)
    changed[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != text[place]))
    try:
        proof = InclusionProof.from_text(changed.decode())
    except (MethodError, UnicodeDecodeError):
        return

    assert not proof.holds(KEY)


def test_a_log_that_is_not_sound_proves_nothing():
    with pytest.raises(MethodError, match="signed root"):
        prove_inclusion([LOG[0], LOG[2], *LOG[2:]], 5)
    with pytest.raises(MethodError, match="no signed head"):
        prove_inclusion(LOG[:4], 1)
    with pytest.raises(MethodError, match="There is no entry 12 among 12"):
        prove_inclusion(LOG, 12)


def test_an_export_with_a_head_over_missing_entries_is_refused():
    lines = [entry(index).line() for index in range(3)]

    with pytest.raises(MethodError, match="covers 3 entries, but there are only 2"):
        list(exported_lines(Header(ORIGIN, (KEY,)), lines[:2], heads_over(lines, [3])))


def test_a_header_whose_key_bears_another_name_than_the_log_is_refused():
    header = Header("bernau.example/log", (KEY,))

    assert codes(verify_log([header.line() + b"\n", *LOG[1:]])) == ["header_unreadable"]
