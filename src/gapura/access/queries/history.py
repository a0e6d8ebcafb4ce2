"""Who could act in a role on a past day, and what was known of it then: the bitemporal question.

A grant has days on which it counts (`valid`) and a time from which it is on record
(`recorded_at` to `superseded_at`). Asked for a moment and for what was known at another, the
answer rests on both, on the letter, on suspensions, and on the state the account had.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet, Value

from gapura.access.models import Grant, GrantPause
from gapura.access.permissions import Can
from gapura.access.queries.grants import LegalDay, zone_of_grant
from gapura.access.roles import ROLES, Scope
from gapura.accounts.queries import PROFILE_STEPS
from gapura.audit.queries import states_at
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.organizations.queries import UnitView
from gapura.organizations.queries import unit as find_unit

MOST = 200


@dataclass(frozen=True, slots=True)
class PastHolder:
    """One person who could act: on which letter, from when to when, and what stood against it.

    `account` is the state the account had then, empty where the log does not go back so far;
    `paused` says that the grant was suspended at the moment. Days are legal days, both included.
    """

    person: UUID
    name: str
    username: str
    role: str
    agency: str
    unit: str
    unit_name: str
    standing: str
    principal: str
    grant: UUID
    activated_at: datetime
    ended_at: datetime | None
    valid_from: date
    valid_until: date | None
    letter: UUID | None
    letter_reference: str
    letter_number: str
    letter_signed_on: date | None
    letter_signer: str
    paused: bool
    account: str
    recorded_at: datetime

    @property
    def could_act(self) -> bool:
        """Nothing stood against it; a log that does not go back so far is not held against it."""
        return not self.paused and self.account in ("", "verified")


@dataclass(frozen=True, slots=True)
class Question:
    """Who held `role` at `agency` (and `unit`, for roles of units) at `at`, as known at `known`."""

    role: str
    agency: str
    unit: str
    at: datetime
    known: datetime


class _Asked:
    """What the permission is asked about: the place."""

    def __init__(self, agency: str, unit: str) -> None:
        self.agency_id, self.unit_id = agency, unit or None

    @property
    def unit(self) -> UnitView | None:
        """Looked up only for whoever acts for a part of the agency."""
        return find_unit(self.unit_id) if self.unit_id else None


def who_could(actor: Actor, asked: Question) -> tuple[PastHolder, ...]:
    """Everybody who held the role at that moment, whether or not something stood against it.

    At most MOST, by name. Three queries, however many there are.

    :raises Refused: the actor does not oversee this place.
    """
    require(actor, Can.SEE_HISTORY, _Asked(asked.agency, asked.unit))
    rows = list(_held(asked).order_by("person__name", "id").values(*_COLUMNS)[:MOST])
    people = {row["person_id"] for row in rows}
    states = states_at(people, PROFILE_STEPS, min(asked.at, asked.known))
    return tuple(_holder(row, states.get(row["person_id"], "")) for row in rows)


_COLUMNS = (
    "id",
    "person_id",
    "person__name",
    "person__username",
    "role",
    "agency_id",
    "unit_id",
    "unit__name",
    "standing",
    "principal__username",
    "activated_at",
    "ended_at",
    "valid",
    "letter_id",
    "letter__reference",
    "letter__number",
    "letter__signed_on",
    "letter__signer_name",
    "letter__valid",
    "version_of_id",
    "paused",
    "recorded_at",
)


def _held(asked: Question) -> QuerySet[Grant]:
    place = {"agency": asked.agency or None}
    if ROLES[asked.role].scope is Scope.UNIT:
        place["unit"] = asked.unit or None
    when = Value(asked.at, output_field=DateTimeField())
    on_record = Q(recorded_at__lte=asked.known) & (
        Q(superseded_at__isnull=True) | Q(superseded_at__gt=asked.known)
    )
    day = LegalDay(when, zone_of_grant())
    rows = Grant.objects.alias(day=day).filter(on_record, role=asked.role)
    rows = rows.filter(**place).filter(_not_ended("ended_at", asked), activated_at__lte=asked.at)
    rows = rows.filter(_covers("valid"), Q(letter__isnull=True) | _covers("letter__valid"))
    rows = rows.filter(_not_ended("letter__revoked_at", asked), _parent(asked))
    return rows.annotate(paused=_paused(asked))


def _not_ended(field: str, asked: Question) -> Q:
    """Not over at the moment, or not known to be over."""
    later = Q(**{f"{field}__gt": asked.at}) | Q(**{f"{field}__gt": asked.known})
    return Q(**{f"{field}__isnull": True}) | later


def _covers(span: str) -> Q:
    ends = Q(**{f"{span}__endswith__gt": F("day")}) | Q(**{f"{span}__upper_inf": True})
    return Q(**{f"{span}__startswith__lte": F("day")}) & ends


def _parent(asked: Question) -> Q:
    """A delegated role counted only while the delegating one did."""
    ended = _not_ended("rests_on__ended_at", asked)
    letter = _not_ended("rests_on__letter__revoked_at", asked)
    return Q(rests_on__isnull=True) | ended & letter & _covers("rests_on__valid")


def _paused(asked: Question) -> Exists:
    mine = Q(grant=OuterRef("pk")) | Q(grant=OuterRef("version_of"))
    over = Q(until__isnull=False, until__lte=asked.at)
    open_then = GrantPause.objects.filter(mine, since__lte=min(asked.at, asked.known))
    return Exists(open_then.exclude(over))


def _holder(row: dict[str, Any], account: str) -> PastHolder:
    return PastHolder(
        person=row["person_id"],
        name=str(row["person__name"]),
        username=str(row["person__username"]),
        role=str(row["role"]),
        agency=str(row["agency_id"] or ""),
        unit=str(row["unit_id"] or ""),
        unit_name=str(row["unit__name"] or ""),
        standing=str(row["standing"]),
        principal=str(row["principal__username"] or ""),
        grant=row["version_of_id"] or row["id"],
        activated_at=row["activated_at"],
        ended_at=row["ended_at"],
        valid_from=row["valid"].lower,
        valid_until=_last_day(row["valid"], row["letter__valid"]),
        letter=row["letter_id"],
        letter_reference=str(row["letter__reference"] or ""),
        letter_number=str(row["letter__number"] or ""),
        letter_signed_on=row["letter__signed_on"],
        letter_signer=str(row["letter__signer_name"] or ""),
        paused=bool(row["paused"]),
        account=account,
        recorded_at=row["recorded_at"],
    )


def _last_day(*spans: Any) -> date | None:
    ends = [span.upper for span in spans if span is not None and span.upper]
    return min(ends) - timedelta(days=1) if ends else None
