"""Applications: suspended, let work again, closed."""

from uuid import UUID

from django.db import transaction

from gapura.audit.events import Event
from gapura.audit.services import record
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move
from gapura.sso import events
from gapura.sso.errors import BadReason
from gapura.sso.models import Client
from gapura.sso.permissions import Can
from gapura.sso.rules import REASON_LEAST, REASON_MOST
from gapura.sso.services.clients import load, subject_of
from gapura.sso.services.secrets import end_all
from gapura.sso.states import CLIENT


def suspend_client(*, actor: Actor, client: UUID, reason: str) -> None:
    """Nothing of it works from now on, until it is restored.

    :raises NoSuchClient: not there, or another agency's.
    :raises NoSuchMove: it is not active.
    :raises BadReason: too short or too long.
    """
    _move(actor, Can.SUSPEND_CLIENT, client, "suspend", events.CLIENT_SUSPENDED, reason)


def restore_client(*, actor: Actor, client: UUID, reason: str) -> None:
    """Let a suspended one work again.

    :raises NoSuchClient: not there, or another agency's.
    :raises NoSuchMove: it is not suspended.
    :raises BadReason: too short or too long.
    """
    _move(actor, Can.RESTORE_CLIENT, client, "restore", events.CLIENT_RESTORED, reason)


def close_client(*, actor: Actor, client: UUID, reason: str) -> None:
    """End it for good. Its row stays: the log speaks of it.

    :raises NoSuchClient: not there, or another agency's.
    :raises NoSuchMove: it is closed already.
    :raises BadReason: too short or too long.
    """
    with transaction.atomic():
        row = load(actor, Can.CLOSE_CLIENT, client, lock=True, closed=True)
        close_row(actor, row, sound_reason(reason))


def _move(
    actor: Actor, permission: Can, client: UUID, verb: str, event: Event, reason: str
) -> None:
    with transaction.atomic():
        row = load(actor, permission, client, lock=True, closed=True)
        reason, was = sound_reason(reason), row.state
        move(CLIENT, row, verb, state_reason=reason, changed_at=clock.now())
        _note_move(actor, event, row, was)


def close_row(actor: Actor, row: Client, reason: str) -> None:
    """Close a row that is locked, in the caller's transaction; its secrets end with it.

    :raises NoSuchMove: it is closed already.
    """
    now, was = clock.now(), row.state
    move(CLIENT, row, "close", state_reason=reason, changed_at=now, ended_at=now)
    _note_move(actor, events.CLIENT_CLOSED, row, was)
    end_all(actor, row)


def _note_move(actor: Actor, event: Event, row: Client, was: str) -> None:
    record(
        actor,
        event,
        subject_of(row),
        facts={"client_id": row.client_id, "reason": row.state_reason},
        before={"state": was},
        after={"state": row.state},
        agency=row.agency,
    )


def sound_reason(reason: str) -> str:
    """A reason without needless spaces.

    :raises BadReason: too short or too long.
    """
    reason = " ".join(reason.split())
    if not REASON_LEAST <= len(reason) <= REASON_MOST:
        raise BadReason(least=REASON_LEAST, most=REASON_MOST)
    return reason
