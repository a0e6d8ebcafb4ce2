"""The holiday calendar, on which legal deadlines rest: taken over from the authority, on record."""

from functools import partial

from gapura.audit.services import Subject, record
from gapura.journeys import events
from gapura.kernel.actor import Actor
from gapura.outside.services import Refreshed, refresh_holidays


def refresh_calendar(*, actor: Actor, year: int) -> Refreshed:
    """Take the official holidays of `year` over; on record when days changed or a person asked.

    :raises AuthorityDown: when there is no proper answer; the calendar stays as it is.
    :raises Refused: for others than the system and the platform's administrators.
    :raises BadQuestion: for a year outside of 2000 to 2100.
    """
    return refresh_holidays(actor=actor, year=year, witness=partial(_record, actor))


def _record(actor: Actor, done: Refreshed) -> None:
    # Each night's look that changed nothing is no news; what a person started always is.
    if actor.system and not (done.added or done.removed):
        return
    record(
        actor,
        events.CALENDAR_REFRESHED,
        Subject("calendar", str(done.year), str(done.year)),
        facts={
            "added": len(done.added),
            "removed": len(done.removed),
            "reference": done.proof.reference,
            "result_hash": done.proof.result_hash,
        },
    )
