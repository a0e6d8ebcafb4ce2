"""A company's people: its founder, how a role there is given, and how it is taken away."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.access import events
from gapura.access.duties import ALL, sorted_duties
from gapura.access.errors import (
    AlreadyHeld,
    AlreadyStaff,
    NoSuchDuty,
    NoSuchGrant,
    StaffReasonMissing,
)
from gapura.access.locks import hold, hold_companies
from gapura.access.models import AccessRule, Grant
from gapura.access.permissions import Can
from gapura.access.roles import COMPANY_ADMIN, COMPANY_STAFF
from gapura.access.rules import REASON_AT_LEAST
from gapura.access.services.entries import facts_of, given_by, note_begun
from gapura.access.services.grants import read_grants, revoke
from gapura.access.services.notices import tell
from gapura.access.states import GRANT, LIVE_GRANT
from gapura.accounts.queries import free_text_problem
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.organizations.queries import founder_of

LONGEST_REASON = 300


def checked_reason(reason: str) -> str:
    """Why somebody is not taken in or has to go, in one line.

    :raises StaffReasonMissing: not 10 to 300 characters.
    :raises TextUnsafe: letters that nobody sees (control, bidi, zero-width).
    """
    reason = " ".join(reason.split())
    if not REASON_AT_LEAST <= len(reason) <= LONGEST_REASON:
        raise StaffReasonMissing(least=REASON_AT_LEAST, most=LONGEST_REASON)
    if problem := free_text_problem(reason, LONGEST_REASON):
        raise problem
    return reason


@dataclass(frozen=True, slots=True)
class Founding:
    """A company's code and who registered it."""

    company_id: str
    founder: UUID | None


def admit_founder(*, actor: Actor, company: str) -> UUID:
    """Give the company's founder its first administrator's role, to be activated.

    :raises Refused: for anyone but the founder.
    :raises AlreadyHeld: the company has, or had, people already.
    """
    require(actor, Can.FOUND, Founding(company, founder_of(company)))
    with transaction.atomic():
        if Grant.objects.filter(company=company).exists():
            raise AlreadyHeld()
        return give(actor, actor.who, COMPANY_ADMIN, company, "company_founded").id


def checked_duties(role: str, duties: Collection[str]) -> list[str]:
    """What staff may do at the company; an administrator's role includes all of it.

    :raises NoSuchDuty: one that is not in the table.
    """
    if not ALL.issuperset(duties):
        raise NoSuchDuty()
    return sorted_duties(duties) if role == COMPANY_STAFF else []


def give(
    actor: Actor, person: UUID, role: str, company: str, mail: str, duties: Sequence[str] = ()
) -> Grant:
    """A role at a company that waits for its holder's second factor; `mail` tells them.

    The caller has asked whether this actor may, and holds a transaction.

    :raises AlreadyStaff: the person has a live role there.
    """
    live = Grant.objects.filter(
        person=person, company=company, state__in=LIVE_GRANT, superseded_at__isnull=True
    )
    if live.exists():
        raise AlreadyStaff()
    now, days = clock.now(), AccessRule.value_at("activation_days", clock.today())
    try:
        with transaction.atomic():
            row = Grant.objects.create(
                person_id=person, role=role, company_id=company, duties=list(duties),
                state=GRANT.start, valid=DateRange(clock.today(), None),
                approved_at=now, recorded_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        # Accepted twice at the same moment: the database let one of them in.
        raise AlreadyStaff() from error
    event = note_begun(actor, events.ISSUED, row, **facts_of(row), **given_by(row))
    tell(row.person, mail, row, event=event, days=days)
    return row


def remove_staff(*, actor: Actor, grant_id: UUID, reason: str) -> None:
    """An administrator ends somebody's role in the own company; it stops at once.

    Two administrators who remove each other wait here for each other: the second is no longer
    one, so a company never loses its last administrator this way.

    :raises NoSuchGrant: not there, of another company, or ended already.
    :raises Refused: not the company's administrator, not strongly signed in, or the own role.
    :raises StaffReasonMissing, TextUnsafe: as `checked_reason`.
    """
    require(actor, Can.SEE_STAFF)
    reason = checked_reason(reason)
    with transaction.atomic():
        held_colleague(actor, grant_id)
        revoke(actor=actor, grants=[grant_id], reason=reason)


def held_colleague(actor: Actor, grant_id: UUID) -> Grant:
    """The locked grant of somebody of the company that the actor still administers now.

    :raises NoSuchGrant: not there, of another company, ended, or the actor is no longer one.
    """
    found = next((row for row in held_as_administrator(actor) if row.id == grant_id), None)
    if found is None:
        raise NoSuchGrant()
    return found


def held_as_administrator(actor: Actor) -> list[Grant]:
    """The locked grants of the company that the actor administers now, not a moment ago.

    :raises NoSuchGrant: the actor's own role has just ended.
    """
    rows = held_staff(actor.grant.company if actor.grant else "")
    own = next((row for row in rows if actor.grant and row.id == actor.grant.id), None)
    if own is None or own.state != "active":
        raise NoSuchGrant()
    return rows


def held_staff(company: str) -> list[Grant]:
    """The company's live grants, locked in one order and read after the lock of the company."""
    hold_companies({company})
    live = Grant.objects.filter(company=company, state__in=LIVE_GRANT)
    held = hold(live.order_by("id"))
    return [row for row in read_grants(held) if row.state in LIVE_GRANT]
