"""Asking a company to be admitted, and what its administrators decide."""

from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, transaction

from gapura.access import events
from gapura.access.errors import (
    AlreadyAsked,
    AlreadyStaff,
    NobodyAdmits,
    NoSuchJoin,
    NotACompanyRole,
    PositionMissing,
)
from gapura.access.models import Grant, JoinRequest
from gapura.access.permissions import Can
from gapura.access.queries.holders import holders
from gapura.access.roles import COMPANY_ADMIN, COMPANY_STAFF, Scope, codes_of
from gapura.access.services.entries import note_staff
from gapura.access.services.notices import tell_all
from gapura.access.services.staff import checked_duties, checked_reason, give, held_as_administrator
from gapura.access.states import JOIN, LIVE_GRANT
from gapura.accounts.queries import free_text_problem
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems
from gapura.organizations.queries import company as company_view

SHORTEST_POSITION, LONGEST_POSITION = 3, 150
_ASKS = throttle.Limit("access.join", 10, 86400)


def ask_to_join(*, actor: Actor, company: str, position: str) -> UUID:
    """Ask a company's administrators to be admitted; they are told. Answers the request's id.

    :raises NoSuchCompany: unknown code.
    :raises FieldProblems: `position`.
    :raises AlreadyStaff, AlreadyAsked, NobodyAdmits: nothing to ask for, or nobody to ask.
    :raises TooMany: more than ten a day.
    """
    require(actor, Can.ASK_TO_JOIN)
    name, position = company_view(company).name, " ".join(position.split())
    sound = SHORTEST_POSITION <= len(position) <= LONGEST_POSITION
    if not sound or free_text_problem(position, LONGEST_POSITION):
        raise FieldProblems({"position": PositionMissing()})
    if Grant.objects.filter(person=actor.who, company=company, state__in=LIVE_GRANT).exists():
        raise AlreadyStaff()
    admins = holders(COMPANY_ADMIN, company=company)
    if not admins:
        raise NobodyAdmits()
    throttle.count(_ASKS, str(actor.who))
    with transaction.atomic():
        row = _ask(actor, company, position)
        note_staff(actor, events.JOIN_ASKED, row)
        tell_all(admins, "join_asked", "/company/people", name=actor.name, company=name)
        return row.id


def _ask(actor: Actor, company: str, position: str) -> JoinRequest:
    try:
        with transaction.atomic():
            return JoinRequest.objects.create(
                company_id=company,
                person_id=actor.who,
                position=position,
                asked_at=clock.now(),
            )
    except IntegrityError as error:
        raise AlreadyAsked() from error


def admit_person(
    *, actor: Actor, join_id: UUID, role: str = COMPANY_STAFF, duties: Collection[str] = ()
) -> UUID:
    """Admit whoever asked; answers the grant, which waits for that person's second factor.

    Staff may do there what `duties` says, without any they only read.

    :raises NoSuchJoin: not there, or another company's.
    :raises Refused: not strongly signed in, or the own request.
    :raises NotACompanyRole, NoSuchDuty: neither of the company's two roles, no such duty.
    :raises AlreadyStaff: came in by another way meanwhile.
    :raises NoSuchMove: decided or withdrawn already.
    """
    if role not in codes_of(Scope.COMPANY):
        raise NotACompanyRole()
    wanted = checked_duties(role, duties)
    with transaction.atomic():
        row = _known(actor, join_id)
        require(actor, Can.ADMIT, row)
        if row.state != JOIN.start:
            move(JOIN, row, "admit")
        held_as_administrator(actor)
        grant = give(actor, row.person_id, role, row.company_id, "company_joined", wanted)
        changes = {"decided_by_id": actor.who, "decided_at": clock.now(), "grant_id": grant.id}
        step = move(JOIN, row, "admit", **changes)
        note_staff(actor, events.JOIN_ADMITTED, row, step, role=role, grant=str(grant.id))
        return grant.id


def refuse_join(*, actor: Actor, join_id: UUID, reason: str) -> None:
    """Do not admit whoever asked; `reason` is told to them.

    :raises NoSuchJoin, Refused, NoSuchMove: as `admit_person`.
    :raises StaffReasonMissing, TextUnsafe: not 10 to 300 characters, or unseen ones.
    """
    reason = checked_reason(reason)
    with transaction.atomic():
        row = _known(actor, join_id)
        require(actor, Can.REFUSE_JOIN, row)
        changes = {"decided_by_id": actor.who, "decided_at": clock.now(), "reason": reason}
        step = move(JOIN, row, "refuse", **changes)
        note_staff(actor, events.JOIN_REFUSED, row, step, reason=reason)
        name = row.company.name
        tell_all([row.person_id], "join_refused", "/company", company=name, reason=reason)


def withdraw_join(*, actor: Actor, join_id: UUID) -> None:
    """Whoever asked no longer wants to be admitted.

    :raises NoSuchJoin: not there, or not the actor's.
    :raises NoSuchMove: decided or withdrawn already.
    """
    with transaction.atomic():
        row = JoinRequest.objects.select_for_update().filter(pk=join_id).first()
        if row is None or row.person_id != actor.person:
            raise NoSuchJoin()
        require(actor, Can.WITHDRAW_JOIN, row)
        step = move(JOIN, row, "withdraw")
        note_staff(actor, events.JOIN_WITHDRAWN, row, step)


def _known(actor: Actor, join_id: UUID) -> JoinRequest:
    """The locked row of the actor's own company; another company's is not there."""
    require(actor, Can.SEE_STAFF)
    company = actor.grant.company if actor.grant else ""
    rows = JoinRequest.objects.select_for_update(of=("self",)).select_related("company", "person")
    row = rows.filter(pk=join_id, company=company).first()
    if row is None:
        raise NoSuchJoin()
    return row
