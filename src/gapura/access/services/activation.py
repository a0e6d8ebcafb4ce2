"""The person confirms an approved grant; from that moment it works."""

from uuid import UUID

from django.db import transaction

from gapura.access import events
from gapura.access.errors import ActivationTooLate, NoSuchGrant
from gapura.access.models import AccessRule
from gapura.access.permissions import Can
from gapura.access.rules import activation_ends
from gapura.access.services.conflicts import refuse_conflicts_of
from gapura.access.services.entries import facts_of, note
from gapura.access.services.grants import locked
from gapura.access.services.moving import leave_behind
from gapura.access.services.notices import tell
from gapura.access.states import GRANT
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import require


def activate_grant(*, actor: Actor, grant_id: UUID) -> None:
    """The person confirms an approved grant, signed in with a second factor; then it works.

    :raises NoSuchGrant: not there, or not the actor's.
    :raises Refused: the sign-in is too weak, or the account is not in use.
    :raises ActivationTooLate: rule `activation_days` is over, whether or not it was tidied up.
    :raises RolesConflict: the law has come to forbid it beside another role of the person.
    :raises StandingNotAllowed, StandingTooLong, PrincipalMissing: standing in has become void.
    :raises NoSuchMove: it is active already, or has ended.
    """
    with transaction.atomic():
        rows = locked([grant_id])
        if not rows or rows[0].person_id != actor.person:
            raise NoSuchGrant()
        grant = rows[0]
        require(actor, Can.ACTIVATE, grant)
        now = clock.now()
        days = AccessRule.value_at("activation_days", clock.today())
        if grant.state == "approved" and now >= activation_ends(grant.approved_at, days):
            raise ActivationTooLate(days=days)
        if GRANT.step(grant.state, "activate"):
            leave_behind(actor, grant)
            refuse_conflicts_of(actor, grant)
        step = move(GRANT, grant, "activate", activated_at=now)
        event = note(actor, events.ACTIVATED, grant, step, **facts_of(grant))
        tell(grant.person, "grant_activated", grant, event=event)
