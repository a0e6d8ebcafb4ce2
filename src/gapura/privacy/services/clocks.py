"""What the clock does to open requests: a warning before the hours are over, the officer after."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from gapura.access.queries import holders, holders_of_all
from gapura.accounts.queries import people_by_id, recipient
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import require
from gapura.notifications.services import notify
from gapura.privacy.events import requests as events
from gapura.privacy.models import DataRequest
from gapura.privacy.permissions import Can
from gapura.privacy.rules.requests import AGENCY, AGENCY_ROLE, OFFICER, PLATFORM
from gapura.privacy.services.rows import QUEUE, note, note_step, subject_of, tell
from gapura.privacy.states.requests import OPEN, REQUEST
from gapura.privacy.topics import KIND_WORDS

BATCH = 200


def warn_requests(*, actor: Actor) -> int:
    """Tell the desk of up to BATCH open requests that their hours are nearly over; how many.

    :raises Refused: a person tried.
    """
    require(actor, Can.ESCALATE)
    with transaction.atomic():
        rows = _open().filter(warned_at=None, warn_at__lte=clock.now()).order_by("warn_at")[:BATCH]
        for row in rows:
            row.warned_at = clock.now()
            row.save(update_fields=["warned_at"])
            note(actor, events.REQUEST_WARNED, row, subject_of(row), _due(row))
            _tell(_desk(row), "due_soon", row)
        return len(rows)


def escalate_requests(*, actor: Actor) -> int:
    """Bring up to BATCH requests whose hours are over to the officer, once each; answers how many.

    The person is told that it is late. It stays open: an answer is owed all the same.

    :raises Refused: a person tried.
    """
    require(actor, Can.ESCALATE)
    with transaction.atomic():
        late = _open().filter(escalated_at=None, due_at__lte=clock.now()).order_by("due_at")
        rows = list(late[:BATCH])
        officers = holders(OFFICER) if rows else []
        for row in rows:
            free = {"taken_by_id": None, "taken_at": None, "desk": PLATFORM}
            step = move(REQUEST, row, "escalate", escalated_at=clock.now(), **free)
            note_step(actor, events.REQUEST_ESCALATED, row, step, _due(row))
            _tell(officers, "overdue", row)
            tell(row, "late")
        return len(rows)


def _open() -> QuerySet[DataRequest]:
    rows = DataRequest.objects.filter(state__in=OPEN).select_related("person")
    return rows.select_for_update(skip_locked=True, of=("self",))


def _due(row: DataRequest) -> dict[str, str]:
    return {"due_at": row.due_at.isoformat()}


def _desk(row: DataRequest) -> list[UUID]:
    """Who answers; an agency without an administrator leaves it to the officer."""
    at_agency = holders_of_all(AGENCY_ROLE, row.agency) if row.desk == AGENCY else []
    return at_agency or holders(OFFICER)


def _tell(whom: Iterable[UUID], template: str, row: DataRequest) -> None:
    """The mail names nobody: whose request it is stands on the page."""
    others = set(whom) - {row.person_id}
    for person in people_by_id(others).values():
        values = {"row": row, "kind": KIND_WORDS[row.kind]}
        link = f"{QUEUE}/{row.id}"
        notify(recipient(person), f"privacy/mail/{template}.txt", values, link=link)
