"""A company's new head takes its administration over: begun, objected to, decided, carried out.

The registry's answer is asked for by the journey `onboarding.succeeding`, outside a transaction,
and handed in as `Named`. Nothing changes for anybody until the successor takes over.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from gapura.access import events
from gapura.access.errors import DeedMissing, SuccessionNotNeeded, SuccessionOpen, SuccessionOver
from gapura.access.models import AccessRule, Grant, Succession
from gapura.access.models.successions import LEAVE, STAY
from gapura.access.permissions import Can
from gapura.access.queries.administrators import company_people
from gapura.access.queries.holders import holders
from gapura.access.queries.successions import known_succession
from gapura.access.roles import COMPANY_ADMIN, PLATFORM_ADMIN
from gapura.access.services.entries import note_staff
from gapura.access.services.notices import tell_all
from gapura.access.services.staff import checked_reason
from gapura.access.states import LIVE_GRANT, SUCCESSION
from gapura.accounts.queries import free_text_problem
from gapura.audit.events import Event
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import require
from gapura.organizations.queries import company as company_view

LONGEST_NUMBER = 60
_STARTS = throttle.Limit("access.succession", 5, 86400)
_HELPS = ("helpdesk", PLATFORM_ADMIN)


@dataclass(frozen=True, slots=True)
class Deed:
    """The deed of the last change, as it was typed, and the file of it."""

    number: str
    day: date
    document: UUID


@dataclass(frozen=True, slots=True)
class Named:
    """The registry said that this person is responsible for the company: where that is kept."""

    reference: str
    result_hash: str


def checked_deed(number: str, day: date) -> str:
    """The number of a deed in one line.

    :raises DeedMissing: no usable number, or a day to come.
    """
    number = " ".join(number.split())
    wrong = not number or len(number) > LONGEST_NUMBER or day > clock.today()
    if wrong or free_text_problem(number, LONGEST_NUMBER):
        raise DeedMissing()
    return number


def check_succession(*, actor: Actor, company: str) -> None:
    """Whether the actor could begin to take this company over, before a registry is asked.

    :raises Refused: not verified, or not signed in strongly.
    :raises NoSuchCompany: unknown code.
    :raises SuccessionNotNeeded, SuccessionOpen: administers it, somebody is at it.
    :raises TooMany: more than five a day.
    """
    require(actor, Can.START_SUCCESSION)
    company_view(company)
    own = Grant.objects.filter(person=actor.who, company=company, role=COMPANY_ADMIN)
    if own.filter(state__in=LIVE_GRANT, superseded_at__isnull=True).exists():
        raise SuccessionNotNeeded()
    if Succession.objects.filter(company=company, state__in=_OPEN).exists():
        raise SuccessionOpen()
    throttle.count(_STARTS, str(actor.who))


def start_succession(
    *, actor: Actor, company: str, deed: Deed, named: Named, former: str = STAY
) -> UUID:
    """Begin; everybody of the company is told and can object for the hours of the rule.

    :raises Refused: not verified, or not signed in strongly.
    :raises DeedMissing: no usable number or day.
    :raises SuccessionOpen: somebody was quicker.
    """
    require(actor, Can.START_SUCCESSION)
    number = checked_deed(deed.number, deed.day)
    former = LEAVE if former == LEAVE else STAY
    with transaction.atomic():
        row = _start(actor, company, deed, number, named, former)
        facts: dict[str, Any] = {"former": former, "until": row.cools_until, "deed": number}
        answer: dict[str, Any] = {"reference": named.reference, "result_hash": named.result_hash}
        note_staff(actor, events.SUCCESSION_STARTED, row, **facts, **answer)
        _tell(row, company_people(company), "succession_started", ends_at=row.cools_until)
        return row.id


def _start(
    actor: Actor, company: str, deed: Deed, number: str, named: Named, former: str
) -> Succession:
    now, today = clock.now(), clock.today()
    cools = now + timedelta(hours=AccessRule.value_at("succession_hours", today))
    try:
        with transaction.atomic():
            return Succession.objects.create(
                company_id=company,
                successor_id=actor.who,
                deed_number=number,
                deed_date=deed.day,
                document_id=deed.document,
                former=former,
                reference=named.reference,
                result_hash=named.result_hash,
                started_at=now,
                cools_until=cools,
                lapses_at=cools + timedelta(days=AccessRule.value_at("succession_days", today)),
            )
    except IntegrityError as error:
        raise SuccessionOpen() from error


def object_to_succession(*, actor: Actor, succession_id: UUID, reason: str) -> None:
    """Somebody of the company says that this is not right; the helpdesk decides then.

    :raises NoSuchSuccession: not there, or not for this actor to see.
    :raises Refused: not of the company, or the successor.
    :raises SuccessionOver: the time to object is over.
    :raises NoSuchMove: somebody objected before, or it has ended.
    :raises StaffReasonMissing, TextUnsafe: as `checked_reason`.
    """
    reason = checked_reason(reason)
    with transaction.atomic():
        row = known_succession(actor, succession_id, lock=True)
        require(actor, Can.OBJECT_SUCCESSION, row)
        if row.state == SUCCESSION.start and clock.now() >= row.cools_until:
            raise SuccessionOver()
        changes = {"objected_by_id": actor.who, "objected_at": clock.now(), "objection": reason}
        step = move(SUCCESSION, row, "object", **changes)
        note_staff(actor, events.SUCCESSION_OBJECTED, row, step, reason=reason)
        helpers = {who for role in _HELPS for who in holders(role)}
        people = {row.successor_id, *helpers, *company_people(row.company_id)}
        _tell(row, people - {actor.who}, "succession_objected")


def allow_succession(*, actor: Actor, succession_id: UUID, reason: str) -> None:
    """The helpdesk finds that the successor is right; the days to take over begin anew.

    :raises NoSuchSuccession, NoSuchMove: not there; nobody objected, or decided already.
    :raises Refused: not the helpdesk's, or one of the two sides.
    :raises StaffReasonMissing, TextUnsafe: as `checked_reason`.
    """
    days = AccessRule.value_at("succession_days", clock.today())
    until = clock.now() + timedelta(days=days)
    _decide(actor, succession_id, "allow", events.SUCCESSION_ALLOWED, reason, lapses_at=until)


def refuse_succession(*, actor: Actor, succession_id: UUID, reason: str) -> None:
    """The helpdesk finds that the objection is right; it is over. Raises as `allow_succession`."""
    over = clock.now()
    _decide(actor, succession_id, "refuse", events.SUCCESSION_REFUSED, reason, ended_at=over)


_CAN = {"allow": Can.ALLOW_SUCCESSION, "refuse": Can.REFUSE_SUCCESSION}


def _decide(
    actor: Actor, succession_id: UUID, verb: str, event: Event, reason: str, **changes: object
) -> None:
    reason = checked_reason(reason)
    with transaction.atomic():
        row = known_succession(actor, succession_id, lock=True)
        require(actor, _CAN[verb], row)
        decided = {"decided_by_id": actor.who, "decided_at": clock.now(), "reason": reason}
        step = move(SUCCESSION, row, verb, **decided, **changes)
        note_staff(actor, event, row, step, reason=reason)
        people = {row.successor_id, *company_people(row.company_id)}
        _tell(row, people, "succession_decided", allowed=verb == "allow", reason=reason)


def withdraw_succession(*, actor: Actor, succession_id: UUID) -> None:
    """The successor no longer wants to.

    :raises NoSuchSuccession, Refused, NoSuchMove: not there, not the actor's, ended already.
    """
    with transaction.atomic():
        row = known_succession(actor, succession_id, lock=True)
        require(actor, Can.WITHDRAW_SUCCESSION, row)
        step = move(SUCCESSION, row, "withdraw", ended_at=clock.now())
        note_staff(actor, events.SUCCESSION_WITHDRAWN, row, step)
        _tell(row, set(company_people(row.company_id)) - {actor.who}, "succession_ended")


def _tell(row: Succession, people: set[UUID] | list[UUID], template: str, **values: object) -> None:
    told = {"name": row.successor.name, "company": row.company.name, **values}
    tell_all(people, template, f"/company/takeovers/{row.id}", **told)


_OPEN = tuple(state for state in SUCCESSION.states if state not in SUCCESSION.ends)
