"""The successor takes a company over; those who administered it until then step back."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from gapura.access import events
from gapura.access.duties import FINANCE, ORDER, PRODUCT, sorted_duties
from gapura.access.errors import SuccessionCooling, SuccessionNotNeeded, SuccessionOver
from gapura.access.locks import hold
from gapura.access.models import Grant, Succession
from gapura.access.models.successions import STAY
from gapura.access.permissions import Can
from gapura.access.queries.administrators import company_people
from gapura.access.queries.successions import known_succession
from gapura.access.roles import COMPANY_ADMIN, COMPANY_STAFF
from gapura.access.services.entries import note_staff
from gapura.access.services.grants import end
from gapura.access.services.members import exchange, give_working
from gapura.access.services.notices import tell_each
from gapura.access.services.staff import held_staff
from gapura.access.services.successions import Named
from gapura.access.states import SUCCESSION
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import require
from gapura.kernel.texts import N_

TAKEN_OVER = N_("A new head took over the administration of the company.")
# Whoever stays looks after the daily work; what binds the company is the new head's to give.
STAFF_AFTER = sorted_duties((PRODUCT, ORDER, FINANCE))
BATCH = 200
_SYSTEM = system_actor("succession")


def take_over(*, actor: Actor, succession_id: UUID, named: Named) -> UUID:
    """Become the company's administrator; answers the grant, which works at once.

    Under the same lock the administrators until now end, or become staff. The company is never
    without one: both happen in one transaction.

    :raises NoSuchSuccession: not there, or not the actor's.
    :raises Refused: not the successor, not verified, or not signed in strongly.
    :raises SuccessionCooling, SuccessionOver: too early, too late.
    :raises NoSuchMove: objected to, decided, or done already.
    """
    with transaction.atomic():
        company = known_succession(actor, succession_id).company_id
        people = held_staff(company)
        row = known_succession(actor, succession_id, lock=True)
        require(actor, Can.TAKE_OVER, row)
        _check_time(row, clock.now())
        former = [one for one in people if one.role == COMPANY_ADMIN]
        if any(one.person_id == actor.person for one in former):
            raise SuccessionNotNeeded()
        grant = _give(actor, people, company)
        _step_back(former, row.former)
        answer = {"reference": named.reference, "result_hash": named.result_hash}
        changes = {"grant_id": grant.id, "ended_at": clock.now(), **answer}
        step = move(SUCCESSION, row, "take_over", **changes)
        note_staff(actor, events.SUCCESSION_DONE, row, step, grant=str(grant.id), **answer)
        _tell(actor, row, former)
        return grant.id


def check_takeover(*, actor: Actor, succession_id: UUID) -> None:
    """Raise what `take_over` would, before any other authority is asked.

    :raises NoSuchSuccession, Refused, SuccessionCooling, SuccessionOver: see `take_over`.
    """
    row = known_succession(actor, succession_id)
    require(actor, Can.TAKE_OVER, row)
    _check_time(row, clock.now())


def _check_time(row: Succession, now: datetime) -> None:
    if row.state == "cooling" and now < row.cools_until:
        raise SuccessionCooling()
    if now >= row.lapses_at:
        raise SuccessionOver()


def _give(actor: Actor, people: Collection[Grant], company: str) -> Grant:
    """The administrator's role; whoever was staff there until now is so no longer."""
    own = [one for one in people if one.person_id == actor.person]
    end(_SYSTEM, own, "revoke", events.REVOKED, TAKEN_OVER)
    return give_working(actor, actor.who, COMPANY_ADMIN, company, ())


def _step_back(former: Collection[Grant], then: str) -> None:
    stays = [one for one in former if then == STAY and one.state == "active"]
    goes = [one for one in former if one not in stays]
    end(_SYSTEM, goes, "revoke", events.REVOKED, TAKEN_OVER)
    for one in stays:
        exchange(_SYSTEM, one, COMPANY_STAFF, STAFF_AFTER)


def _tell(actor: Actor, row: Succession, former: Collection[Grant]) -> None:
    then = {one.person_id: row.former == STAY and one.state == "active" for one in former}
    people = {*company_people(row.company_id), *then} - {actor.who}
    told = [
        (
            person,
            {
                "name": actor.name,
                "company": row.company.name,
                "former": person in then,
                "stays": then.get(person, False),
            },
        )
        for person in people
    ]
    tell_each(told, "succession_done", "/help/contact")


def tidy_successions(*, actor: Actor) -> int:
    """Tell successors who may take over now; end what nobody took over. Answers how many rows.

    Neither changes who may what: that is asked of the clock when it is done.

    :raises Refused: a person tried.
    """
    require(actor, Can.TIDY_SUCCESSIONS)
    now = clock.now()
    with transaction.atomic():
        rows = Succession.objects.filter(state__in=("cooling", "allowed"))
        late = hold(rows.filter(lapses_at__lte=now).order_by("id"), pass_by=True, most=BATCH)
        ready = rows.filter(state="cooling", cools_until__lte=now, ready_told_at__isnull=True)
        ready = ready.filter(lapses_at__gt=now).order_by("id")
        told = hold(ready, pass_by=True, most=BATCH)
        for row in _read(late):
            step = move(SUCCESSION, row, "lapse", ended_at=now)
            note_staff(actor, events.SUCCESSION_LAPSED, row, step)
            people = {row.successor_id, *company_people(row.company_id)}
            _mail(row, people, "succession_ended")
        for row in _read(told):
            _mail(row, {row.successor_id}, "succession_ready", ends_at=row.lapses_at)
        Succession.objects.filter(pk__in=told).update(ready_told_at=now)
        return len(late) + len(told)


def _read(held: Collection[UUID]) -> list[Succession]:
    rows = Succession.objects.select_related("company", "successor").order_by("id")
    return list(rows.filter(pk__in=held))


def _mail(row: Succession, people: Collection[UUID], template: str, **values: object) -> None:
    told = {"name": row.successor.name, "company": row.company.name, **values}
    tell_each([(person, told) for person in people], template, f"/company/takeovers/{row.id}")
