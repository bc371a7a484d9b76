"""The tree gives the roots and proofs that Certificate Transparency publishes, and no other proof holds."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitstadt.methods.log import (
    Frontier,
    consistency_holds,
    consistency_spans,
    inclusion_holds,
    inclusion_spans,
    leaf_hash,
    leaf_nodes,
    nodes_of,
    path,
    tree_root,
)
from mitstadt.methods.log.tree import node_hash
from mitstadt.methods.shared.errors import MethodError

# Test vectors of google/certificate-transparency (merkle_tree_test.cc), the same in transparency-dev/merkle.
ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): INCLUSION[0, 8],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
LEAVES = [leaf_hash(entry) for entry in ENTRIES]


def from_hex(hashes):
    return tuple(map(bytes.fromhex, hashes))


def leaves(count: int) -> list[bytes]:
    return [leaf_hash(b"entry %d" % index) for index in range(count)]


def root_as_the_rfc_defines_it(hashes: list[bytes]) -> bytes:
    if len(hashes) <= 1:
        return hashes[0] if hashes else hashlib.sha256().digest()
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return node_hash(root_as_the_rfc_defines_it(hashes[:k]), root_as_the_rfc_defines_it(hashes[k:]))


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_the_published_ones(size):
    assert tree_root(size, leaf_nodes(LEAVES)).hex() == ROOTS[size]
    assert Frontier().extend(LEAVES[:size]).root.hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_the_audit_paths_are_the_published_ones_and_hold(index, size):
    proof = path(inclusion_spans(index, size), leaf_nodes(LEAVES))

    assert proof == from_hex(INCLUSION[index, size])
    assert inclusion_holds(LEAVES[index], index=index, size=size, proof=proof, root=bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("old", "new"), CONSISTENCY)
def test_the_consistency_proofs_are_the_published_ones_and_hold(old, new):
    proof = path(consistency_spans(old, new), leaf_nodes(LEAVES))
    old_root, root = from_hex((ROOTS[old], ROOTS[new]))

    assert proof == from_hex(CONSISTENCY[old, new])
    assert consistency_holds(old_size=old, old_root=old_root, size=new, root=root, proof=proof)


def test_frontier_and_tree_agree_with_the_definition_for_every_size_up_to_100():
    frontier, all_leaves = Frontier(), leaves(100)
    for size in range(101):
        expected = root_as_the_rfc_defines_it(all_leaves[:size])
        assert frontier.root == tree_root(size, leaf_nodes(all_leaves)) == expected
        assert len(frontier.peaks) == size.bit_count()
        assert Frontier.from_json(frontier.to_json()) == frontier
        if size < 100:
            frontier = frontier.append(all_leaves[size])


def test_every_entry_of_every_small_tree_is_proved_at_its_place_and_at_no_other():
    all_leaves = leaves(20)
    for size in range(1, 21):
        root = tree_root(size, leaf_nodes(all_leaves))
        for index in range(size):
            proof = path(inclusion_spans(index, size), leaf_nodes(all_leaves))
            places = [
                place
                for place in range(size)
                if inclusion_holds(all_leaves[index], index=place, size=size, proof=proof, root=root)
            ]
            assert places == [index]


def test_every_small_tree_is_proved_to_begin_every_larger_one_and_no_other():
    all_leaves = leaves(20)
    roots = [tree_root(size, leaf_nodes(all_leaves)) for size in range(21)]
    for new in range(21):
        for old in range(new + 1):
            proof = path(consistency_spans(old, new), leaf_nodes(all_leaves))
            holding = [
                size
                for size in range(21)
                if consistency_holds(old_size=old, old_root=roots[size], size=new, root=roots[new], proof=proof)
            ]
            assert holding == [old]


@given(st.integers(2, 200), st.data())
def test_a_proof_with_one_bit_changed_one_step_more_or_less_does_not_hold(size, data):
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size - 1))
    all_leaves = leaves(size)
    node, root = leaf_nodes(all_leaves), tree_root(size, leaf_nodes(all_leaves))
    inclusion = path(inclusion_spans(index, size), node)
    consistency = path(consistency_spans(old, size), node)

    for spoilt in _spoilt(inclusion, data):
        assert not inclusion_holds(all_leaves[index], index=index, size=size, proof=spoilt, root=root)
    for spoilt in _spoilt(consistency, data):
        assert not consistency_holds(old_size=old, old_root=tree_root(old, node), size=size, root=root, proof=spoilt)


def _spoilt(proof, data):
    place = data.draw(st.integers(0, len(proof) - 1))
    step = bytearray(proof[place])
    step[data.draw(st.integers(0, 31))] ^= 1 << data.draw(st.integers(0, 7))
    return (
        (*proof[:place], bytes(step), *proof[place + 1 :]),
        proof[:-1],
        (*proof, proof[-1]),
        (*proof, bytes(32)),
    )


@given(st.integers(1, 700), st.data())
def test_stored_nodes_alone_prove_every_entry_and_every_growth(size, data):
    """What a database does: store the nodes as they become full, then fetch a handful for a proof."""
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))
    stored: dict[tuple[int, int], bytes] = {}
    all_leaves, frontier = leaves(size), Frontier()
    for leaf in all_leaves:
        stored.update(frontier.completed_by(leaf))
        frontier = frontier.append(leaf)

    for spans in (inclusion_spans(index, size), consistency_spans(old, size)):
        fetched = {node: stored[node] for node in nodes_of(spans)}
        assert len(fetched) <= 2 * size.bit_length()
        assert path(spans, lambda level, position: fetched[level, position]) == path(spans, leaf_nodes(all_leaves))  # noqa: B023 - used at once


def test_an_entry_that_looks_like_an_inner_node_does_not_pass_for_one():
    left, right = LEAVES[:2]

    assert leaf_hash(b"\x01" + left + right) != node_hash(left, right)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_an_index_outside_the_log_is_refused(index, size):
    with pytest.raises(MethodError, match="There is no entry"):
        inclusion_spans(index, size)
    assert not inclusion_holds(LEAVES[0], index=index, size=size, proof=(), root=LEAVES[0])


def test_a_log_cannot_shrink():
    with pytest.raises(MethodError, match="cannot continue"):
        consistency_spans(3, 2)
    assert not consistency_holds(old_size=3, old_root=LEAVES[0], size=2, root=LEAVES[0], proof=())


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"peaks":[],"size":1}', '{"peaks":["AAAA"],"size":1}', '{"peaks":[7],"size":1}',
     '{"peaks":["ä"],"size":1}', '{"peaks":[],"size":-0.0}'],
)  # fmt: skip
def test_a_spoilt_frontier_is_refused(text):
    with pytest.raises(MethodError, match="frontier"):
        Frontier.from_json(text)
