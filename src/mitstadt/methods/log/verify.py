"""Verify an exported log: every entry, every signed head, and the contents beside it, in one pass.

The memory needed does not grow with the log: the tree is held as its frontier, and contents are read along with the
entries they belong to. Nothing is believed but the public key; what each fault means stands in docs/methods/log.md.
"""

from collections.abc import Iterable, Iterator, Sequence

from mitstadt.methods.log.contents import ContentsCheck
from mitstadt.methods.log.entries import Entry
from mitstadt.methods.log.exported import Header, is_head_line, read_head_line
from mitstadt.methods.log.faults import FaultList
from mitstadt.methods.log.findings import Verification
from mitstadt.methods.log.frontier import Frontier
from mitstadt.methods.log.heads import PublicKey, SignedHead, TreeHead, signature_holds
from mitstadt.methods.log.tree import leaf_hash
from mitstadt.methods.shared.errors import MethodError

_BATCH = 1024


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
    check = _LogCheck(ContentsCheck(contents), known_heads)
    numbered = enumerate(lines, 1)
    if check.read_header(next(numbered, (1, b"")), keys):
        for number, line in numbered:
            check.read(number, line)
    return check.finish()


class _LogCheck:
    def __init__(self, contents: ContentsCheck, known_heads: Sequence[SignedHead]) -> None:
        self.faults = FaultList()
        self.contents = contents
        self.known_heads = known_heads
        self.known_confirmed = 0
        self.header: Header | None = None
        self.keys: tuple[PublicKey, ...] = ()
        self.keys_from_file = False
        self.frontier = Frontier()
        self.waiting: list[bytes] = []
        self.next_index = 0
        self.line = 0
        self.heads = 0
        self.confirmed = 0
        self.last_head: TreeHead | None = None
        self.sound_until = 1  # last line that a confirmed head vouches for
        self.entries_after_head = 0
        self.tree_broken = False

    def read_header(self, numbered: tuple[int, bytes], keys: Sequence[PublicKey]) -> bool:
        self.line, line = numbered
        try:
            self.header = Header.from_line(_without_end(line))
        except MethodError as error:
            self.faults.add(self.line, error.code, error.sentence)
            return False
        self.keys, self.keys_from_file = (tuple(keys), False) if keys else (self.header.keys, True)
        if not set(self.keys) & set(self.header.keys):
            self.faults.add(1, "key_differs", f"The file names the key {self.header.keys[0]}, not the one you gave.")
        self._compare_known_heads()
        return True

    def read(self, number: int, line: bytes) -> None:
        self.line = number
        bare = _without_end(line)
        if len(bare) == len(line):
            self.faults.add(number, "line_cut_off", "The file ends in the middle of a line.")
        if is_head_line(bare):
            self._read_head(bare)
        else:
            self._read_entry(bare)

    def _read_entry(self, line: bytes) -> None:
        self.waiting.append(leaf_hash(line))
        self.entries_after_head += 1
        if len(self.waiting) == _BATCH or self._size in self._known_sizes:
            self._grow()
            self._compare_known_heads()
        try:
            entry = Entry.from_line(line)
        except MethodError as error:
            self.faults.add(self.line, error.code, error.sentence)
            self.next_index += 1
            return
        if entry.index != self.next_index:
            sentence = f"Here stands entry {entry.index}; entry {self.next_index} was to come."
            self.faults.add(self.line, "entry_out_of_order", sentence)
        self.next_index = entry.index + 1
        self.contents.compare(entry, self.line, self.faults)

    @property
    def _size(self) -> int:
        return self.frontier.size + len(self.waiting)

    @property
    def _known_sizes(self) -> set[int]:
        return {known.head.size for known in self.known_heads}

    def _grow(self) -> None:
        self.frontier = self.frontier.extend(self.waiting)
        self.waiting.clear()
