"""One entry with all that is needed to check, offline and years later, that it stood in the public log.

The text is a C2SP tlog-proof: the entry (as ``extra``), its index, the audit path, and a signed head::

    c2sp.org/tlog-proof@v1
    extra eyJhY3RvciI6…
    index 17
    1nzmoo6G…

    berlin.example/log
    …
"""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass

from mitstadt.methods.log.exported import Header, is_head_line, read_head_line
from mitstadt.methods.log.heads import PublicKey, SignedHead, signature_holds
from mitstadt.methods.log.tree import (
    HASH_BYTES,
    inclusion_holds,
    inclusion_spans,
    leaf_hash,
    leaf_nodes,
    path,
    tree_root,
)
from mitstadt.methods.shared.errors import MethodError

_FIRST_LINE = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """That an entry stands at this index of the log whose head is signed here."""

    entry: bytes
    index: int
    path: tuple[bytes, ...]
    head: SignedHead

    def __str__(self) -> str:
        lines = [_FIRST_LINE, f"extra {_base64(self.entry)}", f"index {self.index}", *map(_base64, self.path)]
        return "\n".join(lines) + f"\n\n{self.head}"

    @classmethod
    def from_text(cls, text: str) -> "InclusionProof":
        """The proof that this text is, down to the last byte; ``proof_unreadable`` otherwise."""
        sentence = "This is no proof that an entry stands in a log, or a part of it is missing."
        try:
            above, _, below = text.partition("\n\n")
            first, extra, index, *hashes = above.split("\n")
            place = int(index.removeprefix("index "))
            proof = cls(
                base64.b64decode(extra.removeprefix("extra "), validate=True),
                place,
                tuple(base64.b64decode(line, validate=True) for line in hashes),
                SignedHead.from_text(below),
            )
        except (ValueError, binascii.Error) as error:
            raise MethodError("proof_unreadable", sentence) from error
        if str(proof) != text or first != _FIRST_LINE or any(len(step) != HASH_BYTES for step in proof.path):
            raise MethodError("proof_unreadable", sentence)
        return proof

    def holds(self, key: PublicKey) -> bool:
        """Whether the path leads from the entry to the head's root, and this key of the same log signed the head."""
        head = self.head.head
        leads = inclusion_holds(
            leaf_hash(self.entry), index=self.index, size=head.size, proof=self.path, root=head.root
        )
        return leads and head.origin == key.name and signature_holds(self.head, key)


def prove_inclusion(lines: Iterable[bytes], index: int) -> tuple[InclusionProof, Header]:
    """The proof for one entry of an exported log, under the last head in the file; and the file's header.

    Holds one hash of every entry in memory.

    Raises
    ------
    MethodError
        ``header_unreadable``, ``head_unreadable``, ``no_head``; ``index_outside`` for an entry that the last head does
        not cover; ``log_unsound`` if the file does not give the root that was signed: verify it for the reason.
    """
    rows = (line.rstrip(b"\n") for line in lines)
    header = Header.from_line(next(rows, b""))
    leaves: list[bytes] = []
    wanted, last_head = b"", None
    for row in rows:
        if is_head_line(row):
            last_head = row
            continue
        if len(leaves) == index:
            wanted = row
        leaves.append(leaf_hash(row))
    if last_head is None:
        raise MethodError("no_head", "There is no signed head in the file, so nothing can be proved.")
    signed = read_head_line(last_head)
    node = leaf_nodes(leaves)
    size = signed.head.size
    spans = inclusion_spans(index, size)
    if len(leaves) < size or tree_root(size, node) != signed.head.root:
        raise MethodError("log_unsound", "The entries do not give the signed root: ./mitstadt log verify says where.")
    return InclusionProof(wanted, index, path(spans, node), signed), header


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
