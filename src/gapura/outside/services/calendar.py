"""Takes the official holidays over from the authority that publishes them."""

import re
from collections.abc import Callable

from django.db import transaction

from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.outside.answers import About, Holiday, Proof, Refreshed
from gapura.outside.asking import Question, ask
from gapura.outside.authorities import HOLIDAYS
from gapura.outside.errors import BadQuestion
from gapura.outside.models import OfficialHoliday
from gapura.outside.permissions import Can
from gapura.outside.reading import Answer, Nonsense
from gapura.outside.rules import HOLIDAY_KINDS

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_A_YEAR = 400
_REGION = re.compile(r"([0-9]{2}(\.[0-9]{2})?)?")


def official_holidays(*, year: int) -> tuple[Holiday, ...]:
    """The days off that the authority publishes for `year`, in order of their days.

    :raises AuthorityDown: when there is no proper answer.
    :raises BadQuestion: for a year outside of 2000 to 2100.
    """
    return _ask(year)[0]


def refresh_holidays(*, actor: Actor, year: int, witness: Callable[[Refreshed], None]) -> Refreshed:
    """Replace `year` in our calendar by what the authority publishes; answers what changed.

    `witness` is called in the transaction of the change: this room stands beside the log and
    cannot write into it.

    :raises AuthorityDown: when there is no proper answer; the calendar stays as it is.
    :raises Refused: for others than the system and the platform's administrators.
    :raises BadQuestion: for a year outside of 2000 to 2100.
    """
    require(actor, Can.REFRESH)
    days, proof = _ask(year)
    with transaction.atomic():
        rows = OfficialHoliday.objects.select_for_update().filter(day__year=year)
        before = {row.day for row in rows}
        rows.delete()
        OfficialHoliday.objects.bulk_create(
            OfficialHoliday(
                day=one.day,
                name=one.name,
                kind=one.kind,
                region=one.region,
                source=proof.reference,
            )
            for one in days
        )
        after = {one.day for one in days}
        added, removed = sorted(after - before), sorted(before - after)
        done = Refreshed(year, tuple(added), tuple(removed), proof)
        witness(done)
    return done


def _ask(year: int) -> tuple[tuple[Holiday, ...], Proof]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadQuestion()
    about = About("calendar", str(year))
    path = f"/v1/holidays/{year}"

    def reader(answer: Answer, proof: Proof) -> tuple[tuple[Holiday, ...], Proof]:
        return _holidays(answer, year), proof

    return ask(Question(HOLIDAYS, "holidays", about, path, method="GET"), reader)


def _holidays(answer: Answer, year: int) -> tuple[Holiday, ...]:
    if answer.number("year") != year:
        raise Nonsense("another year")
    found = [_holiday(row) for row in answer.rows("days", MOST_A_YEAR)]
    places = {(one.day, one.region) for one in found}
    # A year has a dozen at least; an empty list would silently shorten everyone's deadlines.
    if len(places) != len(found) or not found or any(one.day.year != year for one in found):
        raise Nonsense("days that cannot be")
    return tuple(sorted(found, key=lambda one: (one.day, one.region)))


def _holiday(row: Answer) -> Holiday:
    region = row.matching("region", _REGION)
    return Holiday(
        row.day("day"), row.text("name", 120), row.choice("kind", *HOLIDAY_KINDS), region
    )
