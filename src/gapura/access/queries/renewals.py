"""Which of a person's accesses can be renewed or reactivated now."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from gapura.access.models import AccessRequest, AccessRule, Grant
from gapura.access.permissions import Can
from gapura.access.queries.places import place_of
from gapura.access.roles import REQUESTABLE
from gapura.access.states import LIVE_GRANT, OPEN_REQUEST
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

RENEWAL, REACTIVATION = "renewal", "reactivation"
# What `place_of` and the days need; a line of the whole costs three times as much to make.
_SHOWN = (
    *("valid", "agency", "unit", "company", "agency__name"),
    *("unit__name", "unit__zone", "company__name", "company__code"),
)


@dataclass(frozen=True, slots=True)
class Renewable:
    """A grant whose end is near or past. `request` is an open request that follows it already."""

    grant: UUID
    kind: str
    last_day: date
    request: UUID | None


def last_day(grant: Grant) -> date | None:
    """The last valid day; None when open."""
    after: date | None = grant.valid.upper
    return after - timedelta(days=1) if after else None


def renewed_by(grant_id: UUID) -> bool:
    """A live grant follows this one."""
    return Grant.objects.filter(
        follows=grant_id, state__in=LIVE_GRANT, superseded_at__isnull=True
    ).exists()


def kind_now(grant: Grant) -> str:
    """Renewal while its last day is not over in the unit's zone, then reactivation."""
    last = last_day(grant)
    over = last is not None and last < clock.today(place_of(grant).zone)
    return REACTIVATION if over else RENEWAL


def opens_on(last: date) -> date:
    """The first day on which a renewal can be asked for; rule `renewal_opens_days`."""
    return last - _ahead()


def _ahead() -> timedelta:
    return timedelta(days=int(AccessRule.value_at("renewal_opens_days", clock.today())))


def renewable(actor: Actor) -> dict[UUID, Renewable]:
    """The actor's accesses that can be renewed now, by grant. Three queries.

    Those that nothing follows yet, rest on no other grant and run, or ran, their time.
    """
    require(actor, Can.SEE_OWN)
    follower = Grant.objects.filter(
        follows=OuterRef("pk"), state__in=LIVE_GRANT, superseded_at__isnull=True
    )
    rows = Grant.objects.select_related("agency", "unit", "company").filter(
        ~Exists(follower),
        person=actor.who,
        state="active",
        superseded_at__isnull=True,
        rests_on__isnull=True,
        role__in=[role.code for role in REQUESTABLE],
        valid__endswith__isnull=False,
    )
    ahead = _ahead()
    near = [row for row in rows.only(*_SHOWN) if _is_near(row, ahead)]
    asked = _asked(near) if near else {}
    return {
        row.id: Renewable(row.id, kind_now(row), last, asked.get(row.id))
        for row in near
        if (last := last_day(row)) is not None
    }


def _asked(near: list[Grant]) -> dict[UUID | None, UUID]:
    """Open requests that follow these grants already."""
    rows = AccessRequest.objects.filter(
        follows__in=[row.id for row in near], state__in=OPEN_REQUEST
    )
    return dict(rows.values_list("follows_id", "id"))


def _is_near(row: Grant, ahead: timedelta) -> bool:
    last = last_day(row)
    return last is not None and clock.today(place_of(row).zone) >= last - ahead
