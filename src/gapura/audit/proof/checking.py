"""Answers to whoever holds a receipt or a proof file: is it in the log, signed by whom, when."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection

from gapura.audit import keys
from gapura.audit.archive.register import lies_in_archive
from gapura.audit.entries import Row, leaf_data, select
from gapura.audit.errors import BadReceipt
from gapura.audit.proof.proof_files import BadProofFile, ProofFile, read, write
from gapura.audit.proof.receipts import Claim, root_at
from gapura.audit.tree.cosignatures import cosigned_at
from gapura.audit.tree.merkle import Get, inclusion_proof, leaf_hash, verify_inclusion
from gapura.audit.tree.notes import BadNote, read_checkpoint
from gapura.audit.tree.stored import NodeMissing, Signed, over_stored
from gapura.audit.witness.asking import cosignatures
from gapura.kernel.texts import N_


class Outcome(StrEnum):
    """What was found."""

    PROVEN = "proven"
    WAITING = "waiting"
    UNSEALED = "unsealed"
    UNKNOWN = "unknown"
    ALTERED = "altered"
    MISSING = "missing"
    OTHER_ROOT = "other_root"
    OTHER_LOG = "other_log"
    NOT_PROVEN = "not_proven"


@dataclass(frozen=True, slots=True)
class Cosigner:
    """A witness of the policy and when it says that it saw the checkpoint."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer. `happened_at` is told only to whoever knows the entry's own code.

    `compared` says that a root was given and is the log's; `enough` that the witnesses are;
    `archived` that the entry lies in an archive file, so that only its hash was looked at.
    """

    outcome: Outcome
    event: UUID | None = None
    index: int | None = None
    happened_at: datetime | None = None
    number: int = 0
    size: int = 0
    root: bytes = b""
    signed_at: datetime | None = None
    cosigners: tuple[Cosigner, ...] = ()
    enough: bool = False
    compared: bool = False
    archived: bool = False


_NO_FILE = N_("This file is no proof of a log entry. Choose the file ending in .tlog-proof.")
_PLACE = """
    SELECT l.index, l.event_id, l.hash, c.number, c.size, c.root, c.note, c.at
    FROM audit_leaf l LEFT JOIN LATERAL (
        SELECT number, size, root, note, at FROM audit_checkpoint ORDER BY number DESC LIMIT 1
    ) c ON true
    WHERE {0} = %s::{1}
