"""People who no longer work for a company, for those who have to go on with their work."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from gapura.access.errors import NoSuchGrant
from gapura.access.models import Grant
from gapura.access.permissions import Can
from gapura.access.states import LIVE_GRANT
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

_MOST = 200
_SHOWN = timedelta(days=90)
_DEPARTED = (
    "id",
    "person__name",
    "person__username",
    "role",
    "ended_at",
    "end_reason",
    "person_id",
)


@dataclass(frozen=True, slots=True)
class Departed:
    """Somebody who no longer works for the company, and why the role ended."""

    grant: UUID
    name: str
    username: str
    role: str
    ended_at: datetime
    reason: str
    person_id: UUID


def people_who_left(actor: Actor) -> tuple[Departed, ...]:
    """Whose role at the company ended in the last 90 days and who has none there now, newest first.

    One query.

    :raises Refused: not acting as a company's administrator.
    """
    require(actor, Can.SEE_STAFF)
    rows = _departed(actor).filter(ended_at__gte=clock.now() - _SHOWN)
    return tuple(Departed(*row) for row in rows.values_list(*_DEPARTED)[:_MOST])


def who_left(actor: Actor, grant_id: UUID) -> Departed:
    """One of them, however long ago.

    :raises NoSuchGrant: not there, of another company, or back again.
    """
    require(actor, Can.SEE_STAFF)
    found = _departed(actor).filter(pk=grant_id).values_list(*_DEPARTED).first()
    if found is None:
        raise NoSuchGrant()
    return Departed(*found)


def _departed(actor: Actor) -> QuerySet[Grant]:
    """Ended roles of people who have no live one at the company; the last one of each person."""
    company = actor.grant.company if actor.grant else ""
    others = Grant.objects.filter(company=company, person=OuterRef("person"))
    there = others.filter(state__in=LIVE_GRANT, superseded_at__isnull=True)
    later = others.filter(state="revoked", ended_at__gt=OuterRef("ended_at"))
    rows = Grant.objects.filter(company=company, state="revoked", activated_at__isnull=False)
    return rows.filter(~Exists(there), ~Exists(later)).order_by("-ended_at", "-id")
