"""Initial access tokens (RFC 7591 3): with one an application registers itself, a bounded time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from gapura.accounts.queries import free_text_problem
from gapura.audit.services import Subject, record
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems
from gapura.organizations.queries import agencies_by_code
from gapura.sso import events
from gapura.sso.errors import AgencyUnknown, BadInitialToken, NoSuchInitialToken
from gapura.sso.models import InitialToken
from gapura.sso.permissions import Can
from gapura.sso.protocol.encoding import digest_of
from gapura.sso.rules import (
    INITIAL,
    TOKEN_DAYS_MOST,
    TOKEN_NAME_MOST,
    TOKEN_USES_MOST,
    hint_of,
    new_text,
)
from gapura.sso.services.client_states import sound_reason


@dataclass(frozen=True, slots=True)
class NewInitialToken:
    """A new token in clear, the only time that it is seen."""

    id: UUID
    token: str
    expires_at: datetime


def make_initial_token(
    *, actor: Actor, name: str, days: int, most: int = 1, agency: str = "", sandbox: bool = False
) -> NewInitialToken:
    """Make a token with which `most` applications of `agency` register within `days` days.

    :raises Refused: for others than the platform's administrators.
    :raises FieldProblems: no name, a life or number out of bounds, no such agency.
    """
    require(actor, Can.MAKE_INITIAL_TOKEN)
    name, agency = " ".join(name.split()), agency.strip().upper()
    _check(name, days, most, agency)
    token, now = new_text(INITIAL), clock.now()
    with transaction.atomic():
        row = InitialToken.objects.create(
            digest=digest_of(token),
            hint=hint_of(token),
            name=name,
            agency=agency,
            sandbox=sandbox,
            most=most,
            made_at=now,
            made_by=actor.username or actor.system,
            expires_at=now + timedelta(days=days),
        )
        _note_made(actor, row)
    return NewInitialToken(row.id, token, row.expires_at)


def _note_made(actor: Actor, row: InitialToken) -> None:
    facts = {
        "token_hash": bytes(row.digest).hex(),
        "owner": row.agency,
        "sandbox": row.sandbox,
        "most": row.most,
        "expires_at": row.expires_at,
    }
    record(actor, events.INITIAL_TOKEN_MADE, _subject(row), facts=facts, agency=row.agency)


def revoke_initial_token(*, actor: Actor, token: UUID, reason: str) -> None:
    """End one at once; what was registered with it stays.

    :raises Refused: for others than the platform's administrators.
    :raises NoSuchInitialToken: not there, or revoked before.
    :raises BadReason: too short or too long.
    """
    require(actor, Can.REVOKE_INITIAL_TOKEN)
    reason = sound_reason(reason)
    with transaction.atomic():
        rows = InitialToken.objects.filter(pk=token, revoked_at__isnull=True)
        if not rows.update(revoked_at=clock.now(), reason=reason):
            raise NoSuchInitialToken()
        row = InitialToken.objects.get(pk=token)
        facts = {"reason": reason}
        record(actor, events.INITIAL_TOKEN_REVOKED, _subject(row), facts=facts, agency=row.agency)


def known(token: str) -> InitialToken | None:
    """The row of a token that still works; None for any other, which must look the same."""
    row = InitialToken.objects.filter(digest=digest_of(token)).first()
    if row is None or row.revoked_at is not None or row.used >= row.most:
        return None
    return row if clock.now() < row.expires_at else None


def use(actor: Actor, row: InitialToken, client_id: str) -> bool:
    """Count one use, in the caller's transaction; False when others were faster to the last one."""
    require(actor, Can.USE_INITIAL_TOKEN)
    rows = InitialToken.objects.filter(
        pk=row.pk, used__lt=F("most"), revoked_at__isnull=True, expires_at__gt=clock.now()
    )
    if not rows.update(used=F("used") + 1):
        return False
    facts = {"client_id": client_id}
    record(actor, events.INITIAL_TOKEN_USED, _subject(row), facts=facts, agency=row.agency)
    return True


def _subject(row: InitialToken) -> Subject:
    return Subject("initial_token", str(row.id), f"{row.name} ({row.hint}...)")


def _check(name: str, days: int, most: int, agency: str) -> None:
    problems = {}
    bad = BadInitialToken(days=TOKEN_DAYS_MOST, uses=TOKEN_USES_MOST)
    if not 1 <= days <= TOKEN_DAYS_MOST:
        problems["days"] = bad
    if not 1 <= most <= TOKEN_USES_MOST:
        problems["most"] = bad
    if not name or free_text_problem(name, TOKEN_NAME_MOST) is not None:
        problems["name"] = bad
    found = {**problems}
    if agency and not agencies_by_code({agency}):
        raise FieldProblems({**found, "agency": AgencyUnknown(code=agency)})
    if found:
        raise FieldProblems(found)
