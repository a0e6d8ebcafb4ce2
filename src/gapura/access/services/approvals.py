"""Approving a request: the identity is verified, and a grant waits for its activation."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.access import events
from gapura.access.errors import AlreadyHeld, IdentityOpen
from gapura.access.kinds import may_be_delegated
from gapura.access.models import AccessRequest, AccessRule, Grant
from gapura.access.permissions import Can
from gapura.access.reasons import ALL_CHECKS, IDENTITY_DOCUMENT
from gapura.access.services.appointment_grants import grant_waiting
from gapura.access.services.conflicts import refuse_conflicts
from gapura.access.services.decisions import open_for, settle
from gapura.access.services.details import (
    apply_details,
    days_asked,
    grant_agency,
    grant_values,
)
from gapura.access.services.entries import facts_of, given_by, note
from gapura.access.services.moving import tell_former_agency
from gapura.access.services.notices import tell
from gapura.accounts.services import verify_identity
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor


def approve_request(*, actor: Actor, request_id: UUID, checked: Sequence[str] = ()) -> UUID:
    """Approve; answers the id of the new grant, which waits for its activation.

    An identity that is not verified yet is verified by this. The grant is valid from today, or
    from the letter's first day when that is later, to the letter's last day. `checked` are the
    names of reasons.ALL_CHECKS that the verifier confirmed; they are recorded. Where the identity
    is verified by this and the registry has not confirmed it, `identity_document` must be there.

    :raises NoSuchRequest, Refused, AlreadyDecided, ClaimedByAnother: see above.
    :raises DocumentNotCompared: neither registry nor document proves the identity.
    :raises IdentityTaken: another verified account has the same NIK or NIP.
    :raises IdentityOpen: a correction of the identity was asked for and is not sent in yet.
    :raises LetterEnded: no day is left, or the letter was revoked.
    :raises AlreadyHeld: a live grant covers some of the same days.
    :raises RolesConflict: the law forbids it beside another role of the applicant.
    :raises StandingNotAllowed, StandingTooLong, PrincipalMissing: nobody may stand in like this.
    """
    with transaction.atomic():
        row = open_for(actor, Can.APPROVE, request_id)
        valid = days_asked(row)
        verified = _verify(actor, row, document_compared=IDENTITY_DOCUMENT in checked)
        step = settle(actor, row, "approve")
        warned = _refuse_conflicts(actor, row, valid)
        grant = _grant(row, valid)
        apply_details(actor, row, grant)
        facts = facts_of(row) | given_by(grant)
        facts |= {"grant": str(grant.id), "checked": _known_checks(checked)}
        if warned:
            facts["conflicts"] = warned
        event = note(actor, events.APPROVED, row, step, **facts)
        days = AccessRule.value_at("activation_days", clock.today())
        tell(row.person, "request_approved", row, event=event, days=days)
        tell_former_agency(row)
        if verified:
            grant_waiting(actor=system_actor("letters"), person_id=row.person_id)
        return grant.id


def _verify(actor: Actor, row: AccessRequest, *, document_compared: bool) -> bool:
    """Verify the identity behind the request; false where that was done before."""
    if row.person.state == "verified":
        return False
    if row.person.state not in ("identity_pending", "needs_reverification"):
        raise IdentityOpen()
    verify_identity(
        actor=actor,
        person_id=row.person_id,
        agency=row.agency_id or "",
        path=row.unit.path if row.unit else "",
        document_compared=document_compared,
    )
    return True


def _known_checks(checked: Sequence[str]) -> list[str]:
    return [name for name in ALL_CHECKS if name in checked]


def _refuse_conflicts(actor: Actor, row: AccessRequest, valid: DateRange) -> list[str]:
    """Codes of the rules that only warn, for the record."""
    found = refuse_conflicts(
        actor,
        row.person_id,
        row.role,
        agency=grant_agency(row),
        unit=row.unit_id,
        company=row.company_id,
        valid=valid,
        standing=row.standing,
        principal=row.principal_id,
        leaving=row.leaves_id,
    )
    return sorted({warning.code for warning in found})


def _grant(row: AccessRequest, valid: DateRange) -> Grant:
    now = clock.now()
    try:
        with transaction.atomic():
            return Grant.objects.create(
                **grant_values(row),
                delegable=may_be_delegated(row.role, row.standing),
                approved_by_id=row.decided_by_id,
                request=row,
                valid=valid,
                approved_at=now,
                recorded_at=now,
            )
    except IntegrityError as error:
        if "no_overlapping_grants" not in str(error):
            raise
        raise AlreadyHeld() from error
