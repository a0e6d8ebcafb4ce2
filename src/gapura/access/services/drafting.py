"""What all verbs on a draft share: finding it, writing it, naming its open twin."""

from uuid import UUID

from django.db import IntegrityError, transaction

from gapura.access.errors import AlreadyOpen, DraftChanged
from gapura.access.forms import BEYOND_YEAR
from gapura.access.models import AccessRequest
from gapura.access.permissions import Can
from gapura.access.queries.drafts import draft_version
from gapura.access.queries.requests import visible_request
from gapura.access.roles import ROLES, Level
from gapura.access.states import OPEN_REQUEST
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import require

EDITABLE = ("draft", "needs_correction")


def open_draft(actor: Actor, request_id: UUID, seen: str = "") -> AccessRequest:
    """The locked row of an own request that can still be changed.

    :raises NoSuchRequest, Refused: not there, or not the actor's to apply for.
    :raises NoSuchMove: it was sent in meanwhile.
    :raises DraftChanged: `seen` is not what is saved.
    """
    row = visible_request(actor, request_id, lock=True)
    require(actor, Can.DRAFT, row)
    if row.state not in EDITABLE:
        raise NoSuchMove()
    if seen and seen != draft_version(row):
        raise DraftChanged()
    return row


def set_level(row: AccessRequest) -> None:
    """Where it will wait: companies have no verifier of their own, so the platform decides."""
    if row.escalated_at is not None:
        return
    if row.company_id:
        row.level = Level.PLATFORM
    elif row.role in ROLES:
        row.level = ROLES[row.role].level


def is_registered(row: AccessRequest) -> bool:
    """The draft rests on a letter of the register and not on an own copy."""
    return row.letter is not None and bool(row.letter.state)


def forget_letter(row: AccessRequest) -> None:
    """Take a letter of the register off the draft; an own copy begins anew."""
    row.letter, row.letter_draft, row.document = None, None, None


def set_beyond_year(row: AccessRequest, names_it: bool | None) -> None:
    """Whether the letter itself names a last day after the budget year; None leaves it."""
    if names_it is not None:
        row.details = {k: v for k, v in row.details.items() if k != BEYOND_YEAR}
        row.details |= {BEYOND_YEAR: "yes"} if names_it else {}


def save_row(row: AccessRequest) -> None:
    """Write the draft.

    :raises AlreadyOpen: there is another open request for the same role and place.
    """
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        other = AccessRequest.objects.filter(
            person=row.person_id,
            role=row.role,
            agency=row.agency_id,
            unit=row.unit_id,
            company=row.company_id,
            state__in=OPEN_REQUEST,
        ).exclude(pk=row.pk)
        found = other.values_list("id", flat=True).first()
        if found is None:
            raise
        raise AlreadyOpen(found) from error
