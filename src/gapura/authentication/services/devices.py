"""What people do with their sessions: sign out here or everywhere, end one, change the role."""

from uuid import UUID

from django.db import transaction

from gapura.accounts.queries import person_by_id
from gapura.authentication import events
from gapura.authentication.endings import sessions_ended
from gapura.authentication.errors import NoSuchGrant, NoSuchSession
from gapura.authentication.models import Session
from gapura.authentication.permissions import Can
from gapura.authentication.rules import Step
from gapura.authentication.services.sessions import (
    SignIn,
    end_all,
    note,
    own_session,
    rotate,
    this_browser,
)
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require


def sign_out(*, actor: Actor) -> None:
    """End the present session. Nothing happens for somebody who is not signed in."""
    with transaction.atomic():
        if (
            this_browser(actor).update(ended_at=clock.now(), end_reason="signed_out")
            and actor.signed_in
        ):
            require(actor, Can.END_SESSION)
            note(actor, events.SIGNED_OUT, person_by_id(actor.who))
            sessions_ended(actor.who)


def sign_out_everywhere(*, actor: Actor) -> int:
    """End all of the actor's sessions, this one too; answers how many."""
    require(actor, Can.END_SESSION)
    with transaction.atomic():
        ended = end_all(actor.who, "signed_out_everywhere")
        note(actor, events.SIGNED_OUT_EVERYWHERE, person_by_id(actor.who), sessions=ended)
    return ended


def end_other_sessions(*, actor: Actor) -> int:
    """End all of the actor's sessions except this one; answers how many."""
    require(actor, Can.END_SESSION)
    with transaction.atomic():
        ended = end_all(actor.who, "ended_by_owner", but=actor.session)
        person = person_by_id(actor.who)
        note(actor, events.SESSION_ENDED, person, sessions=ended, reason="ended_by_owner")
    return ended


def end_session(*, actor: Actor, session: UUID) -> None:
    """End one of the actor's own sessions.

    :raises NoSuchSession: ended before, or another person's.
    """
    require(actor, Can.END_SESSION)
    with transaction.atomic():
        rows = Session.objects.filter(pk=session, person=actor.who, ended_at__isnull=True)
        if not rows.update(ended_at=clock.now(), end_reason="ended_by_owner"):
            raise NoSuchSession()
        person = person_by_id(actor.who)
        note(actor, events.SESSION_ENDED, person, sessions=1, reason="ended_by_owner")
        sessions_ended(actor.who)


def switch_grant(*, actor: Actor, grant: UUID) -> SignIn:
    """Act under another of the person's grants. Rights change, so the token does.

    :raises NoSuchGrant: not one of the actor's working grants.
    :raises Refused: for a role that needs a stronger sign-in.
    """
    chosen = next((one for one in actor.grants if one.id == grant), None)
    if chosen is None:
        raise NoSuchGrant()
    require(actor, Can.SWITCH_GRANT, chosen)
    with transaction.atomic():
        row = own_session(actor)
        token = rotate(row, grant=chosen.id)
        note(
            actor.as_grant(chosen),
            events.GRANT_SWITCHED,
            person_by_id(actor.who),
            role=chosen.role,
            unit=chosen.unit,
        )
    return SignIn(token, row.id, Step.DONE, acr=row.acr)
