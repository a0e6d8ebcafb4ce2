"""How companies stand: recorded, lifted, and when the authorities were last asked."""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction

from gapura.audit import services as audit
from gapura.audit.events import Event, Subject
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.organizations import events
from gapura.organizations.errors import (
    EndsBeforeStart,
    NoSuchCompany,
    NoSuchStanding,
    ReasonMissing,
    StandingOverlaps,
)
from gapura.organizations.kinds import STANDINGS
from gapura.organizations.models import Company, CompanyStanding
from gapura.organizations.permissions import Can
from gapura.organizations.queries import live_standing
from gapura.organizations.rules import is_plain_line, tidy_line

_SHORTEST, _LONGEST = 3, 300


def record_standing(
    *,
    actor: Actor,
    company: str,
    state: str,
    since: date,
    until: date | None,
    basis: str,
    source: str = "",
    result_hash: str = "",
) -> None:
    """Record what an authority says of a company from `since` to its last day `until`.

    New orders, offers and uploads stop on those days unless `state` is active; what runs goes on.

    :raises NoSuchCompany: unknown code.
    :raises NoSuchStanding: unknown state.
    :raises EndsBeforeStart, ReasonMissing: unusable days or basis.
    :raises StandingOverlaps: the same is recorded for some of these days.
    """
    require(actor, Can.RECORD_STANDING)
    _check(state, since, until)
    told = {"state": state, "since": since, "until": until, "basis": _sound(basis)}
    proof = {"source": source, "result_hash": result_hash, "recorded_by": actor.person}
    row = CompanyStanding(company_id=company, **told, **proof)
    with transaction.atomic():
        _hold(company)
        _insert(row)
        facts = {"state": state, "since": since, "until": until or "", "basis": row.basis}
        _record(actor, events.STANDING_RECORDED, company, facts, result_hash)


def _check(state: str, since: date, until: date | None) -> None:
    if state not in STANDINGS:
        raise NoSuchStanding()
    if until is not None and until < since:
        raise EndsBeforeStart()


def _insert(row: CompanyStanding) -> None:
    row.recorded_at = clock.now()
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise StandingOverlaps() from error


def lift_standing(
    *, actor: Actor, company: str, state: str, basis: str, result_hash: str = ""
) -> None:
    """End what is recorded of a kind, because the authority took it back.

    :raises NoSuchCompany, NoSuchStanding: unknown company, or nothing of the kind is recorded.
    :raises ReasonMissing: unusable basis.
    """
    require(actor, Can.LIFT_STANDING)
    basis = _sound(basis)
    with transaction.atomic():
        _hold(company)
        row = live_standing(company, state)
        if row is None:
            raise NoSuchStanding()
        row.superseded_at, row.superseded_by = clock.now(), actor.person
        row.save(update_fields=["superseded_at", "superseded_by"])
        _keep_past(row)
        facts = {"state": state, "basis": basis}
        _record(actor, events.STANDING_LIFTED, company, facts, result_hash)


def _keep_past(row: CompanyStanding) -> None:
    """The days before today stay as they were: whoever looks back sees what counted then."""
    yesterday = date.fromordinal(clock.today().toordinal() - 1)
    if row.since > yesterday:
        return
    CompanyStanding.objects.create(
        company_id=row.company_id,
        state=row.state,
        since=row.since,
        until=yesterday,
        basis=row.basis,
        source=row.source,
        result_hash=row.result_hash,
        recorded_at=clock.now(),
        recorded_by=row.recorded_by,
    )


def note_checked(*, actor: Actor, company: str) -> None:
    """Remember that the blacklist was asked about a company just now.

    :raises Refused: a person tried.
    """
    require(actor, Can.RECORD_STANDING)
    Company.objects.filter(pk=company).update(checked_at=clock.now())


def _hold(company: str) -> None:
    if not Company.objects.select_for_update().filter(pk=company).exists():
        raise NoSuchCompany()


def _sound(basis: str) -> str:
    basis = tidy_line(basis)
    if not is_plain_line(basis, _SHORTEST, _LONGEST):
        raise ReasonMissing(least=_SHORTEST, most=_LONGEST)
    return basis


def _record(
    actor: Actor, event: Event, company: str, facts: Mapping[str, object], result_hash: str
) -> None:
    extra = {"result_hash": result_hash} if result_hash else {}
    audit.record(actor, event, Subject("company", company, company), facts={**facts, **extra})
