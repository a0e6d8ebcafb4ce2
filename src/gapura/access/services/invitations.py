"""Invitations to a company: sent, withdrawn, accepted."""

import secrets
from collections.abc import Collection
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Lower

from gapura.access import events
from gapura.access.duties import ALL, DUTY_NAMES
from gapura.access.errors import (
    AlreadyStaff,
    InvitationForAnother,
    NoSuchDuty,
    NoSuchInvitation,
    NotACompanyRole,
)
from gapura.access.locks import hold_companies
from gapura.access.models import Grant, Invitation
from gapura.access.permissions import Can
from gapura.access.queries.invitations import (
    address_of,
    invitation_at,
    invitation_problem,
    is_invited,
)
from gapura.access.queries.numbers import invitation_days
from gapura.access.roles import ROLES, Scope, codes_of
from gapura.access.services.entries import note_staff
from gapura.access.services.staff import checked_duties, give, held_as_administrator
from gapura.access.states import INVITATION, LIVE_GRANT
from gapura.accounts.queries import canonical_email, email_problem, holder_of
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems, Problem
from gapura.notifications.services import Recipient, notify
from gapura.organizations.queries import company as company_view

# A doubled click, or a page sent again by a slow connection.
_CLICK = timedelta(minutes=1)
# Each mails an address that somebody typed: nobody makes a mail cannon of a company.
_MAILS = throttle.Limit("access.invitation", 30, 86400)


def invite_staff(*, actor: Actor, email: str, role: str, duties: Collection[str] = ()) -> UUID:
    """Mail a link that makes its reader the company's administrator or staff. Answers its id.

    It works once, for the days of the rule `invitation_days`, for the account with this address,
    and while the actor administers the company. An earlier one to the same address is
    withdrawn. The same one by the same person within a minute is a doubled click: it stays one
    invitation with one mail. Staff will be able to do what `duties` says there, without any they
    only read.

    :raises Refused: not the company's administrator, or not strongly signed in.
    :raises FieldProblems: `email` (malformed, or somebody of the company), `role` or
        `duties`.
    :raises TooMany: more than 30 a day for the company.
    """
    require(actor, Can.INVITE)
    company = actor.grant.company if actor.grant else ""
    email = canonical_email(email)
    problems: dict[str, Problem | str] = {}
    if role not in codes_of(Scope.COMPANY):
        problems["role"] = NotACompanyRole()
    if not ALL.issuperset(duties):
        problems["duties"] = NoSuchDuty()
    if (wrong := email_problem(email) or _member(email, company)) is not None:
        problems["email"] = wrong
    if problems:
        raise FieldProblems(problems)
    throttle.count(_MAILS, company)
    with transaction.atomic():
        # Two invitations at once wait here: the second finds the first, or takes its place.
        held_as_administrator(actor)
        earlier = _open(company, email)
        wanted = checked_duties(role, duties)
        for row in earlier:
            if _is_the_same_click(actor, row, role, wanted):
                return row.id
        for row in earlier:
            _withdraw(actor, row)
        return _send(actor, company, email, role, wanted)


def _member(email: str, company: str) -> Problem | None:
    holder = holder_of(email)
    if holder is None:
        return None
    live = Grant.objects.filter(person=holder, company=company, state__in=LIVE_GRANT)
    return AlreadyStaff() if live.exists() else None


def _is_the_same_click(actor: Actor, row: Invitation, role: str, duties: list[str]) -> bool:
    same = (row.invited_by_id, row.role, row.duties) == (actor.who, role, duties)
    return same and clock.now() - row.invited_at < _CLICK


def _open(company: str, email: str) -> list[Invitation]:
    rows = Invitation.objects.select_for_update().annotate(key=Lower("email"))
    return list(rows.filter(company=company, state=INVITATION.start, key=email.lower()))


def _send(actor: Actor, company: str, email: str, role: str, duties: list[str]) -> UUID:
    token, now = secrets.token_urlsafe(32), clock.now()
    row = Invitation.objects.create(
        company_id=company,
        email=email,
        role=role,
        duties=duties,
        token_hash=sha256(token.encode()).hexdigest(),
        invited_by_id=actor.who,
        invited_at=now,
        expires_at=now + timedelta(days=invitation_days()),
    )
    note_staff(actor, events.INVITED, row, role=role, duties=",".join(duties))
    _mail(actor, row, token)
    return row.id


def _mail(actor: Actor, row: Invitation, token: str) -> None:
    context = {
        "inviter": actor.name,
        "company": company_view(row.company_id).name,
        "role": ROLES[row.role].name,
        "duties": [DUTY_NAMES[code] for code in row.duties],
        "days": (row.expires_at - row.invited_at).days,
    }
    notify(
        Recipient(None, "", row.email, actor.language),
        "access/mail/invited.txt",
        context,
        bell=False,
        link=f"/company/invitations/{token}",
        expires_at=row.expires_at,
    )


def withdraw_invitation(*, actor: Actor, invitation_id: UUID) -> None:
    """Take an invitation back; its link no longer works.

    :raises NoSuchInvitation: not there, or another company's.
    :raises Refused: not strongly signed in.
    :raises NoSuchMove: accepted or withdrawn already.
    """
    require(actor, Can.SEE_STAFF)
    company = actor.grant.company if actor.grant else ""
    with transaction.atomic():
        rows = Invitation.objects.select_for_update()
        row = rows.filter(pk=invitation_id, company=company).first()
        if row is None:
            raise NoSuchInvitation()
        require(actor, Can.WITHDRAW_INVITATION, row)
        _withdraw(actor, row)


def _withdraw(actor: Actor, row: Invitation) -> None:
    step = move(INVITATION, row, "withdraw", ended_at=clock.now())
    note_staff(actor, events.INVITATION_WITHDRAWN, row, step, role=row.role)


def _held_at(actor: Actor, token: str) -> Invitation:
    """The actor's invitation, locked after its company: the order in which inviting locks them."""
    seen = invitation_at(token)
    if seen is None:
        raise NoSuchInvitation()
    if not is_invited(seen, address_of(actor)):
        raise InvitationForAnother()
    # Whoever takes the company over at this moment ends what its old administrator sent.
    hold_companies({seen.company_id})
    row = invitation_at(token, lock=True)
    if row is None:
        raise NoSuchInvitation()
    return row


def accept_invitation(*, actor: Actor, token: str) -> UUID:
    """The invited person takes the role; answers the grant, which waits for a second factor.

    :raises NoSuchInvitation: no such link.
    :raises InvitationForAnother: the account's proven address is another one.
    :raises InvitationUsed, InvitationWithdrawn, InvitationExpired, InvitationVoid: it is over.
    :raises AlreadyStaff: the person has a role in the company.
    """
    require(actor, Can.ACCEPT)
    with transaction.atomic():
        row = _held_at(actor, token)
        over = invitation_problem(row)
        if over is not None:
            raise over
        grant = give(actor, actor.who, row.role, row.company_id, "company_joined", row.duties)
        changes = {"accepted_by_id": actor.who, "grant_id": grant.id, "ended_at": clock.now()}
        step = move(INVITATION, row, "accept", **changes)
        note_staff(actor, events.INVITATION_ACCEPTED, row, step, role=row.role, grant=str(grant.id))
        return grant.id
