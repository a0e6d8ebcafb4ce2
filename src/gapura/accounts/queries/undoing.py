"""Changes of contact that can still be taken back: by their link, and on the own account."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gapura.accounts.choices import EMAIL
from gapura.accounts.errors import UndoOver
from gapura.accounts.models import ContactChange
from gapura.accounts.permissions import Can
from gapura.accounts.rules import masked
from gapura.accounts.rules.undoing import change_in
from gapura.accounts.states import CLOSED
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change; `kind` is a key of CONTACTS, `old` and `new` are masked, `new` may be empty."""

    person: UUID
    kind: str
    old: str
    new: str
    changed_at: datetime
    undo_until: datetime


def change_for(token: str) -> ChangeView:
    """What a link would take back; it stays unused.

    :raises UndoOver: used, too old, or never sent.
    """
    return _view(change_row(token))


def change_row(token: str, *, lock: bool = False) -> ContactChange:
    """The row of a link that still works; for the services of this room.

    :raises UndoOver: used, too old, or never sent.
    """
    found = change_in(token)
    rows = ContactChange.objects.exclude(person__state=CLOSED)
    if lock:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(
        pk=found, ended_at__isnull=True, undo_until__gt=clock.now()
    ).first() if found else None  # fmt: skip
    if row is None:
        raise UndoOver()
    return row


def own_changes(actor: Actor) -> list[ChangeView]:
    """What can still be undone on the actor's own account, the oldest first.

    :raises Refused: not signed in.
    """
    require(actor, Can.SEE_OWN)
    return [_view(row) for row in open_changes(actor.who)]


def open_changes(person: UUID, kind: str = "") -> list[ContactChange]:
    """Rows that can be undone now, the oldest first."""
    rows = ContactChange.objects.filter(
        person=person, ended_at__isnull=True, undo_until__gt=clock.now()
    )
    return list((rows.filter(kind=kind) if kind else rows).order_by("changed_at", "id"))


def masked_contact(kind: str, value: str) -> str:
    """Enough to recognize one's own: the mailbox that reads it may be a shared one."""
    if kind != EMAIL:
        return masked(value)
    local, _, domain = value.rpartition("@")
    return f"{local[:2]}•••@{domain}"


def _view(row: ContactChange) -> ChangeView:
    return ChangeView(
        person=row.person_id,
        kind=row.kind,
        old=masked_contact(row.kind, row.old),
        new=masked_contact(row.kind, row.new),
        changed_at=row.changed_at,
        undo_until=row.undo_until,
    )
