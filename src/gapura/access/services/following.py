"""Where one unit goes into another, the requests that wait there follow."""

from django.db import IntegrityError, transaction

from gapura.access import events
from gapura.access.locks import hold
from gapura.access.models import AccessRequest
from gapura.access.permissions import Can
from gapura.access.services.entries import note
from gapura.access.services.notices import tell
from gapura.access.states import OPEN_REQUEST, REQUEST
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import require
from gapura.organizations.queries import unit as unit_named

_FREE = {"claimed_by_id": None, "claimed_at": None}


def follow_unit(*, actor: Actor, unit: str, successor: str) -> int:
    """Let all requests that wait at `unit` ask for the same at `successor`; answers how many.

    What was typed, the letter and the deadline stay as they are. Who asks for the same at the
    successor already keeps that one, and the other is withdrawn. Everybody is told. Only the
    system does this, on the day of the merger.

    :raises Refused: a person tried.
    """
    require(actor, Can.FOLLOW)
    name = unit_named(successor).name
    with transaction.atomic():
        rows = AccessRequest.objects.filter(unit=unit, state__in=OPEN_REQUEST).order_by("id")
        hold(rows)
        found = list(rows.select_related("person", "agency"))
        for row in found:
            _follow(actor, row, unit, successor, name)
    return len(found)


def _follow(actor: Actor, row: AccessRequest, unit: str, successor: str, name: str) -> None:
    try:
        with transaction.atomic():
            AccessRequest.objects.filter(pk=row.pk).update(unit=successor)
    except IntegrityError:
        step = move(REQUEST, row, "withdraw", **_FREE)
        event = note(actor, events.WITHDRAWN, row, step)
        tell(row.person, "request_doubled", row, event=event, successor=name)
        return
    row = AccessRequest.objects.select_related("person", "agency", "unit").get(pk=row.pk)
    event = note(actor, events.FOLLOWED, row, unit_before=unit, successor=successor)
    tell(row.person, "request_followed", row, event=event, successor=name)
