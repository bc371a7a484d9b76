"""The tree as it grows while a log is read, held against every signed head on the way."""

from collections import defaultdict
from collections.abc import Sequence

from mitstadt.methods.log.exported import Header, read_head_line
from mitstadt.methods.log.findings import FaultList
from mitstadt.methods.log.frontier import Frontier
from mitstadt.methods.log.heads import PublicKey, SignedHead, TreeHead, signature_holds
from mitstadt.methods.shared.errors import MethodError

_BATCH = 1024
_OF_THE_TREE = {"head_misplaced", "root_differs"}


class GrowthCheck:
    """Grows the tree entry by entry and judges each head where it stands.

    That two heads are consistent needs no proof here: both are recomputed from the same entries.
    """

    def __init__(
        self,
        header: Header,
        *,
        keys: Sequence[PublicKey],
        known_heads: Sequence[SignedHead],
        faults: FaultList,
        notices: FaultList,
    ) -> None:
        self.heads = 0
        self.confirmed = 0
        self.known_confirmed = 0
        self.last_head: TreeHead | None = None
        self._origin = header.origin
        self._keys = {key.key_id: key for key in keys}
        self._faults = faults
        self._notices = notices
        self._frontier = Frontier()
        self._waiting: list[bytes] = []
        self._sound_until = 1
        self._entries_below_head = 0
        self._last_seen: TreeHead | None = None
        self._broken = False
        self._known: defaultdict[int, list[SignedHead]] = defaultdict(list)
        for known in known_heads:
            self._known[known.head.size].append(known)
        self._compare_known(1)

    @property
    def size(self) -> int:
        """Entries so far."""
        return self._frontier.size + len(self._waiting)

    def add_entry(self, leaf: bytes, line: int) -> None:
        """Grow by one leaf hash."""
        self._waiting.append(leaf)
        self._entries_below_head += 1
        if len(self._waiting) == _BATCH:
            self._grow()
        if self._known and self.size in self._known:
            self._compare_known(line)

    def read_head(self, text: bytes, line: int) -> None:
        """Judge the signed head on this line."""
        self.heads += 1
        self._entries_below_head = 0
        try:
            signed = read_head_line(text)
        except MethodError as error:
            self._faults.add(line, error.code, error.sentence)
            return
        distrusted = self._distrust(signed)
        if not distrusted:
            self._compare_times(signed.head, line)
        if fault := distrusted or self._tree_fault(signed):
            code, sentence = fault
            in_tree = code in _OF_THE_TREE
            if not (in_tree and self._broken):  # one broken entry spoils every later head: told once
                self._faults.add(line, code, sentence, since=self._sound_until + 1 if in_tree else line)
            self._broken = self._broken or in_tree
            return
        self._broken = False
        self.confirmed += 1
        self.last_head, self._sound_until = signed.head, line

    def finish(self, line: int) -> None:
        """Tell what the end of the file leaves open."""
        if not self.heads:
            self._faults.add(line, "no_head", "There is no signed head in the file: nothing vouches for it.")
        elif self._entries_below_head:
            sentence = f"No signed head covers the last {self._entries_below_head} entries: the end may be missing."
            self._faults.add(line, "uncovered", sentence, since=line - self._entries_below_head + 1)
        for size in sorted(self._known):
            sentence = f"You hold a head over {size} entries; this log ends after {self.size}: entries were cut off."
            self._faults.add(line, "known_head_missing", sentence)

    def _grow(self) -> None:
        self._frontier = self._frontier.extend(self._waiting)
        self._waiting.clear()

    def _distrust(self, signed: SignedHead) -> tuple[str, str] | None:
        if signed.head.origin != self._origin:
            return "head_of_another_log", f"This head belongs to another log, “{signed.head.origin}”."
        key = self._keys.get(signed.key_id)
        if key is None:
            return "key_unknown", f"This head is signed with key {signed.key_id.hex()}, which is not trusted here."
        if not signature_holds(signed, key):
            return "signature_wrong", "The signature of this head is wrong: the head was changed or forged."
        return None

    def _compare_times(self, head: TreeHead, line: int) -> None:
        """A clock that was set back proves nothing against the entries: their order is that of the tree."""
        last, self._last_seen = self._last_seen, head
        if last and head.at < last.at:
            sentence = f"This head is signed for {last.at - head.at} before the head above it: a clock was set back."
            self._notices.add(line, "head_goes_back", sentence)

    def _tree_fault(self, signed: SignedHead) -> tuple[str, str] | None:
        head = signed.head
        if head.size != self.size:
            sentence = f"This head covers {head.size} entries, but {self.size} stand above it"
            return "head_misplaced", f"{sentence}: since line {self._sound_until} some were lost, added or moved."
        self._grow()
        if self._frontier.root != head.root:
            sentence = "The lines above do not give the root that was signed here"
            return "root_differs", f"{sentence}: since line {self._sound_until} at least one was changed."
        return None

    def _compare_known(self, line: int) -> None:
        self._grow()
        for known in self._known.pop(self.size, ()):
            if distrust := self._distrust(known):
                self._faults.add(0, "known_head_untrusted", f"The head you hold cannot be used: {distrust[1]}")
            elif known.head.root != self._frontier.root:
                sentence = f"The first {self.size} entries are not those of the head you hold: the log was rewritten."
                self._faults.add(line, "known_head_differs", sentence, since=2)
            else:
                self.known_confirmed += 1
