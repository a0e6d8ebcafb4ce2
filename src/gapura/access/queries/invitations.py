"""What the link of an invitation offers, and to whom."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from gapura.access.errors import (
    InvitationExpired,
    InvitationForAnother,
    InvitationUsed,
    InvitationVoid,
    InvitationWithdrawn,
    NoSuchInvitation,
)
from gapura.access.models import Invitation
from gapura.access.permissions import Can
from gapura.access.queries.holders import holders
from gapura.access.roles import COMPANY_ADMIN
from gapura.access.states import INVITATION
from gapura.accounts.queries import person_by_id
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.problems import Problem

# secrets.token_urlsafe(32) has 43 characters; anything much longer is not ours.
_LONGEST_TOKEN = 64


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invitation as the invited person reads it before accepting."""

    company: str
    company_name: str
    role: str
    invited_by: str
    expires_at: datetime
    duties: tuple[str, ...]


def invitation_for(actor: Actor, token: str) -> InvitationView:
    """What a link offers, told only to the account of the address that it was mailed to.

    :raises NoSuchInvitation: no such link.
    :raises InvitationForAnother: the account's proven address is another one.
    :raises InvitationUsed, InvitationWithdrawn, InvitationExpired, InvitationVoid: it is over.
    """
    require(actor, Can.ACCEPT)
    row = invitation_at(token)
    if row is None:
        raise NoSuchInvitation()
    if not is_invited(row, address_of(actor)):
        raise InvitationForAnother()
    if (over := invitation_problem(row)) is not None:
        raise over
    return InvitationView(
        row.company_id,
        row.company.name,
        row.role,
        row.invited_by.name,
        row.expires_at,
        tuple(row.duties),
    )


def invitation_at(token: str, *, lock: bool = False) -> Invitation | None:
    """The row of a link, by the hash of its token."""
    if len(token) > _LONGEST_TOKEN:
        return None
    rows = Invitation.objects.select_related("company", "invited_by")
    if lock:
        rows = rows.select_for_update(of=("self",))
    hashed = sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
    return rows.filter(token_hash=hashed).first()


def address_of(actor: Actor) -> str:
    """The actor's proven address, or an empty text."""
    person = person_by_id(actor.who)
    return person.email if person.email_verified_at else ""


def is_invited(row: Invitation, email: str) -> bool:
    """Whether the link was mailed to this proven address."""
    return bool(email) and row.email.lower() == email.lower()


def invitation_problem(row: Invitation) -> Problem | None:
    """Why a link no longer works, if it does not."""
    if row.state == "accepted":
        return InvitationUsed()
    if row.state != INVITATION.start:
        return InvitationWithdrawn()
    if clock.now() >= row.expires_at:
        return InvitationExpired(days=(row.expires_at - row.invited_at).days)
    if row.invited_by_id not in holders(COMPANY_ADMIN, company=row.company_id):
        return InvitationVoid()
    return None
