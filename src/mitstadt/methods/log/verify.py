"""Verify an exported log: every entry, every signed head, and the contents beside it, in one pass.

The memory needed does not grow with the log: the tree is held as its frontier, and contents are read along with the
entries they belong to. Nothing is believed but the public key; docs/methods/log.md tells what each fault means.
"""

from collections.abc import Iterable, Iterator, Sequence

from mitstadt.methods.log.contents import ContentsCheck
from mitstadt.methods.log.entries import Outline
from mitstadt.methods.log.exported import Header, is_head_line
from mitstadt.methods.log.findings import FaultList, Verification
from mitstadt.methods.log.growth import GrowthCheck
from mitstadt.methods.log.heads import PublicKey, SignedHead
from mitstadt.methods.log.tree import leaf_hash
from mitstadt.methods.shared.errors import MethodError


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
    faults = FaultList()
    numbered = enumerate(lines, 1)
    _, first = next(numbered, (1, b""))
    try:
        header = Header.from_line(_bare(first))
    except MethodError as error:
        faults.add(1, error.code, error.sentence)
        return _without_header(faults, keys)
    if keys and not set(keys) & set(header.keys):
        sentence = f"The file names the key {header.keys[0]}, which is none of the keys you trust."
        faults.add(1, "key_differs", sentence)
    growth = GrowthCheck(header, keys=keys or header.keys, known_heads=known_heads, faults=faults)
    beside = ContentsCheck(contents, faults)
    last_line = _read_all(numbered, growth=growth, beside=beside, faults=faults)
    growth.finish(last_line)
    beside.finish()
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
        faults=tuple(faults.first),
        faults_total=faults.total,
    )


def _read_all(
    numbered: Iterator[tuple[int, bytes]], *, growth: GrowthCheck, beside: ContentsCheck, faults: FaultList
) -> int:
    number, next_index = 1, 0
    for number, line in numbered:
        bare = _bare(line)
        if len(bare) == len(line):
            faults.add(number, "line_cut_off", "The file ends in the middle of a line.")
        if is_head_line(bare):
            growth.read_head(bare, number)
            continue
        growth.add_entry(leaf_hash(bare), number)
        try:
            entry = Outline.from_line(bare)
        except MethodError as error:
            faults.add(number, error.code, error.sentence)
            next_index += 1
            continue
        if entry.place != next_index:
            sentence = f"Here stands entry {entry.place}, where entry {next_index} was to come."
            faults.add(number, "entry_out_of_order", sentence)
        next_index = entry.place + 1
        beside.compare(entry)
    return number


def _bare(line: bytes) -> bytes:
    return line[:-1] if line.endswith(b"\n") else line


def _without_header(faults: FaultList, keys: Sequence[PublicKey]) -> Verification:
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
        faults=tuple(faults.first),
        faults_total=faults.total,
    )
