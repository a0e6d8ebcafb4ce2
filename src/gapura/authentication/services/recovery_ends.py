"""How a way back ends without being used: stopped by its owner, or its time is over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from gapura.accounts.queries import people_by_id, recipient
from gapura.authentication import events
from gapura.authentication.errors import NothingWaits
from gapura.authentication.models import Recovery
from gapura.authentication.permissions import Can
from gapura.authentication.queries.vouchers import helpers_stand
from gapura.authentication.rules import RECOVERY_OPEN, STOPS_ADDRESS, address_key
from gapura.authentication.services.recovery_notices import tell_owner
from gapura.authentication.services.sessions import note
from gapura.authentication.states import RECOVERY
from gapura.authentication.tokens import token_hash
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.moves import NoSuchMove, move
from gapura.kernel.permissions import require
from gapura.notifications.services import notify

if TYPE_CHECKING:
    from django.db.models import QuerySet

BATCH = 200
_SYSTEM = "recovery"


def stop_by_link(*, actor: Actor, token: str) -> None:
    """The owner opened the link of a notice, signed in or not: it is over.

    :raises NothingWaits: it is over already, or no such link was sent.
    :raises TooMany: sixty an hour from one address.
    """
    throttle.count(STOPS_ADDRESS, address_key(actor.ip))
    hashed = token_hash(token)
    with transaction.atomic():
        row = _locked(_open_now().filter(stop_hash=hashed)) if hashed else None
        if row is None:
            raise NothingWaits()
        holder = replace(actor, facts={**actor.facts, "stop_hash": hashed})
        require(holder, Can.STOP_RECOVERY, row)
        _stop(actor, row, "link")


def stop_own_recoveries(*, actor: Actor) -> int:
    """The owner is signed in and stops whatever is open; answers how many there were."""
    stopped = 0
    with transaction.atomic():
        rows = _open_now().filter(person=actor.who).select_for_update(of=("self",))
        for row in rows.select_related("person").order_by("id"):
            require(actor, Can.STOP_RECOVERY, row)
            _stop(actor, row, "owner")
            stopped += 1
    return stopped


def stop_for_slip(actor: Actor, row: Recovery) -> None:
    """Five wrong codes of the slip; the caller counted them."""
    require(system_actor(_SYSTEM), Can.STOP_RECOVERY, row)
    _stop(actor, row, "slip")


def stop_for_helpers(row: Recovery) -> None:
    """Voucher or seconder may no longer stand for it; the owner and both of them are told."""
    actor = system_actor(_SYSTEM)
    require(actor, Can.STOP_RECOVERY, row)
    _stop(actor, row, "helper")


def stop_mailbox_wait(actor: Actor, person: UUID, why: str = "vouched") -> None:
    """Somebody was seen face to face: what only the mailbox was proven for waits no longer."""
    row = _locked(_open_now().filter(person=person, kind="mailbox"))
    if row is not None:
        require(system_actor(_SYSTEM), Can.STOP_RECOVERY, row)
        _stop(actor, row, why)


def stop_for_new_address(actor: Actor, person: UUID) -> None:
    """The owner signed in and changed the mailbox: no way back is needed, and none may undo it."""
    rows = _open_now().filter(person=person).select_for_update(of=("self",))
    for row in rows.select_related("person", "vouched_by").order_by("id"):
        require(system_actor(_SYSTEM), Can.STOP_RECOVERY, row)
        _stop(actor, row, "address")


def lapse_recoveries(*, actor: Actor) -> int:
    """End what nobody decided on or used in time; answers how many. At most 200 at a time."""
    require(actor, Can.LAPSE_RECOVERY)
    overdue = Recovery.objects.filter(state__in=RECOVERY_OPEN, ends_at__lte=clock.now())
    ids = list(overdue.order_by("ends_at").values_list("pk", flat=True)[:BATCH])
    return sum(_lapse(actor, one) for one in ids)


def lapse_overdue(person: UUID) -> None:
    """Before a person asks anew: what is over by its date gives way."""
    overdue = Recovery.objects.filter(
        person=person, state__in=RECOVERY_OPEN, ends_at__lte=clock.now()
    )
    for one in list(overdue.values_list("pk", flat=True)):
        _lapse(system_actor(_SYSTEM), one)


def tell_ready(*, actor: Actor) -> int:
    """Tell the owners whose wait is over, each once; answers how many. At most 200 at a time.

    Where those who vouched may no longer do so, they are told that instead, and it is over.
    """
    require(actor, Can.TELL_RECOVERY)
    now = clock.now()
    due = Recovery.objects.filter(
        state="waiting", ready_at__lte=now, ends_at__gt=now, ready_told_at__isnull=True
    )
    ids = list(due.order_by("ready_at").values_list("pk", flat=True)[:BATCH])
    told = 0
    for one in ids:
        with transaction.atomic():
            if due.filter(pk=one).update(ready_told_at=now):
                row = Recovery.objects.select_related("person").get(pk=one)
                if row.kind != "mailbox" and not helpers_stand(row):
                    stop_for_helpers(row)
                    continue
                note(actor, events.RECOVERY_READY, row.person, reference=row.reference)
                tell_owner(row, "recovery_ready")
                told += 1
    return told


def _open_now() -> QuerySet[Recovery]:
    return Recovery.objects.filter(state__in=RECOVERY_OPEN, ends_at__gt=clock.now())


def _locked(rows: QuerySet[Recovery]) -> Recovery | None:
    found = rows.select_related("person", "vouched_by").select_for_update(of=("self",))
    return found.first()


def _stop(actor: Actor, row: Recovery, stopped_by: str) -> None:
    try:
        move(RECOVERY, row, "stop", ended_at=clock.now(), end_reason=stopped_by)
    except NoSuchMove:
        raise NothingWaits() from None
    person, reference = row.person, row.reference
    note(actor, events.RECOVERY_STOPPED, person, reference=reference, stopped_by=stopped_by)
    tell_owner(row, "recovery_stopped", can_stop=False)
    helpers = {one for one in (row.vouched_by_id, row.seconded_by_id) if one}
    for helper in people_by_id(helpers).values():
        values = {"reference": row.reference, "person": row.person.name, "why": stopped_by}
        mail = "authentication/mail/recovery_stopped_desk.txt"
        notify(recipient(helper), mail, values, link=f"/people/recoveries/{row.id}")


def _lapse(actor: Actor, row_id: UUID) -> bool:
    with transaction.atomic():
        rows = Recovery.objects.select_related("person").select_for_update(of=("self",))
        row = rows.filter(pk=row_id, state__in=RECOVERY_OPEN).first()
        if row is None:
            return False
        move(RECOVERY, row, "lapse", ended_at=clock.now())
        note(actor, events.RECOVERY_LAPSED, row.person, reference=row.reference)
        tell_owner(row, "recovery_lapsed", can_stop=False)
        return True
