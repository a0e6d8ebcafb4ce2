"""The lines of an access review, page by page; and when an access was last confirmed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from gapura.access.errors import NoSuchReview
from gapura.access.models import ReviewLine
from gapura.access.permissions import Can
from gapura.access.queries.grants import last_usable_day, with_stops
from gapura.access.queries.reviewers import seen_by, waits_for
from gapura.access.queries.reviews import ReviewRow
from gapura.access.states import UNANSWERED
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may, require

LINES_PAGE = 50
LINE_TABS = ("mine", "open", "answered", "unanswered", "all")
_ANSWERED = ("confirmed", "removed", "gone")
_MISSED = ("kept", "suspended", "lapsed")


@dataclass(frozen=True, slots=True)
class LineRow:
    """One access in a review: who holds what where on which letter, and what became of it.

    `why` says why it does not work now; `elsewhere` that the person's profile names another
    agency. `mine` says that the actor can answer it.
    """

    id: UUID
    grant: UUID
    person: UUID
    name: str
    username: str
    role: str
    unit_name: str
    state: str
    level: str
    desk_name: str
    is_late: bool
    decided_by: str
    decided_at: datetime | None
    reason_code: str
    reason: str
    mine: bool
    standing: str = ""
    principal: str = ""
    letter: str = ""
    activated_at: datetime | None = None
    until: date | None = None
    why: str = ""
    elsewhere: bool = False
    confirmed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LinePage:
    """One page of lines in the order of units and names."""

    rows: tuple[LineRow, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Recertified:
    """When and by whom an access was last confirmed; `due_on` while it waits for an answer."""

    at: datetime | None
    by: str
    review: UUID | None
    due_on: date | None


_COLUMNS = (
    "id", "grant_id", "person_id", "person__name", "person__username", "person__agency", "role",
    "agency_id", "unit__name", "state", "level", "desk_id", "desk__name",
    "escalated_at", "decided_by__name", "decided_at", "reason_code", "reason",
)  # fmt: skip
_GRANT = (
    "id", "why", "standing", "principal__name", "letter__number", "activated_at", "valid",
    "letter__valid", "rests_on__valid", "rests_on__letter__valid",
)  # fmt: skip
_SEALED = tuple(f"person__{name}" for name in ("nik", "nip", "phone"))
# What is handed on under its own name.
_SAME = ("id", "role", "state", "level", "decided_at", "reason_code", "reason")
_SPANS = ("valid", "letter__valid", "rests_on__valid", "rests_on__letter__valid")


def lines_of(actor: Actor, found: ReviewRow, *, tab: str = "", page: int = 1) -> LinePage:
    """One page of what the actor sees of a review. Three queries."""
    start = (page - 1) * LINES_PAGE
    rows = _ordered(_seen(actor, found).filter(_tab(actor, tab)))
    made = _made(actor, found, list(rows[start : start + LINES_PAGE + 1]))
    return LinePage(tuple(made[:LINES_PAGE]), len(made) > LINES_PAGE)


def lines_named(actor: Actor, found: ReviewRow, ids: Collection[UUID]) -> tuple[LineRow, ...]:
    """These lines, for reading them back before they are answered. Three queries.

    :raises NoSuchReview: one of them is not there, or not for the actor to see.
    """
    rows = _ordered(_seen(actor, found).filter(pk__in=list(ids)[: LINES_PAGE + 1]))
    made = _made(actor, found, list(rows))
    if len(made) != len(set(ids)):
        raise NoSuchReview()
    return tuple(made)


def line_to_end(actor: Actor, found: ReviewRow, line_id: UUID) -> LineRow:
    """One line, for ending its access; what was answered already is shown as it is. Four queries.

    :raises NoSuchReview: not there, or not for the actor to see.
    :raises Refused: for somebody else to answer.
    """
    (line,) = lines_named(actor, found, [line_id])
    if line.state in UNANSWERED and found.state != "cancelled":
        row = ReviewLine.objects.select_related("person").defer(*_SEALED).get(pk=line_id)
        require(actor, Can.REMOVE_LINE, row)
    return line


def every_line(actor: Actor, found: ReviewRow, most: int) -> tuple[LineRow, ...]:
    """All of them, for the recap; so many at most."""
    return tuple(_made(actor, found, list(_ordered(_seen(actor, found))[:most])))


def _seen(actor: Actor, found: ReviewRow) -> QuerySet[ReviewLine]:
    return ReviewLine.objects.filter(seen_by(actor), review=found.id)


def _tab(actor: Actor, tab: str) -> Q:
    tabs = {
        "mine": waits_for(actor) & Q(state__in=UNANSWERED),
        "open": Q(state="open"),
        "answered": Q(state__in=_ANSWERED),
        "unanswered": Q(state__in=_MISSED),
    }
    return tabs.get(tab, Q())


def _ordered(rows: QuerySet[ReviewLine]) -> QuerySet[Any, dict[str, Any]]:
    found: QuerySet[Any, dict[str, Any]]
    found = rows.order_by("unit__path", "person__name", "id").values(*_COLUMNS)
    return found


def _made(actor: Actor, found: ReviewRow, rows: list[dict[str, Any]]) -> list[LineRow]:
    ids = [row["grant_id"] for row in rows]
    known = with_stops(clock.now()).filter(pk__in=ids).values(*_GRANT) if ids else ()
    grants = {row["id"]: row for row in known}
    before = last_confirmed(ids)
    return [_line(actor, found, row, grants[row["grant_id"]], before) for row in rows]


def _line(
    actor: Actor,
    found: ReviewRow,
    row: dict[str, Any],
    grant: dict[str, Any],
    before: dict[UUID, Recertified],
) -> LineRow:
    home = row["person__agency"]
    plain = {name: row[name] for name in _SAME}
    return LineRow(
        **plain,
        grant=row["grant_id"],
        person=row["person_id"],
        name=row["person__name"],
        username=row["person__username"],
        unit_name=row["unit__name"] or "",
        desk_name=row["desk__name"] or "",
        is_late=row["escalated_at"] is not None,
        decided_by=row["decided_by__name"] or "",
        mine=_can_answer(actor, found, row),
        elsewhere=bool(row["agency_id"] and home and home != row["agency_id"]),
        confirmed_at=before[row["grant_id"]].at if row["grant_id"] in before else None,
        **_resting(grant),
    )


def _resting(grant: dict[str, Any]) -> dict[str, Any]:
    """On what the access rests, and why it does not work."""
    return {
        "standing": grant["standing"],
        "principal": grant["principal__name"] or "",
        "letter": grant["letter__number"] or "",
        "activated_at": grant["activated_at"],
        "until": last_usable_day(*(grant[name] for name in _SPANS)),
        "why": grant["why"],
    }


class _Asked:
    """What the permission is asked about, of the values that were read."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.level, self.desk_id, self.agency_id = row["level"], row["desk_id"], row["agency_id"]
        self.escalated_at, self.person_id = row["escalated_at"], row["person_id"]
        self.person = _Named(row["person__username"])


class _Named:
    def __init__(self, username: str) -> None:
        self.username = username


def _can_answer(actor: Actor, found: ReviewRow, row: dict[str, Any]) -> bool:
    waits = found.state != "cancelled" and row["state"] in UNANSWERED
    return waits and may(actor, Can.CONFIRM_LINE, _Asked(row))


def last_confirmed(grants: Iterable[UUID]) -> dict[UUID, Recertified]:
    """The last confirmation of each of these accesses, and whether one is due now. One query.

    The caller has made sure that the actor sees the accesses.
    """
    wanted = Q(state="confirmed") | Q(state__in=UNANSWERED, review__state="open")
    rows = ReviewLine.objects.filter(wanted, grant__in=list(grants)).order_by("review__opened_at")
    found: dict[UUID, Recertified] = {}
    columns = ("grant_id", "state", "decided_at", "decided_by__name", "review_id", "review__due_on")
    for grant, state, at, by, review, due_on in rows.values_list(*columns):
        last = found.get(grant, Recertified(None, "", None, None))
        if state == "confirmed":
            found[grant] = replace(last, at=at, by=by or "", review=review)
        else:
            found[grant] = replace(last, due_on=due_on)
    return found
