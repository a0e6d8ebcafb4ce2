"""The tree against the vectors of Certificate Transparency and against its definition."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapura.audit.tree.merkle import (
    EMPTY_ROOT,
    Frontier,
    Get,
    Node,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    root_with,
    verify_consistency,
    verify_inclusion,
)

# google/certificate-transparency, merkletree tests: leaves, roots of 1..8 leaves, paths, proofs.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
PATHS = [
    (0, 1, []),
    (0, 8, [A, B, C]),
    (5, 8, [D, E, ROOTS[3]]),
    (2, 3, [ROOTS[1]]),
    (1, 5, [ROOTS[0], B, D]),
]
PROOFS = [
    (1, 1, []),
    (1, 8, [A, B, C]),
    (6, 8, [F, E, ROOTS[3]]),
    (2, 5, [B, D]),
]


def stored(hashes: list[bytes]) -> Get:
    """A store of all complete nodes over the given leaf hashes."""
    nodes = {Node(0, index): value for index, value in enumerate(hashes)}
    frontier = Frontier()
    for value in hashes:
        nodes.update(frontier.append(value))
    return nodes.__getitem__


def defined(hashes: list[bytes]) -> bytes:
    """RFC 9162 section 2.1.1, word by word."""
    if not hashes:
        return sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return node_hash(defined(hashes[:split]), defined(hashes[split:]))


HASHES = [leaf_hash(leaf) for leaf in LEAVES]


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_the_published_ones(size: int) -> None:
    frontier = Frontier()
    for value in HASHES[:size]:
        frontier.append(value)
    assert frontier.root().hex() == ROOTS[size - 1]
    assert root(size, stored(HASHES)).hex() == ROOTS[size - 1]


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert Frontier().root() == EMPTY_ROOT == sha256(b"").digest()


@pytest.mark.parametrize(("index", "size", "path"), PATHS)
def test_inclusion_proofs_are_the_published_ones(index: int, size: int, path: list[str]) -> None:
    proof = inclusion_proof(index, size, stored(HASHES))
    assert [step.hex() for step in proof] == path
    assert verify_inclusion(HASHES[index], index, size, proof, bytes.fromhex(ROOTS[size - 1]))


@pytest.mark.parametrize(("first", "second", "path"), PROOFS)
def test_consistency_proofs_are_the_published_ones(
    first: int, second: int, path: list[str]
) -> None:
    proof = consistency_proof(first, second, stored(HASHES))
    old, new = bytes.fromhex(ROOTS[first - 1]), bytes.fromhex(ROOTS[second - 1])
    assert [step.hex() for step in proof] == path
    assert verify_consistency(first, second, old, new, proof)


trees = st.integers(1, 70).map(lambda n: [leaf_hash(b"%d" % i) for i in range(n)])


@given(trees, st.data())
def test_any_leaf_is_proven_and_no_other(hashes: list[bytes], data: st.DataObject) -> None:
    size = len(hashes)
    index = data.draw(st.integers(0, size - 1))
    get, top = stored(hashes), defined(hashes)
    proof = inclusion_proof(index, size, get)
    assert root(size, get) == top
    assert verify_inclusion(hashes[index], index, size, proof, top)
    assert not verify_inclusion(leaf_hash(b"other"), index, size, proof, top)
    assert not verify_inclusion(hashes[index], index, size, [*proof, top], top)
    assert not proof or not verify_inclusion(hashes[index], index, size, proof[:-1], top)
    other = (index + 1) % size
    assert size == 1 or not verify_inclusion(hashes[index], other, size, proof, top)


@given(trees, st.data())
def test_any_beginning_is_consistent_and_no_other(hashes: list[bytes], data: st.DataObject) -> None:
    second = len(hashes)
    first = data.draw(st.integers(1, second))
    old, new = defined(hashes[:first]), defined(hashes)
    proof = consistency_proof(first, second, stored(hashes))
    assert verify_consistency(first, second, old, new, proof)
    assert not verify_consistency(first, second, leaf_hash(b"forged"), new, proof)
    assert not verify_consistency(first, second, old, leaf_hash(b"forged"), proof)


@given(trees, st.data())
def test_many_leaves_are_proven_in_one_pass(hashes: list[bytes], data: st.DataObject) -> None:
    size = len(hashes)
    chosen = data.draw(st.sets(st.integers(0, size - 1)))
    leaves = {index: hashes[index] for index in chosen}
    asked: list[Node] = []
    get = stored(hashes)

    def watched(node: Node) -> bytes:
        asked.append(node)
        return get(node)

    assert root_with(leaves, size, watched) == defined(hashes)
    assert not {node.position for node in asked if node.level == 0} & chosen
    if chosen:
        leaves[min(chosen)] = leaf_hash(b"altered")
        assert root_with(leaves, size, get) != defined(hashes)


def test_an_empty_tree_or_leaf_proves_nothing() -> None:
    """Two of the published cases of transparency-dev/merkle that are easy to get wrong."""
    assert not verify_consistency(0, 0, b"same", b"same", [])
    assert not verify_inclusion(b"", 0, 1, [], b"")
