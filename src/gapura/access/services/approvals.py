"""Approving a request: the identity is verified, and a grant waits for its activation."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.access import events
from gapura.access.errors import AlreadyHeld, IdentityOpen, LetterEnded
from gapura.access.models import AccessRequest, AccessRule, Grant
from gapura.access.permissions import Can
from gapura.access.queries.places import place_of
from gapura.access.reasons import ALL_CHECKS, IDENTITY_DOCUMENT
from gapura.access.services.decisions import open_for, settle
from gapura.access.services.entries import facts_of, note
from gapura.access.services.notices import tell
from gapura.access.services.submission import grant_agency
from gapura.accounts.services import verify_identity
from gapura.kernel import clock
from gapura.kernel.actor import Actor


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
    """
    with transaction.atomic():
        row = open_for(actor, Can.APPROVE, request_id)
        valid = _validity(row)
        _verify(actor, row, document_compared=IDENTITY_DOCUMENT in checked)
        step = settle(actor, row, "approve")
        grant = _grant(row, valid)
        facts = facts_of(row) | {"grant": str(grant.id), "checked": _known_checks(checked)}
        note(actor, events.APPROVED, row, step, **facts)
        days = AccessRule.value_at("activation_days", clock.today())
        tell(row.person, "request_approved", row, days=days)
        return grant.id


def _verify(actor: Actor, row: AccessRequest, *, document_compared: bool) -> None:
    """The identity behind the request, where it still waits for it."""
    if row.person.state == "verified":
        return
    if row.person.state not in ("identity_pending", "needs_reverification"):
        raise IdentityOpen()
    verify_identity(
        actor=actor,
        person_id=row.person_id,
        agency=row.agency_id or "",
        document_compared=document_compared,
    )


def _known_checks(checked: Sequence[str]) -> list[str]:
    return [name for name in ALL_CHECKS if name in checked]


def _validity(row: AccessRequest) -> DateRange:
    letter = row.letter
    today = clock.today(place_of(row).zone)
    if letter is None or letter.revoked_at is not None or letter.valid.upper <= today:
        raise LetterEnded()
    return DateRange(max(today, letter.valid.lower), letter.valid.upper)


def _grant(row: AccessRequest, valid: DateRange) -> Grant:
    now = clock.now()
    try:
        with transaction.atomic():
            return Grant.objects.create(
                person_id=row.person_id,
                role=row.role,
                agency_id=grant_agency(row),
                unit_id=row.unit_id,
                letter_id=row.letter_id,
                request=row,
                valid=valid,
                approved_at=now,
                recorded_at=now,
            )
    except IntegrityError as error:
        if "no_overlapping_grants" not in str(error):
            raise
        raise AlreadyHeld() from error
