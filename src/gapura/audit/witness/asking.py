"""Collecting cosignatures behind the sealer: each witness is asked about the newest checkpoint."""

import base64
import logging
from datetime import UTC, datetime, timedelta
from threading import Event as Stop
from typing import NamedTuple

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from gapura.audit import keys
from gapura.audit.tree.cosignatures import cosigned_at, line_of
from gapura.audit.tree.merkle import Get, consistency_proof
from gapura.audit.tree.stored import NodeMissing, Signed, latest_checkpoint, over_stored
from gapura.audit.tree.trust import Witness
from gapura.audit.witness.line import Answer, WitnessAway, add_checkpoint
from gapura.audit.witness.parties import AWAY, SPLIT, Party, failed, parties, well
from gapura.kernel import clock

PAUSE = 1.0
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=5)
OK, CONFLICT, UNPROVEN = 200, 409, 422
# What a database can hold: the end of the year 9999.
_LAST_SECOND = 253402300799

_KNOWN = "SELECT witness FROM audit_cosignature WHERE number = %s"
_STORE = """
    INSERT INTO audit_cosignature (number, witness, line, at) VALUES (%s, %s, %s, %s)
    ON CONFLICT DO NOTHING
"""
_OF = "SELECT witness, line, at FROM audit_cosignature WHERE number = %s ORDER BY at, witness"

_log = logging.getLogger(__name__)


class Cosigned(NamedTuple):
    """A stored cosignature: of which witness (its key's name), the line, the time it states."""

    witness: str
    line: str
    at: datetime


class _Contradiction(Exception):
    """The witness knows a history that is not this one: an alarm."""


def run_forever(stop: Stop) -> None:
    """Collect until `stop` is set. Nobody waits for it: checkpoints are public before."""
    while not stop.is_set():
        try:
            collect()
        except (DatabaseError, InterfaceError):
            _log.exception("cosignatures cannot be stored; it will be tried again")
            close_old_connections()
        stop.wait(PAUSE)
    connection.close()


def collect() -> int:
    """Ask every witness that has not cosigned the newest checkpoint; answers how many did."""
    witnesses = [witness for witness in keys.policy().witnesses if witness.url]
    newest = latest_checkpoint() if witnesses else None
    if newest is None:
        return 0
    done = _known(newest.number)
    waiting = [witness for witness in witnesses if witness.key.name not in done]
    if not waiting:
        return 0
    known, now = parties(), clock.now()
    return sum(
        _ask(witness, newest, known.get(witness.key.name, Party(witness.key.name)))
        for witness in waiting
        if _is_due(known.get(witness.key.name), now)
    )


def cosignatures(number: int) -> list[Cosigned]:
    """What is stored for a checkpoint, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_OF, [number])
        return [Cosigned(*row) for row in cursor.fetchall()]


def _known(number: int) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [number])
        return {witness for (witness,) in cursor.fetchall()}


def _is_due(party: Party | None, now: datetime) -> bool:
    if party is None or party.retry_at is None:
        return True
    # A clock that was set back must not silence anybody for longer than the longest pause.
    return not now < party.retry_at <= now + LONGEST_PAUSE


def _ask(witness: Witness, newest: Signed, party: Party) -> bool:
    name = witness.key.name
    try:
        line, seconds = _cosignature(witness, newest, party.size)
    except WitnessAway as error:
        _log.warning("witness %s does not cosign: %s", name, error)
        failed(name, AWAY, str(error), clock.now() + _pause(party))
        return False
    except _Contradiction as error:
        _log.critical("witness %s was shown another history: %s", name, error)
        failed(name, SPLIT, str(error), clock.now() + LONGEST_PAUSE)
        return False
    with connection.cursor() as cursor:
        cursor.execute(_STORE, [newest.number, name, line, datetime.fromtimestamp(seconds, UTC)])
    well(name, newest.size)
    return True


def _pause(party: Party) -> timedelta:
    return min(FIRST_PAUSE * (1 << min(party.tries, 10)), LONGEST_PAUSE)


def _cosignature(witness: Witness, newest: Signed, known: int) -> tuple[str, int]:
    """The line and its time; asked a second time when the witness says where it stands."""
    reply = add_checkpoint(witness.url, _body(newest, min(known, newest.size)))
    if reply.status == CONFLICT:
        there = _size(reply)
        if there > newest.size:
            raise _Contradiction(f"it cosigned {there} leaves, the newest checkpoint has fewer")
        reply = add_checkpoint(witness.url, _body(newest, there))
        if reply.status == CONFLICT and _size(reply) == newest.size:
            raise _Contradiction(f"it cosigned another root over {newest.size} leaves")
    if reply.status == UNPROVEN:
        raise _Contradiction("our tree is no continuation of what it cosigned")
    if reply.status != OK:
        raise WitnessAway(f"it answered {reply.status}: {reply.text[:100].strip()}")
    text = newest.note.rpartition("\n\n")[0] + "\n"
    seconds = cosigned_at(text, reply.text, witness.key)
    if seconds is None or seconds > _LAST_SECOND:
        raise WitnessAway("its answer holds no good cosignature of the key we know")
    return line_of(text, reply.text, witness.key), seconds


def _size(reply: Answer) -> int:
    text = reply.text.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 19):
        raise WitnessAway("it did not say which size it knows")
    return int(text)


def _body(newest: Signed, old: int) -> str:
    def proof(get: Get) -> list[bytes]:
        return consistency_proof(old, newest.size, get)

    try:
        steps = over_stored(proof) if 0 < old < newest.size else []
    except NodeMissing as error:
        raise _Contradiction(f"a node of the tree is missing: {error}") from error
    lines = [f"old {old}", *(base64.b64encode(step).decode() for step in steps)]
    return "\n".join(lines) + f"\n\n{newest.note}"
