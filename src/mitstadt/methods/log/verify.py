"""Verify an exported log: every entry, every signed head, and the contents beside it, in one pass.

The memory needed does not grow with the log: the tree is held as its frontier, and contents are read along with the
entries they belong to. Nothing is believed but the public key; docs/methods/log.md tells what each fault means.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from mitstadt.methods.log.contents import ContentsCheck
from mitstadt.methods.log.entries import Outline
from mitstadt.methods.log.exported import Header, is_head_line
from mitstadt.methods.log.findings import FaultList, Verification
from mitstadt.methods.log.growth import GrowthCheck
from mitstadt.methods.log.heads import PublicKey, SignedHead
from mitstadt.methods.log.tree import leaf_hash
from mitstadt.methods.shared.errors import MethodError

# So far an entry may be before the one above it: whoever says something waits for the log with the time they came at.
_WAITED = timedelta(minutes=10)


def verify_log(
    lines: Iterable[bytes],
    *,
    contents: Iterable[bytes] | None = None,
    keys: Sequence[PublicKey] = (),
    known_heads: Sequence[SignedHead] = (),
) -> Verification:
    """Check an exported log down to the last byte and tell every fault with its line.

    Parameters
    ----------
    lines : iterable of bytes
        The file's lines with their ends, for example from `bounded_lines`.
    contents : iterable of bytes, optional
        Lines of the contents file, in the order of the log; what is missing there is counted as erased.
    keys : sequence of PublicKey
        Keys to trust. Without them the header's own keys are used, which proves only that the file agrees with itself.
    known_heads : sequence of SignedHead
        Heads noted earlier (a newspaper, a receipt): the log must still begin as it did then. Only this finds a log
        that was cut off at an older head.

    Returns
    -------
    Verification

    Examples
    --------
    >>> verify_log([b"no log"]).faults[0].sentence
    'The first line is not the header of an exported log.'
    """
    reading = _Reading(lines, contents)
    header = reading.header()
    if header is None:
        return reading.without_header(keys)
    growth = reading.read_all(header, keys=keys, known_heads=known_heads)
    return reading.told(growth, header, keys)


class _Reading:
    """One pass through a file, and what came of it."""

    def __init__(self, lines: Iterable[bytes], contents: Iterable[bytes] | None) -> None:
        self._numbered = enumerate(lines, 1)
        self._faults, self._notices = FaultList(), FaultList()
        self._beside = ContentsCheck(contents, self._faults)
        self._next_index = 0
        self._last_at = ""

    def header(self) -> Header | None:
        """The header, or None where the first line is none."""
        _, first = next(self._numbered, (1, b""))
        try:
            return Header.from_line(_bare(first))
        except MethodError as error:
            self._faults.add(1, error.code, error.sentence)
            return None

    def read_all(self, header: Header, *, keys: Sequence[PublicKey], known_heads: Sequence[SignedHead]) -> GrowthCheck:
        """Read what stands below the header, to the last byte."""
        if keys and not set(keys) & set(header.keys):
            sentence = f"The file names the key {header.keys[0]}, which is none of the keys you trust."
            self._faults.add(1, "key_differs", sentence)
        growth = GrowthCheck(
            header, keys=keys or header.keys, known_heads=known_heads, faults=self._faults, notices=self._notices
        )
        number = 1
        for number, line in self._numbered:
            bare = _bare(line)
            if len(bare) == len(line):
                self._faults.add(number, "line_cut_off", "The file ends in the middle of a line.")
            if is_head_line(bare):
                growth.read_head(bare, number)
            else:
                growth.add_entry(leaf_hash(bare), number)
                self._read_entry(bare, number)
        growth.finish(number)
        self._beside.finish()
        return growth

    def _read_entry(self, bare: bytes, number: int) -> None:
        try:
            entry = Outline.from_line(bare)
        except MethodError as error:
            self._faults.add(number, error.code, error.sentence)
            self._next_index += 1
            return
        if entry.place != self._next_index:
            sentence = f"Here stands entry {entry.place}, where entry {self._next_index} was to come."
            self._faults.add(number, "entry_out_of_order", sentence)
        self._next_index = entry.place + 1
        if entry.at < self._last_at:
            self._compare_times(entry.at, number)
        self._last_at = entry.at
        self._beside.compare(entry)

    def _compare_times(self, at: str, number: int) -> None:
        back = datetime.fromisoformat(self._last_at) - datetime.fromisoformat(at)
        if back > _WAITED:
            sentence = f"This entry is dated {back} before the one above it: a clock was set back."
            self._notices.add(number, "entry_goes_back", sentence)

    def told(self, growth: GrowthCheck, header: Header, keys: Sequence[PublicKey]) -> Verification:
        """What came of it."""
        beside = self._beside
        return Verification(
            origin=header.origin,
            keys=tuple(map(str, keys or header.keys)),
            keys_from_file=not keys,
            entries=growth.size,
            heads=growth.heads,
            heads_confirmed=growth.confirmed,
            known_heads_confirmed=growth.known_confirmed,
            last_head=growth.last_head,
            contents_checked=beside.checked,
            contents_given=beside.given,
            erased=beside.erased,
            erased_entries=tuple(beside.erased_entries),
            faults=tuple(self._faults.first),
            faults_total=self._faults.total,
            notices=tuple(self._notices.first),
            notices_total=self._notices.total,
        )

    def without_header(self, keys: Sequence[PublicKey]) -> Verification:
        """What came of a file that is no log."""
        return Verification(
            origin=None,
            keys=tuple(map(str, keys)),
            keys_from_file=False,
            entries=0,
            heads=0,
            heads_confirmed=0,
            known_heads_confirmed=0,
            last_head=None,
            contents_checked=0,
            contents_given=False,
            erased=0,
            erased_entries=(),
            faults=tuple(self._faults.first),
            faults_total=self._faults.total,
        )


def _bare(line: bytes) -> bytes:
    return line[:-1] if line.endswith(b"\n") else line
