"""The Merkle tree of RFC 6962: one hash stands for a whole log, and short paths prove what it holds.

A tree over n leaves splits at k, the largest power of two below n. Hence every span of leaves that a proof names is
made of *perfect* subtrees: node (level, position) stands over the leaves position·2^level to (position+1)·2^level and
never changes once it is full. Whoever stores these nodes (`Frontier.completed_by` tells them) makes any proof from
2·log2(n) of them, without reading the leaves.

Source: RFC 6962 §2.1 (trees and proofs), RFC 9162 §2.1.3.2 and §2.1.4.2 (verification).
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence

from mitstadt.methods.shared.errors import MethodError

HASH_BYTES = 32

Node = tuple[int, int]
NodeHash = Callable[[int, int], bytes]
Span = tuple[int, int]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry; its prefix keeps an entry from posing as an inner node."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def perfect_root(leaf_hashes: Sequence[bytes]) -> bytes:
    """The root over 2^k leaf hashes."""
    hashes = leaf_hashes
    while len(hashes) > 1:
        hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]


def joined(perfect_roots: Sequence[bytes]) -> bytes:
    """The root over perfect subtrees of falling size, from left to right; of none, the hash of nothing."""
    if not perfect_roots:
        return hashlib.sha256(b"").digest()
    *left, root = perfect_roots
    for peak in reversed(left):
        root = node_hash(peak, root)
    return root


def leaf_nodes(leaf_hashes: Sequence[bytes]) -> NodeHash:
    """The nodes of a tree whose leaf hashes lie in memory, each computed when asked for."""

    def node(level: int, position: int) -> bytes:
        return perfect_root(leaf_hashes[position << level : (position + 1) << level])

    return node


def perfect_nodes(span: Span) -> list[Node]:
    """The perfect subtrees that make up a span of a proof, from left to right."""
    start, stop = span
    nodes = []
    while start < stop:
        level = (stop - start).bit_length() - 1
        nodes.append((level, start >> level))
        start += 1 << level
    return nodes


def nodes_of(spans: Iterable[Span]) -> list[Node]:
    """All nodes that these spans need: what a database fetches in one query."""
    return [node for span in spans for node in perfect_nodes(span)]


def tree_root(size: int, node: NodeHash) -> bytes:
    """The root over the first `size` leaves."""
    return joined([node(*place) for place in perfect_nodes((0, size))])


def inclusion_spans(index: int, size: int) -> list[Span]:
    """The spans whose roots are the audit path of leaf `index` in a tree of `size` leaves, from the leaf upwards."""
    if not 0 <= index < size:
        raise MethodError("index_outside", f"There is no entry {index} among {size} entries.", index=index, size=size)
    spans = []
    start, stop = 0, size
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            spans.append((middle, stop))
            stop = middle
        else:
            spans.append((start, middle))
            start = middle
    return spans[::-1]


def consistency_spans(old_size: int, size: int) -> list[Span]:
    """The spans whose roots prove that a tree of `size` leaves begins with the tree of `old_size` leaves."""
    if not 0 <= old_size <= size:
        sentence = f"A log of {size} entries cannot continue one of {old_size}."
        raise MethodError("size_outside", sentence, old_size=old_size, size=size)
    if old_size in {0, size}:
        return []
    spans = []
    start, stop, whole = 0, size, True
    while stop != old_size:
        middle = start + _split(stop - start)
        if old_size <= middle:
            spans.append((middle, stop))
            stop = middle
        else:
            spans.append((start, middle))
            start, whole = middle, False
    return spans[::-1] if whole else [(start, stop), *spans[::-1]]


def path(spans: Sequence[Span], node: NodeHash) -> tuple[bytes, ...]:
    """The roots of the spans: the proof itself.

    Examples
    --------
    >>> leaves = [leaf_hash(entry) for entry in (b"a", b"b", b"c")]
    >>> proof = path(inclusion_spans(2, 3), leaf_nodes(leaves))
    >>> inclusion_holds(leaves[2], index=2, size=3, proof=proof, root=tree_root(3, leaf_nodes(leaves)))
    True
    """
    return tuple(joined([node(*place) for place in perfect_nodes(span)]) for span in spans)


def inclusion_holds(leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof shows that the tree of this size and root has this leaf hash at this index."""
    if not 0 <= index < size:
        return False
    place, last, current = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            current = node_hash(sibling, current)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            current = node_hash(current, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and current == root


def consistency_holds(*, old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the newer tree begins with all leaves of the older, unchanged and in order.

    The empty tree begins every tree; its proof is empty.
    """
    if not 0 <= old_size <= size:
        return False
    if old_size == 0:
        return not proof and old_root == joined([])
    if old_size == size:
        return not proof and old_root == root
    chain = list(proof) if old_size & (old_size - 1) else [old_root, *proof]
    return bool(chain) and _chain_leads_to_both(chain, old_size, size) == (old_root, root)


def _chain_leads_to_both(chain: Sequence[bytes], old_size: int, size: int) -> tuple[bytes, bytes] | None:
    place, last = old_size - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = chain[0]
    for sibling in chain[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    return (old, new) if last == 0 else None


def _split(size: int) -> int:
    return 1 << (size - 1).bit_length() - 1
