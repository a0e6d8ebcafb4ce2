"""A new password that only the mailbox was proven for: a day's wait that the owner can stop.

For people without a role. A role is worth more than a day of patience: there two people stand for
the person, see `recovery_desk`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from gapura.access.queries import has_role
from gapura.authentication import events
from gapura.authentication.errors import NothingWaits, NotReady, RoleNeedsTwo
from gapura.authentication.marks import change_of, factors_mark
from gapura.authentication.models import Recovery
from gapura.authentication.permissions import Can
from gapura.authentication.queries.recoveries import waits_for
from gapura.authentication.services.recovery_asking import new_row
from gapura.authentication.services.recovery_ends import lapse_overdue
from gapura.authentication.services.recovery_notices import tell_owner
from gapura.authentication.services.sessions import note
from gapura.authentication.states import RECOVERY
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.moves import NoSuchMove, move
from gapura.kernel.permissions import require

if TYPE_CHECKING:
    from uuid import UUID

    from gapura.accounts.models import Person

_SYSTEM = "recovery"
_KIND = "mailbox"


def at_stake(person: Person) -> bool:
    """A proven identity or a role: more than one mailbox may be worth."""
    return person.verified_at is not None or needs_two(person)


def needs_two(person: Person) -> bool:
    """A role, working or to come: no wait makes one mailbox the whole account."""
    return has_role(person.id, clock.now())


def wait_is_over(person: UUID) -> bool:
    """The wait was begun, nobody stopped it, and it can be used now."""
    row = _running(person)
    return row is not None and row.ready_at is not None and row.ready_at <= clock.now()


def begin_wait(actor: Actor, person: Person) -> None:
    """Begin the wait, unless it runs already; the owner is told with a link that stops it."""
    lapse_overdue(person.id)
    if _running(person.id) is not None:
        return
    waits = waits_for(_KIND)
    evidence = {"mailbox": True, "ip": actor.ip}
    try:
        with transaction.atomic():
            row = new_row(person, _KIND, timedelta(days=waits.ask_days), evidence=evidence)
    except IntegrityError:
        return
    require(system_actor(_SYSTEM), Can.HOLD_RECOVERY, row)
    ready = row.asked_at + timedelta(hours=waits.wait_hours)
    ends = ready + timedelta(days=waits.life_days)
    move(RECOVERY, row, "hold", ready_at=ready, ends_at=ends)
    at = ready.isoformat()
    note(actor, events.RECOVERY_HELD, person, reference=row.reference, ready_at=at)
    tell_owner(row, "recovery_held")


def use_wait(actor: Actor, person: Person, ended: int) -> None:
    """The new password is stored: the wait is used up. Of two at once one gets through.

    :raises NothingWaits: stopped, used, or over. :raises NotReady: too early.
    :raises RoleNeedsTwo: the person has got a role since the wait began.
    """
    if needs_two(person):
        raise RoleNeedsTwo()
    row = _running(person.id)
    if row is None or row.ready_at is None:
        raise NothingWaits()
    require(actor, Can.USE_RECOVERY, row)
    if clock.now() < row.ready_at:
        raise NotReady()
    try:
        move(RECOVERY, row, "use", ended_at=clock.now())
    except NoSuchMove:
        raise NothingWaits() from None
    note(
        actor,
        events.RECOVERY_USED,
        person,
        reference=row.reference,
        way=_KIND,
        sessions_ended=ended,
        new_address=False,
        **change_of(person.id, factors_mark(person.id)),
    )


def _running(person: UUID) -> Recovery | None:
    rows = Recovery.objects.filter(
        person=person, kind=_KIND, state="waiting", ends_at__gt=clock.now()
    )
    return rows.select_related("person").first()
