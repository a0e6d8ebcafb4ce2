"""Looking back: who could act in a role on a past day; that somebody asked is recorded."""

from django.db import transaction

from gapura.access import events
from gapura.access.queries.history import PastHolder, Question, who_could
from gapura.audit import services as audit
from gapura.audit.events import Subject
from gapura.kernel.actor import Actor


def look_back(*, actor: Actor, asked: Question) -> tuple[PastHolder, ...]:
    """The answer of `who_could`, with a record of the question in the log.

    :raises Refused: the actor does not oversee this place.
    """
    with transaction.atomic():
        found = who_could(actor, asked)
        place = asked.unit or asked.agency
        audit.record(
            actor,
            events.HISTORY_LOOKED,
            Subject("place", place, place),
            facts={
                "role": asked.role,
                "agency": asked.agency,
                "unit": asked.unit,
                "day": asked.at.isoformat(),
                "known": asked.known.isoformat(),
                "found": len(found),
            },
            agency=asked.agency,
            unit=asked.unit,
        )
        return found
