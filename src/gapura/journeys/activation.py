"""Activation: an approved access begins to work, and the person goes on as its holder."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction

from gapura.access import services as access
from gapura.access.queries import active_grants
from gapura.authentication import services as authentication
from gapura.authentication.services import SignIn
from gapura.kernel import clock
from gapura.kernel.actor import Actor


def activate_grant(*, actor: Actor, grant_id: UUID) -> SignIn | None:
    """Activate an own approved grant under a second factor (acr 2 or more), then act under it.

    Answers the session's new token, or None when the grant does not work yet: its first day may lie
    ahead.

    :raises NoSuchGrant: not there, or not the actor's.
    :raises Refused: the sign-in is too weak; the page leads to the step-up, where somebody without
        an authenticator app enrolls one first.
    :raises ActivationTooLate: the days to confirm are over.
    :raises NoSuchMove: it is active already, or has ended.
    """
    with transaction.atomic():
        access.activate_grant(actor=actor, grant_id=grant_id)
        working = active_grants(actor.who, clock.now())
        if all(grant.id != grant_id for grant in working):
            return None
        return authentication.switch_grant(actor=replace(actor, grants=working), grant=grant_id)
