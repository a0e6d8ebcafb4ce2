"""Whether shown entries are in the signed tree: from their own bytes up to the signed root."""

from collections.abc import Sequence
from enum import StrEnum
from functools import partial

from gapura.audit.entries import leaf_data
from gapura.audit.proof.watch import VerifiedUpTo, proofs
from gapura.audit.search.explorer import Found
from gapura.audit.tree.merkle import Get, inclusion_proof, leaf_hash, root_with
from gapura.audit.tree.stored import NodeMissing, needed, over_stored, read_nodes


class Standing(StrEnum):
    """Proven under the checkpoint, waiting for one, altered, or not provable now."""

    PROVEN = "proven"
    WAITING = "waiting"
    ALTERED = "altered"
    UNPROVEN = "unproven"


def standings(found: Sequence[Found], upto: VerifiedUpTo) -> dict[str, Standing]:
    """By entry id, computed from the rows as read, not from stored leaf hashes.

    One query; none for rows that this process has proven before and that are still the same.
    """
    result = dict.fromkeys((item.row.id for item in found), Standing.WAITING)
    sealed = {f.leaf: f.row for f in found if f.leaf is not None and f.leaf < upto.size}
    if not sealed:
        return result
    leaves = {index: leaf_hash(leaf_data(row)) for index, row in sealed.items()}
    good = _proven(leaves, upto)
    for index, row in sealed.items():
        result[row.id] = good.get(index, Standing.UNPROVEN)
    return result


def prove(leaf: int, upto: VerifiedUpTo) -> list[bytes]:
    """The inclusion proof of a leaf under the checkpoint; empty when nodes are missing."""

    def proof(get: Get) -> list[bytes]:
        return inclusion_proof(leaf, upto.size, get)

    try:
        return over_stored(proof) if leaf < upto.size else []
    except NodeMissing:
        return []


def _proven(leaves: dict[int, bytes], upto: VerifiedUpTo) -> dict[int, Standing]:
    if not upto.whole:
        return {}
    fresh = proofs.fresh(leaves)
    good = dict.fromkeys(leaves.keys() - fresh.keys(), Standing.PROVEN)
    if not fresh:
        return good
    try:
        if over_stored(partial(root_with, fresh, upto.size)) != upto.root:
            return good | _one_by_one(fresh, upto)
    except NodeMissing:
        return good
    proofs.keep(fresh)
    return good | dict.fromkeys(fresh, Standing.PROVEN)


def _one_by_one(leaves: dict[int, bytes], upto: VerifiedUpTo) -> dict[int, Standing]:
    single = {i: partial(root_with, {i: leaf}, upto.size) for i, leaf in leaves.items()}
    get = read_nodes(needed(*single.values()))
    answers = {True: Standing.PROVEN, False: Standing.ALTERED}
    return {i: answers[compute(get) == upto.root] for i, compute in single.items()}
