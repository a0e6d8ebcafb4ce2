"""Counting ahead of the readers: sign-ins by hour from the log, and the platform's pictures."""

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Max

from gapura.authentication.events import SIGN_IN_FAILED, SIGNED_IN
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.reports.models import KeptFigures, SignInDay
from gapura.reports.permissions import Can
from gapura.reports.queries.figures import PAGES, PERIODS, Scope, count_page, last_days
from gapura.reports.rules.pictures import kept

# So far back a first run looks, and so many days are counted in one transaction.
_FURTHEST, _AT_ONCE = 366, 31
# The day before is counted again: its last hour may not have been complete.
_AGAIN = timedelta(days=2)

_HOURS = ", ".join(f"count(*) FILTER (WHERE ok AND hour = {hour})::int" for hour in range(24))
# The agency's zone is that of its first unit, as `queries.figures.agency_scope` has it.
_COUNT = f"""
    WITH zones AS (
        SELECT DISTINCT ON (agency_id) agency_id, zone FROM organizations_unit
         ORDER BY agency_id, path, code),
    told AS (
        SELECT e.agency, coalesce(z.zone, '{clock.JAKARTA}') AS zone, e.name = %(done)s AS ok,
               e.occurred_at AT TIME ZONE coalesce(z.zone, '{clock.JAKARTA}') AS here
          FROM audit_event e LEFT JOIN zones z ON z.agency_id = e.agency
         WHERE e.name IN (%(done)s, %(failed)s) AND e.id >= %(from)s AND e.id < %(to)s),
    hourly AS (
        SELECT agency, zone, ok, here::date AS day, extract(hour FROM here)::int AS hour
          FROM told WHERE here::date >= %(first)s AND here::date < %(until)s)
    INSERT INTO reports_sign_in_day (agency, zone, day, hours, refused, counted_at)
    SELECT coalesce(agency, ''), zone, day, ARRAY[{_HOURS}], count(*) FILTER (WHERE NOT ok), %(at)s
      FROM hourly
     GROUP BY GROUPING SETS ((agency, zone, day), (zone, day))
    HAVING grouping(agency) = 1 OR agency <> ''
"""  # noqa: S608 - constants only


def count_sign_ins(*, actor: Actor) -> int:
    """Count the days since the last count again, and today; answers how many days.

    The log stays the only source: what is counted here can be thrown away and counted anew.

    :raises Refused: for others than the system.
    """
    require(actor, Can.COUNT)
    until = max(clock.today(zone) for zone in clock.ZONES) + timedelta(days=1)
    oldest = until - timedelta(days=_FURTHEST)
    last = SignInDay.objects.aggregate(last=Max("day"))["last"]
    first = max(oldest, last - _AGAIN) if last else oldest
    day = first
    while day < until:
        end = min(until, day + timedelta(days=_AT_ONCE))
        _count(day, end)
        day = end
    return (until - first).days


def _count(first: date, until: date) -> None:
    """Replace the days from `first` to before `until`."""
    margin = timedelta(days=1)
    with transaction.atomic(), connection.cursor() as cursor:
        SignInDay.objects.filter(day__gte=first, day__lt=until).delete()
        cursor.execute(
            _COUNT,
            {
                "done": SIGNED_IN.name,
                "failed": SIGN_IN_FAILED.name,
                "from": _id_at(first - margin),
                "to": _id_at(until + margin),
                "first": first,
                "until": until,
                "at": clock.now(),
            },
        )


def _id_at(day: date) -> UUID:
    """The least id of an entry of that day: ids begin with the time in milliseconds."""
    start = datetime.combine(day, time(), ZoneInfo(clock.JAKARTA))
    return UUID(int=int(start.timestamp() * 1000) << 80)


def keep_figures(*, actor: Actor) -> int:
    """Count the pictures of the whole platform, so that nobody waits; answers how many pages.

    :raises Refused: for others than the system.
    """
    require(actor, Can.COUNT)
    for page in PAGES:
        for days in PERIODS:
            pictures, at = count_page(page, Scope(), last_days(days))
            KeptFigures.objects.update_or_create(
                page=page, days=days, defaults={"pictures": kept(pictures), "at": at}
            )
    return len(PAGES) * len(PERIODS)
