"""What all verbs on a pair of accounts share: finding it, moving it, and its entry in the log."""

from typing import Any
from uuid import UUID

from gapura.accounts.errors import DuplicateDecided, NoSuchDuplicate
from gapura.accounts.models import Duplicate
from gapura.accounts.permissions import Can
from gapura.accounts.states import DUPLICATE
from gapura.audit import services as audit
from gapura.audit.events import Event, Subject
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove, move
from gapura.kernel.permissions import may, require


def pair_for(actor: Actor, permission: Can, duplicate_id: UUID, sees: Can) -> Duplicate:
    """The pair, locked, once the actor may do this to it.

    :raises NoSuchDuplicate: not there, or not this actor's to know.
    :raises Refused: it may be seen, but not this.
    """
    rows = Duplicate.objects.select_related("first", "second").select_for_update(of=("self",))
    row = rows.filter(pk=duplicate_id).first()
    if row is None or not may(actor, sees, row):
        raise NoSuchDuplicate()
    require(actor, permission, row)
    return row


def step(row: Duplicate, verb: str, **changes: Any) -> None:
    """Move the pair.

    :raises DuplicateDecided: somebody else was first.
    """
    try:
        move(DUPLICATE, row, verb, **changes)
    except NoSuchMove:
        raise DuplicateDecided() from None


def note(actor: Actor, event: Event, row: Duplicate, **details: Any) -> UUID:
    """One entry about the pair; `after` is what is personal in it, the rest are its facts.

    What is personal is erased with its owner: whoever wrote it of the two, else the account that
    is to be closed, else the first.
    """
    after = details.pop("after", None)
    label = f"{row.first.username} / {row.second.username}"
    subject = Subject("duplicate", str(row.pk), label)
    person = _owner(actor, row) if after else None
    return audit.record(actor, event, subject, facts=details, after=after, person=person)


def _owner(actor: Actor, row: Duplicate) -> UUID:
    if actor.person in (row.first_id, row.second_id):
        return actor.who
    return row.closing_id or row.first_id
