"""The right edge of a growing tree: all that is needed to append to a log and to know its root."""

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import dataclass

from mitstadt.methods.log.tree import HASH_BYTES, Node, joined, node_hash
from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.shared.hashing import canonical_json


@dataclass(frozen=True, slots=True)
class Frontier:
    """A log of `size` leaves, held as the roots of its perfect subtrees: at most log2(size) + 1 hashes.

    Appending costs O(log n) hashes at worst and one on average.

    Examples
    --------
    >>> from mitstadt.methods.log.tree import leaf_hash
    >>> grown = Frontier().append(leaf_hash(b"")).append(leaf_hash(b"\\x00"))
    >>> grown.root.hex()
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    @property
    def root(self) -> bytes:
        """The Merkle root over all leaves so far."""
        return joined(self.peaks)

    def append(self, leaf: bytes) -> "Frontier":
        """The frontier after one more leaf hash."""
        return self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> "Frontier":
        """The frontier after more leaf hashes, read one at a time."""
        size, peaks = self.size, list(self.peaks)
        for leaf in leaves:
            full, top = size, leaf
            while full & 1:
                top = node_hash(peaks.pop(), top)
                full >>= 1
            peaks.append(top)
            size += 1
        return Frontier(size, tuple(peaks))

    def completed_by(self, leaf: bytes) -> list[tuple[Node, bytes]]:
        """The perfect nodes that become full with this next leaf, the leaf itself first: rows to store for proofs."""
        position, top, peaks = self.size, leaf, list(self.peaks)
        completed = [((0, position), top)]
        while position & 1:
            top = node_hash(peaks.pop(), top)
            position >>= 1
            completed.append(((len(completed), position), top))
        return completed

    def to_json(self) -> str:
        """One line of JSON, for a database column."""
        peaks = [base64.b64encode(peak).decode() for peak in self.peaks]
        return canonical_json({"peaks": peaks, "size": self.size}).decode()

    @classmethod
    def from_json(cls, text: str) -> "Frontier":
        """The frontier that `to_json` wrote.

        Raises
        ------
        MethodError
            ``frontier_unreadable`` for anything else.
        """
        try:
            stored = json.loads(text)
            size, peaks = stored["size"], tuple(base64.b64decode(peak, validate=True) for peak in stored["peaks"])
            sound = type(size) is int and size >= 0 and len(peaks) == size.bit_count()
        except (ValueError, TypeError, KeyError, binascii.Error) as error:
            raise MethodError("frontier_unreadable", "The stored frontier of the log cannot be read.") from error
        if not sound or any(len(peak) != HASH_BYTES for peak in peaks):
            raise MethodError("frontier_unreadable", "The stored frontier of the log does not fit its size.")
        return cls(size, peaks)
