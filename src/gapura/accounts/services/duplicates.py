"""What the desk does with a pair of accounts: ask, tell apart, announce, uphold, close."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from gapura.accounts import events
from gapura.accounts.choices import FOUND
from gapura.accounts.errors import NoSuchDuplicate
from gapura.accounts.models import AccountRule, Duplicate
from gapura.accounts.permissions import Can
from gapura.accounts.queries import recipient
from gapura.accounts.queries.duplicates import masked_username
from gapura.accounts.services.duplicate_steps import note, pair_for, step
from gapura.accounts.services.lifecycle import close_person
from gapura.accounts.services.rows import sound_reason
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.notifications.services import notify

_DESK = Can.SEE_DUPLICATE


def ask_duplicate(*, actor: Actor, duplicate_id: UUID) -> None:
    """Ask the owners of both whether the other account is theirs, too. Nothing hangs on silence.

    :raises NoSuchDuplicate, Refused, DuplicateDecided: as `pair_for` and `step`.
    """
    with transaction.atomic():
        row = pair_for(actor, Can.ASK_DUPLICATE, duplicate_id, _DESK)
        step(row, "ask", asked_at=clock.now())
        event = note(actor, events.DUPLICATE_ASKED, row)
        _tell(row, "duplicate_asked", event)


def differ_duplicate(*, actor: Actor, duplicate_id: UUID, reason: str) -> None:
    """They are two people: nothing happens to either, and the pair is not shown again.

    Whoever was asked or told before is told this, too.

    :raises ReasonTooShort: fewer than 10 characters.
    """
    reason = sound_reason(reason)
    with transaction.atomic():
        row = pair_for(actor, Can.DIFFER_DUPLICATE, duplicate_id, _DESK)
        was = row.state
        step(row, "differ", ended_at=clock.now())
        event = note(actor, events.DUPLICATE_DIFFERENT, row, after={"reason": reason})
        if was != FOUND:
            _tell(row, "duplicate_different", event)


def announce_duplicate(*, actor: Actor, duplicate_id: UUID, closing: UUID, reason: str) -> datetime:
    """They are one person, and `closing` is the account to end. Both are told and may object.

    Answers until when; nothing is closed by it, not then and not later by itself.

    :raises ReasonTooShort: fewer than 10 characters.
    :raises NoSuchDuplicate: `closing` is neither of the two.
    """
    reason = sound_reason(reason)
    with transaction.atomic():
        row = pair_for(actor, Can.ANNOUNCE_DUPLICATE, duplicate_id, _DESK)
        account = next((p for p in (row.first, row.second) if p.pk == closing), None)
        if account is None:
            raise NoSuchDuplicate()
        until = _time_to_object()
        by = {"verdict_by_id": actor.who, "verdict_at": clock.now(), "reason": reason}
        step(row, "announce", closing=account, object_until=until, **by)
        facts = {"closing": account.username, "object_until": until.isoformat()}
        said = {"evidence": row.evidence, "after": {"reason": reason}}
        event = note(actor, events.DUPLICATE_ANNOUNCED, row, **facts, **said)
        _tell(row, "duplicate_announced", event)
    return until


def uphold_duplicate(*, actor: Actor, duplicate_id: UUID, reason: str) -> datetime:
    """Turn an objection down, as somebody else than who announced. The time starts anew.

    So whoever still disagrees has as long to go to the helpdesk with it. Answers until when.

    :raises ReasonTooShort: fewer than 10 characters.
    """
    reason = sound_reason(reason)
    with transaction.atomic():
        row = pair_for(actor, Can.UPHOLD_DUPLICATE, duplicate_id, _DESK)
        now, until = clock.now(), _time_to_object()
        changes = {"upheld_by_id": actor.who, "upheld_at": now, "upheld_reason": reason}
        step(row, "uphold", object_until=until, **changes)
        facts = {"closing": _closing(row), "object_until": until.isoformat()}
        event = note(actor, events.DUPLICATE_UPHELD, row, after={"reason": reason}, **facts)
        _tell(row, "duplicate_upheld", event)
    return until


def close_duplicate(*, actor: Actor, duplicate_id: UUID) -> None:
    """Close the announced account, once the time to object is over and nobody objected.

    :raises Refused: too early, or by whoever announced it.
    :raises NoSuchMove: the account was closed otherwise.
    """
    with transaction.atomic():
        row = pair_for(actor, Can.CLOSE_DUPLICATE, duplicate_id, _DESK)
        step(row, "close", ended_at=clock.now())
        note(actor, events.DUPLICATE_CLOSED, row, closing=_closing(row))
        if row.closing_id is None:
            raise NoSuchDuplicate()
        close_person(actor=actor, person_id=row.closing_id, reason=row.reason)


def _time_to_object() -> datetime:
    hours = int(AccountRule.value_at("duplicate_objection_hours", clock.today()))
    return clock.now() + timedelta(hours=hours)


def _closing(row: Duplicate) -> str:
    closes = row.first if row.closing_id == row.first_id else row.second
    return closes.username


def _tell(row: Duplicate, mail: str, event: UUID) -> None:
    """Both owners, each with the other account's name masked: it may be a stranger's."""
    for person, other in ((row.first, row.second), (row.second, row.first)):
        facts = {
            "username": person.username,
            "other": masked_username(other.username),
            "closes": row.closing_id == person.pk,
            "reason": row.reason,
            "until": row.object_until,
        }
        link = f"/account/duplicate/{row.pk}"
        notify(recipient(person), f"accounts/mail/{mail}.txt", facts, link=link, event=event)
