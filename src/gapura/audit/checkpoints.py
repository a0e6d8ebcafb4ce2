"""Signing the tree: when, by whom, and the worker's loop that seals and signs."""

import logging
from datetime import datetime, timedelta
from threading import Event as Stop
from time import monotonic

from django.db import (
    DatabaseError,
    InterfaceError,
    close_old_connections,
    connection,
    transaction,
)

from gapura.audit import keys
from gapura.audit.errors import LogBroken
from gapura.audit.sealer import BATCH, alone, seal, tree_size
from gapura.audit.signing.core import Question
from gapura.audit.signing.line import SignerAway, SignerRefused, is_stale
from gapura.audit.tree.merkle import Get, consistency_proof, root
from gapura.audit.tree.notes import BadNote, read_checkpoint
from gapura.audit.tree.stored import NodeMissing, Signed, latest_checkpoint, over_stored
from gapura.audit.witness.parties import AWAY, REFUSED, SIGNER, failed, well
from gapura.kernel import clock

PAUSE = 0.5
CHECKPOINT_EVERY = timedelta(seconds=60)
CHECKPOINT_LEAVES = 1000
PAUSE_AWAY, PAUSE_REFUSED = 5.0, 30.0
_CHECKPOINT = (
    "INSERT INTO audit_checkpoint (number, size, root, note, at) VALUES (%s, %s, %s, %s, %s)"
)

_log = logging.getLogger(__name__)


def checkpoint(*, now: bool = False) -> int | None:
    """Sign the tree when a minute or 1,000 leaves have passed, or `now`; answers the new number.

    :raises LogBroken: when the stored tree contradicts the last checkpoint, or what the signer
        knows it signed.
    :raises SignerAway: when nobody signs; sealing may go on.
    """
    try:
        with transaction.atomic():
            return _checkpoint(now) if alone() else None
    except SignerAway as error:
        failed(SIGNER, AWAY, str(error))
        raise
    except LogBroken as error:
        failed(SIGNER, REFUSED, str(error))
        raise


def run_forever(stop: Stop) -> None:
    """Seal and sign until `stop` is set; database trouble is logged and waited out.

    Leaves are sealed on while nobody signs: only checkpoints wait then.
    """
    signing_again = 0.0
    while not stop.is_set():
        pause = PAUSE
        try:
            pause = 0.0 if seal() == BATCH else PAUSE
            if monotonic() >= signing_again:
                signing_again = monotonic() + _sign()
        except (DatabaseError, InterfaceError):
            _log.exception("the sealer cannot reach the database; it will try again")
            close_old_connections()
            pause = 2.0
        except LogBroken:
            _log.critical("nothing is sealed: run `gapura audit verify`", exc_info=True)
            pause = 30.0
        stop.wait(pause)
    connection.close()


def _sign() -> float:
    """Sign if it is time; seconds until it is worth another try."""
    try:
        checkpoint()
    except SignerAway as error:
        _log.error("the signer does not answer, checkpoints wait: %s", error)
        return PAUSE_AWAY
    except LogBroken:
        _log.critical("no checkpoint is signed: run `gapura audit verify`", exc_info=True)
        return PAUSE_REFUSED
    return 0.0


def _checkpoint(now: bool) -> int | None:
    size, last = tree_size(), latest_checkpoint()
    at = clock.now()
    if not _due(size, last, at, now):
        return None
    top = _checked_root(size, last)
    note = _signed(size, top, last.size if last else 0)
    number = last.number + 1 if last else 1
    with connection.cursor() as cursor:
        cursor.execute(_CHECKPOINT, [number, size, top, note, at])
    well(SIGNER, size)
    return number


def _signed(size: int, top: bytes, known: int) -> str:
    """The signer's note. It may have signed more than is stored here: a reply can be lost."""
    signer = keys.signer()
    try:
        try:
            note = signer.sign(_question(known, size, top))
        except SignerRefused as refusal:
            if not is_stale(refusal, size):
                raise
            note = signer.sign(_question(refusal.size, size, top))
        tree = read_checkpoint(note, keys.public_key())
    except SignerRefused as refusal:
        raise LogBroken(f"the signer refused ({refusal.code}): {refusal.why}") from refusal
    except BadNote as error:
        raise SignerAway(f"the signer has another key than the policy names ({error})") from error
    if (tree.size, tree.root) != (size, top):
        raise SignerAway("the signer signed another tree than it was asked for")
    return note


def _question(old: int, size: int, top: bytes) -> Question:
    def proof(get: Get) -> list[bytes]:
        return consistency_proof(old, size, get)

    try:
        steps = over_stored(proof) if 0 < old < size else []
    except NodeMissing as error:
        raise LogBroken(f"a node of the tree is missing: {error}") from error
    return Question(keys.origin(), old, size, top, tuple(steps))


def _due(size: int, last: Signed | None, at: datetime, now: bool) -> bool:
    if last is None:
        return size > 0
    if size == last.size:
        return False
    if size < last.size:
        raise LogBroken(f"the tree has {size} leaves, a checkpoint says {last.size}")
    # After a clock that was set back nobody waits until it has caught up.
    return (
        now
        or size - last.size >= CHECKPOINT_LEAVES
        or not timedelta(0) <= at - last.at < CHECKPOINT_EVERY
    )


def _checked_root(size: int, last: Signed | None) -> bytes:
    """The root to sign, after making sure that the tree still has the root signed last."""

    def both(get: Get) -> tuple[bytes, bytes]:
        return root(size, get), root(last.size if last else 0, get)

    try:
        top, before = over_stored(both)
    except NodeMissing as error:
        raise LogBroken(f"a node of the tree is missing: {error}") from error
    if last and before != last.root:
        raise LogBroken(f"the root of checkpoint {last.number} is no longer the tree's")
    return top
