"""Why a person can do something: their grants, and line by line what each of them rests on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from gapura.access.errors import NoSuchHolder
from gapura.access.permissions import Can
from gapura.access.queries.decisions import Decision, judge
from gapura.access.queries.grants import with_stops
from gapura.access.queries.named import grants_named
from gapura.access.queries.views import Place
from gapura.accounts.queries import Subject, subject_named
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused, decide
from gapura.kernel.texts import N_
from gapura.organizations.queries import Spot

MOST = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a grant rests on: from its first to its last day, and whether it holds now.

    `state` is a code of the state table that `of` names (person, letter, grant), or empty.
    """

    what: str
    about: str
    holds: bool
    of: str = ""
    state: str = ""
    first: date | None = None
    last: date | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """One grant with the lines whose intersection it works in; days are legal days, inclusive."""

    id: UUID
    role: str
    place: Place
    standing: str
    principal: str
    works: bool
    why_not: str
    lines: tuple[Line, ...]
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a permission is asked about: whose access, and where that person is known."""

    person: UUID
    agencies: frozenset[str]
    paths: frozenset[str]


@dataclass(frozen=True, slots=True)
class HolderView:
    """A person as those who look after access see them; `decision` answers what was asked."""

    subject: Subject
    held: tuple[Held, ...]
    decision: Decision | None = None


def holder(actor: Actor, username: str) -> HolderView:
    """A person's grants as far as the actor may see them: all one's own, else those of the agency.

    :raises NoSuchHolder: unknown, or nobody whom the actor's agency has to do with.
    :raises Refused: when only a stronger sign-in is missing.
    """
    subject = subject_named(username)
    if subject is None:
        raise NoSuchHolder()
    rows = list(_rows(subject.id))
    verdict = decide(actor, Can.SEE_HOLDER, _seen(subject, rows))
    if not verdict:
        problem = Refused(verdict)
        raise problem if verdict.only_needs_strength else NoSuchHolder() from problem
    shown = [row for row in rows if _may_see(actor, subject, row)]
    return HolderView(subject, tuple(_held(row) for row in shown))


def explain(found: HolderView, permission: str, spot: Spot | None) -> Decision:
    """What the rules say of this person now, freshly and strongly signed in, at one place.

    Only the grants that the asker sees are looked at: the answer tells of no other.
    """
    at, shown = clock.now(), {held.id for held in found.held}
    grants = grants_named(found.subject.username, at)
    seen = tuple((grant, why) for grant, why in grants if grant.id in shown)
    return judge(found.subject, seen, permission, spot, at=at)


_COLUMNS = (
    "id", "role", "agency_id", "agency__name", "unit_id", "unit__name", "unit__path",
    "company_id", "company__name", "zone", "day", "why", "state", "standing",
    "principal__username", "valid", "activated_at", "approved_at", "ended_at",
    "agency__closed_on", "unit__ends_on", "person__state", "person__verified_at",
    "letter__reference", "letter__number", "letter__valid", "letter__revoked_at",
    "rests_on_id", "rests_on__state", "rests_on__valid", "rests_on__person__username",
    "rests_on__person__state",
)  # fmt: skip


def _rows(person: UUID) -> Any:
    found = with_stops(clock.now()).filter(person=person, superseded_at__isnull=True)
    return found.order_by("-approved_at", "-id").values(*_COLUMNS)[:MOST]


def _seen(subject: Subject, rows: list[dict[str, Any]]) -> Seen:
    agencies = {subject.agency, *(row["agency_id"] for row in rows)} - {"", None}
    paths = {row["unit__path"] for row in rows} - {"", None}
    return Seen(subject.id, frozenset(agencies), frozenset(paths))


def _may_see(actor: Actor, subject: Subject, row: dict[str, Any]) -> bool:
    """One's own and, for the platform, everybody's; else what lies in the agency or its part."""
    if actor.person == subject.id or not actor.agency or actor.grant is None:
        return True
    reach = actor.grant.reach
    inside = not reach or (row["unit__path"] or "").startswith(reach)
    return bool(row["agency_id"] == actor.agency and inside)


def _held(row: dict[str, Any]) -> Held:
    lines = tuple(line for make in _LINES if (line := make(row)) is not None)
    firsts = [line.first for line in lines if line.first is not None]
    lasts = [line.last for line in lines if line.last is not None]
    return Held(
        id=row["id"],
        role=row["role"],
        place=Place(
            row["agency_id"] or "",
            row["agency__name"] or "",
            row["unit_id"] or "",
            row["unit__name"] or "",
            row["company_id"] or "",
            row["company__name"] or "",
            row["zone"],
        ),
        standing=row["standing"],
        principal=row["principal__username"] or "",
        works=not row["why"],
        why_not=row["why"],
        lines=lines,
        first=max(firsts, default=None),
        last=min(lasts, default=None),
    )


def _account(row: dict[str, Any]) -> Line:
    state = row["person__state"]
    in_use = state not in ("registered", "suspended", "closed")
    return Line(N_("Account"), "", in_use, "person", state)


def _identity(row: dict[str, Any]) -> Line:
    since = row["person__verified_at"]
    return Line(N_("Proof of identity"), "", row["person__state"] == "verified", since=since)


def _letter(row: dict[str, Any]) -> Line | None:
    span = row["letter__valid"]
    if span is None:
        return None
    revoked = row["letter__revoked_at"]
    about = f"{row['letter__number']} ({row['letter__reference']})"
    holds = revoked is None and _covers(span, row["day"])
    state = "revoked" if revoked else ""
    ends = clock.legal_day(revoked, row["zone"]) if revoked else _last(span)
    return Line(N_("Appointment letter"), about, holds, "letter", state, span.lower, ends, revoked)


def _grant(row: dict[str, Any]) -> Line:
    span, ended = row["valid"], row["ended_at"]
    holds = row["state"] == "active" and _covers(span, row["day"])
    last = clock.legal_day(ended, row["zone"]) if ended else _last(span)
    since = ended or row["activated_at"] or row["approved_at"]
    return Line(N_("Role"), "", holds, "grant", row["state"], span.lower, last, since)


def _delegation(row: dict[str, Any]) -> Line | None:
    span = row["rests_on__valid"]
    if row["rests_on_id"] is None or span is None:
        return None
    stands = row["rests_on__state"] == "active" and row["rests_on__person__state"] == "verified"
    return Line(
        N_("Delegated by"),
        row["rests_on__person__username"],
        stands and _covers(span, row["day"]),
        "grant",
        row["rests_on__state"],
        span.lower,
        _last(span),
    )


def _place(row: dict[str, Any]) -> Line | None:
    closed = [day for day in (row["agency__closed_on"], row["unit__ends_on"]) if day]
    if not (row["agency_id"] or row["unit_id"]):
        return None
    first = min(closed, default=None)
    last = first - timedelta(days=1) if first else None
    return Line(
        N_("Agency and unit"),
        row["unit__name"] or row["agency__name"] or "",
        first is None or row["day"] < first,
        last=last,
    )


_LINES: tuple[Callable[[dict[str, Any]], Line | None], ...] = (
    _account,
    _identity,
    _letter,
    _grant,
    _delegation,
    _place,
)


def _covers(span: Any, day: date) -> bool:
    return (span.lower is None or span.lower <= day) and (span.upper is None or day < span.upper)


def _last(span: Any) -> date | None:
    return None if span.upper is None else span.upper - timedelta(days=1)
