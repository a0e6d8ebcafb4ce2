"""What hangs on a person at one agency: grants, delegations, requests; for when they leave it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from gapura.access.errors import NoSuchHolder
from gapura.access.models import AccessRequest, Grant
from gapura.access.permissions import Can
from gapura.access.queries.grants import working
from gapura.access.queries.places import place_of
from gapura.access.queries.views import Place
from gapura.access.queries.waiting_names import WaitingName, names_waiting
from gapura.access.states import LIVE_GRANT, OPEN_REQUEST, REQUEST
from gapura.accounts.queries import Subject, subject_named
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

# A draft is nobody's business but its author's.
SENT = tuple(state for state in OPEN_REQUEST if state != REQUEST.start)
_SEALED = ("person__nik", "person__nip", "person__phone", "unit__npwp", "company__npwp")
_JOINED = ("person", "agency", "unit", "company")
MOST = 200


@dataclass(frozen=True, slots=True)
class Leaver:
    """Who would leave which agency, the roles that would end there, and the paths of its units
    where something hangs on them: empty for what they hold at the agency as a whole.
    """

    person: Subject
    agency: str
    paths: frozenset[str]
    roles: frozenset[str]

    @property
    def person_id(self) -> UUID:
        """Whom it is about."""
        return self.person.id


@dataclass(frozen=True, slots=True)
class LeavingGrant:
    """A grant that would end; `letter` is what it rests on, `name` who holds it."""

    id: UUID
    role: str
    place: Place
    state: str
    standing: str
    name: str
    first: date
    last: date | None
    letter: UUID | None
    letter_number: str


@dataclass(frozen=True, slots=True)
class LeavingRequest:
    """An open request: the person's own, or one of somebody else that they took to check."""

    id: UUID
    reference: str
    role: str
    place: Place
    state: str
    name: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """All of it. `given` are the grants that others hold by delegation from this person, `named`
    the letters that name the person and stay.
    """

    subject: Subject
    leaver: Leaver
    grants: tuple[LeavingGrant, ...]
    given: tuple[LeavingGrant, ...]
    requests: tuple[LeavingRequest, ...]
    claims: tuple[LeavingRequest, ...]
    named: tuple[WaitingName, ...]

    @property
    def agency(self) -> str:
        """Code of the agency that is left."""
        return self.leaver.agency

    @property
    def offices(self) -> frozenset[tuple[str, str]]:
        """Role and unit of what they hold at units."""
        return frozenset((one.role, one.place.unit) for one in self.grants if one.place.unit)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody else who holds a role at a unit with a working grant."""

    id: UUID
    name: str
    role: str
    unit: str


def leaving(actor: Actor, username: str, agency: str) -> Leaving:
    """What hangs on a person at an agency, for those who may end it. Eight queries.

    :raises NoSuchHolder: nobody of that name, or nobody who has to do with that agency.
    :raises Refused: not somebody who may; never about oneself.
    """
    subject = subject_named(username)
    if subject is None:
        raise NoSuchHolder()
    grants, given = list(live_at(subject.id, agency)), list(given_at(subject.id, agency))
    requests, claims = list(sent_at(subject.id, agency)), list(claimed_at(subject.id, agency))
    leaver = _leaver(subject, agency, grants, requests)
    if not (grants or given or requests or claims or subject.agency == agency):
        raise NoSuchHolder()
    require(actor, Can.OFFBOARD, leaver)
    return Leaving(
        subject,
        leaver,
        tuple(_grant(row) for row in grants),
        tuple(_grant(row) for row in given),
        tuple(_request(row) for row in requests),
        tuple(_request(row) for row in claims),
        names_waiting(actor, subject.id, agency),
    )


def leaver_at(subject: Subject, agency: str) -> Leaver:
    """What `leaving` asks the permission about, for drawing the link to it. Two queries."""
    return _leaver(subject, agency, live_at(subject.id, agency), sent_at(subject.id, agency))


def _leaver(
    subject: Subject, agency: str, grants: Iterable[Grant], requests: Iterable[AccessRequest]
) -> Leaver:
    own: list[Any] = [*grants, *requests]
    paths = {row.unit.path if row.unit else "" for row in own}
    roles = {row.role for row in own if isinstance(row, Grant)}
    return Leaver(subject, agency, frozenset(paths), frozenset(roles))


def agencies_of(username: str) -> tuple[str, ...]:
    """Codes of the agencies where the person holds something, the home agency first."""
    subject = subject_named(username)
    if subject is None:
        return ()
    rows = Grant.objects.filter(
        person=subject.id, state__in=LIVE_GRANT, superseded_at__isnull=True, agency__isnull=False
    )
    held = sorted(set(rows.values_list("agency_id", flat=True)))
    home = [subject.agency] if subject.agency else []
    return tuple(dict.fromkeys([*home, *[code for code in held if code]]))


def live_at(person: UUID, agency: str) -> QuerySet[Grant]:
    """Grants of a person at an agency that can still end, with what is shown of them."""
    return _grants(Q(person=person, agency=agency))


def given_at(person: UUID, agency: str) -> QuerySet[Grant]:
    """Grants that others hold there by delegation from this person."""
    return _grants(Q(rests_on__person=person, agency=agency))


def sent_at(person: UUID, agency: str) -> QuerySet[AccessRequest]:
    """The person's own requests there that were sent in and are not decided."""
    return _requests(Q(person=person, agency=agency, state__in=SENT))


def claimed_at(person: UUID, agency: str) -> QuerySet[AccessRequest]:
    """Requests there that this person took to check."""
    return _requests(Q(claimed_by=person, agency=agency, state="in_review"))


def _grants(which: Q) -> QuerySet[Grant]:
    rows = Grant.objects.filter(which, state__in=LIVE_GRANT, superseded_at__isnull=True)
    return rows.select_related(*_JOINED, "letter").defer(*_SEALED).order_by("id")


def _requests(which: Q) -> QuerySet[AccessRequest]:
    rows = AccessRequest.objects.filter(which).select_related(*_JOINED)
    return rows.defer(*_SEALED, "unit_npwp").order_by("id")


def _grant(row: Grant) -> LeavingGrant:
    after: Any = row.valid.upper
    return LeavingGrant(
        id=row.id,
        role=row.role,
        place=place_of(row),
        state=row.state,
        standing=row.standing,
        name=row.person.name,
        first=row.valid.lower,
        last=after - timedelta(days=1) if after else None,
        letter=row.letter_id,
        letter_number=row.letter.number if row.letter else "",
    )


def _request(row: AccessRequest) -> LeavingRequest:
    return LeavingRequest(
        row.id, row.reference, row.role, place_of(row), row.state, row.person.name
    )


def colleagues(offices: frozenset[tuple[str, str]], besides: UUID) -> tuple[Colleague, ...]:
    """Who else holds these roles at these units now; MOST at most. One query."""
    which = Q(pk__in=[])
    for role, unit in sorted(offices):
        which |= Q(role=role, unit=unit)
    rows = working(clock.now()).filter(which).exclude(person=besides)
    found = rows.order_by("person__name", "id").values_list(
        "person_id", "person__name", "role", "unit_id"
    )
    return tuple(Colleague(*row) for row in found[:MOST])