"""
_BY_EVENT, _BY_INDEX = _PLACE.format("l.event_id", "uuid"), _PLACE.format("l.index", "bigint")
_ENTRY = f"SELECT {select('e')} FROM audit_event e WHERE e.id = %s"  # noqa: S608 - constants only
_RECORDED = "SELECT 1 FROM audit_event WHERE id = %s"
_OF_ROOT = "SELECT size FROM audit_checkpoint WHERE root = %s ORDER BY number LIMIT 1"
_OF_SIZE = "SELECT number, size, root, note, at FROM audit_checkpoint WHERE size = %s::bigint"


def check(claim: Claim) -> Checked:
    """Whether the entry of a receipt is in the log, computed from the stored tree."""
    place = _row(_BY_EVENT, claim.event) if claim.event else _row(_BY_INDEX, claim.index)
    if place is None:
        known = claim.event is not None and _row(_RECORDED, claim.event)
        return Checked(Outcome.UNSEALED if known else Outcome.UNKNOWN, claim.event, claim.index)
    index, event, leaf, *rest = place
    found = Checked(Outcome.WAITING, index=index)
    if claim.event is not None:
        found = replace(found, event=event, happened_at=_moment_of(event))
    found = _looked_at(found, event, bytes(leaf))
    if found.outcome != Outcome.WAITING:
        return found
    if claim.root and not _root_holds(claim, index, bytes(leaf)):
        return replace(found, outcome=Outcome.OTHER_ROOT)
    found = replace(found, compared=bool(claim.root))
    newest = Signed(rest[0], rest[1], bytes(rest[2]), rest[3], rest[4]) if rest[0] else None
    if newest is None or index >= newest.size:
        return found
    return _under(found, bytes(leaf), newest)


def check_file(content: bytes) -> Checked:
    """The same for a proof file: its signature, its proof, and that the log still continues it.

    :raises BadReceipt: for a file of another kind, at the field `file`.
    """
    try:
        file = read(content)
    except BadProofFile:
        raise BadReceipt({"file": _NO_FILE}) from None
    try:
        tree = read_checkpoint(file.note, keys.public_key())
    except BadNote:
        return Checked(Outcome.OTHER_LOG)
    found = Checked(Outcome.NOT_PROVEN, index=file.index, size=tree.size, root=tree.root)
    if file.index >= tree.size:
        return found
    place = _row(_BY_INDEX, file.index)
    if place is None or root_at(tree.size) != tree.root:
        return replace(found, outcome=Outcome.OTHER_ROOT)
    leaf = bytes(place[2])
    proven = verify_inclusion(leaf, file.index, tree.size, file.proof, tree.root)
    if (file.leaf or leaf) != leaf or not proven:
        return found
    if file.event == place[1]:
        found = replace(found, event=file.event, happened_at=_moment_of(place[1]))
    found = _looked_at(replace(found, outcome=Outcome.WAITING), place[1], leaf)
    if found.outcome != Outcome.WAITING:
        return found
    return _signed_in(replace(found, compared=True), file.note, _row(_OF_SIZE, tree.size))


def proof_file(event: UUID) -> str:
    """The proof file of an entry under the newest checkpoint; empty while there is none."""
    place = _row(_BY_EVENT, event)
    if place is None or place[3] is None or place[0] >= place[4]:
        return ""
    index, _, leaf, number, size, _, note, _ = place
    steps = _path(index, size)
    if steps is None:
        return ""
    lines = "".join(each.line for each in cosignatures(number))
    return write(ProofFile(index, tuple(steps), note + lines, event, bytes(leaf)))


def _under(found: Checked, leaf: bytes, newest: Signed) -> Checked:
    """The answer for a leaf that must be under this checkpoint."""
    index = found.index or 0
    found = replace(found, number=newest.number, size=newest.size, root=newest.root)
    steps = _path(index, newest.size)
    if steps is None or not verify_inclusion(leaf, index, newest.size, steps, newest.root):
        return replace(found, outcome=Outcome.NOT_PROVEN)
    lines = "".join(each.line for each in cosignatures(newest.number))
    return _signed_in(found, newest.note + lines, tuple(newest))


def _signed_in(found: Checked, note: str, stored: tuple[Any, ...] | None) -> Checked:
    """Who signed the note, from the note itself; `stored` knows its number and time."""
    try:
        tree = read_checkpoint(note, keys.public_key())
    except BadNote:
        return replace(found, outcome=Outcome.NOT_PROVEN)
    if (tree.size, tree.root) != (found.size, found.root):
        return replace(found, outcome=Outcome.NOT_PROVEN)
    policy, (text, _, lines) = keys.policy(), note.rpartition("\n\n")
    times = {w: cosigned_at(f"{text}\n", lines, w.key) for w in policy.witnesses}
    good = {w: seconds for w, seconds in times.items() if seconds is not None}
    return replace(
        found,
        outcome=Outcome.PROVEN,
        number=stored[0] if stored else 0,
        signed_at=stored[4] if stored else None,
        cosigners=tuple(
            Cosigner(w.key.name, datetime.fromtimestamp(min(seconds, 253402300799), UTC))
            for w, seconds in good.items()
        ),
        enough=policy.satisfied({w.name for w in good}),
    )


def _root_holds(claim: Claim, index: int, leaf: bytes) -> bool:
    """Whether the hash on the receipt is this log's: a root it had, or the leaf itself."""
    if claim.size is not None:
        return index < claim.size and root_at(claim.size) == claim.root
    if claim.root == leaf:
        return True
    signed = _row(_OF_ROOT, claim.root)
    return signed is not None and index < signed[0] and root_at(signed[0]) == claim.root


def _looked_at(found: Checked, event: UUID, leaf: bytes) -> Checked:
    """The same with what became of the entry: as it was sealed, another, archived or gone."""
    values = _row(_ENTRY, event)
    if values is None:
        lawful = lies_in_archive(event)
        return replace(found, archived=lawful, outcome=found.outcome if lawful else Outcome.MISSING)
    is_sealed = leaf_hash(leaf_data(Row(*values))) == leaf
    return found if is_sealed else replace(found, outcome=Outcome.ALTERED)


def _path(index: int, size: int) -> list[bytes] | None:
    def proof(get: Get) -> list[bytes]:
        return inclusion_proof(index, size, get)

    try:
        return over_stored(proof)
    except NodeMissing:
        return None


def _moment_of(event: UUID) -> datetime:
    """A UUIDv7 begins with the milliseconds of its making (RFC 9562 section 5.7)."""
    return datetime.fromtimestamp((event.int >> 80) / 1000, UTC)


def _row(sql: str, value: Any) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [value])
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row
