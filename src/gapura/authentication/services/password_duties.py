"""New passwords that are demanded, and reminders that are put off."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from gapura.accounts.queries import person_by_id
from gapura.authentication import events
from gapura.authentication.errors import NoPassword, NothingToReplace
from gapura.authentication.methods import password as passwords
from gapura.authentication.models import Suspicion
from gapura.authentication.permissions import Can
from gapura.authentication.queries.passwords import must_change
from gapura.authentication.rules import MUST_CHANGE, Step
from gapura.authentication.services.notices import tell_all_channels
from gapura.authentication.services.passwords import history_of, prepare_new, tell_changed
from gapura.authentication.services.sessions import (
    SECURITY_PAGE,
    SignIn,
    end_all,
    note,
    own_session,
    rotate,
)
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

_MAIL = "authentication/mail/password_demanded.txt"


def require_change(*, actor: Actor, person: UUID, why: str, ground: Suspicion | None = None) -> int:
    """Demand a new password: all sessions end, and the next one does nothing else first.

    Nobody is locked out: password and second factor still open the way to that page. The owner is
    told. Answers how many sessions ended. A demand that stands already is not made again. On the
    `ground` of a suspicion the second administrator of it may demand one, too.

    :raises NoPassword: the account has none, or is not there.
    :raises ValueError: `why` is no code of `MUST_CHANGE`.
    """
    if why not in MUST_CHANGE:
        raise ValueError(f"{why!r} is no reason to demand a new password")
    about = ground if ground is not None and ground.person_id == person else None
    require(actor, Can.REQUIRE_PASSWORD, about)
    if not passwords.exists(person):
        raise NoPassword()
    with transaction.atomic():
        if not passwords.demand(person, why):
            return 0
        ended = end_all(person, "password_demanded")
        note(actor, events.PASSWORD_DEMANDED, person_by_id(person), why=why, sessions_ended=ended)
        facts = {"at": clock.now(), "why": why}
        tell_all_channels(person, _MAIL, facts, link=SECURITY_PAGE)
    return ended


def replace_password(*, actor: Actor, new: str) -> SignIn:
    """Choose the new password that is demanded; it opens everything else again.

    Other sessions end, this one gets a new token, the person is told. Not inside a transaction.

    :raises NothingToReplace: none is demanded any more.
    :raises Refused: the proof in this session is older than 20 minutes.
    :raises WeakPassword: with every problem.
    :raises HashingBusy: when too many wait.
    """
    why = must_change(actor)
    if not why:
        raise NothingToReplace()
    require(actor, Can.REPLACE_PASSWORD)
    person = person_by_id(actor.who)
    prepared = prepare_new(person, new)
    with transaction.atomic():
        row = own_session(actor)
        found = passwords.standing(person.id)
        if found is None or not found[1]:
            raise NothingToReplace()
        passwords.replace(person.id, prepared.hashed, history=history_of(person.id))
        ended = end_all(person.id, "password_changed", but=row.id)
        token = rotate(row, proved_at=row.proved_at)
        note(actor, events.PASSWORD_REPLACED, person, why=why, sessions_ended=ended)
        tell_changed(person, row.id)
    return SignIn(token, row.id, Step.DONE, acr=row.acr)


def postpone_change(*, actor: Actor) -> None:
    """The answer "later" to the reminder: it comes again after the days that the rule names."""
    require(actor, Can.POSTPONE_PASSWORD)
    with transaction.atomic():
        chosen = passwords.postpone(actor.who)
        if chosen is not None:
            days = (clock.now() - chosen).days
            note(actor, events.PASSWORD_PUT_OFF, person_by_id(actor.who), age_days=days)
