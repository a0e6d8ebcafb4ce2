"""Sends codes by e-mail, or does the same work where there is nobody to send to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from gapura.accounts.queries import is_decoy, pending_recipient, recipient
from gapura.authentication.methods import email_code
from gapura.authentication.methods.email_code import Issued
from gapura.authentication.models import Session
from gapura.authentication.queries.recoveries import coming_back
from gapura.authentication.rules import CODE_LIFE, Purpose
from gapura.kernel import clock
from gapura.notifications.services import Recipient, notify

if TYPE_CHECKING:
    from gapura.accounts.models import Person

# Purposes whose address belongs to somebody else when the person is a decoy.
_UNPROVEN = frozenset({Purpose.CONFIRM_EMAIL, Purpose.CHANGE_EMAIL})
_NOBODY = Recipient(None, "Nama Lengkap", "nobody@example.invalid")
_NO_ID = UUID(int=0)


def address_of(person: Person | None, purpose: Purpose, *, back: bool = False) -> str:
    """Where a code for this purpose goes; part of what the code is bound to. As much for nobody.

    `back` is the end of a way back, where a new address may take the place of a lost one.
    """
    if person is None:
        _look_for_nobody(back)
        return ""
    return _to(person, purpose, back).email


def _to(person: Person, purpose: Purpose, back: bool) -> Recipient:
    """Coming back with a lost mailbox means the new address that two people stand for.

    Whoever asks for a way back proves the account's own address: until a way back is used, the one
    that somebody else may have named proves nothing.
    """
    if purpose is Purpose.CHANGE_EMAIL:
        return pending_recipient(person)
    found = coming_back(person.id) if back else None
    if found is not None and found.new_email:
        return replace(recipient(person), email=found.new_email)
    return recipient(person)


def send(row: Session, purpose: Purpose, person: Person, *, back: bool = False) -> None:
    """Mail a new code to the person; the one before for this session and purpose is replaced."""
    decoy = purpose in _UNPROVEN and is_decoy(person.id)
    to = _to(person, purpose, back)
    issued = email_code.issue(row.id, purpose, person.id, to.email, fits_nothing=decoy)
    if decoy:
        _mail(replace(_NOBODY, language=to.language), purpose, issued, until=clock.now())
        return
    _mail(to, purpose, issued, until=issued.expires_at)


def pretend(row: Session, purpose: Purpose, *, back: bool = False) -> None:
    """The work of `send` for nobody: a code that fits nothing and a mail that is never sent."""
    _look_for_nobody(back)
    issued = email_code.issue(row.id, purpose, None, "", fits_nothing=True)
    _mail(_NOBODY, purpose, issued, until=clock.now())


def _look_for_nobody(back: bool) -> None:
    """What `_to` asks the database for somebody."""
    if back:
        coming_back(_NO_ID)


def _mail(to: Recipient, purpose: Purpose, issued: Issued, *, until: datetime) -> None:
    """A mail for nobody is written like any other, and over before anyone could send it.

    Taking it back instead told strangers apart: after a rollback, also one to a savepoint, psycopg
    forgets all prepared statements of the line, and planning them anew takes milliseconds.
    """
    notify(
        to,
        f"authentication/mail/{purpose.value}_code.txt",
        {"code": issued.code, "minutes": int(CODE_LIFE.total_seconds() // 60)},
        bell=False,
        expires_at=until,
    )
