"""A factor once more for somebody who is signed in: for strength, or as a fresh proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gapura.authentication import events
from gapura.authentication.errors import MethodNotOffered
from gapura.authentication.models import Session
from gapura.authentication.permissions import Can
from gapura.authentication.rules import ACR_OF, Flow, Method, Step
from gapura.authentication.services.proof import ask, methods_of, person_of, prove
from gapura.authentication.services.sessions import (
    SignIn,
    locked,
    note,
    own_session,
    rotate,
    signed_in_as,
)
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

if TYPE_CHECKING:
    from gapura.accounts.models import Person


def start_step_up(*, actor: Actor) -> SignIn:
    """Ask a signed-in person for a factor that is no weaker than the present sign-in.

    :raises MethodNotOffered: nothing of that strength is left; sign in again.
    :raises TooMany: too many mails.
    """
    require(actor, Can.STEP_UP)
    with transaction.atomic():
        row = own_session(actor)
        # An app's code is enough after a sign-in by passkey too: the session stays what it was.
        least = min(row.acr, ACR_OF[Method.TOTP])
        methods = tuple(method for method in methods_of(actor.who) if ACR_OF[method] >= least)
        if not methods:
            raise MethodNotOffered()
        return ask(actor, row, Flow(Step.STEP_UP, clock.now(), methods[0], methods))


def finish_step_up(*, actor: Actor, code: str) -> SignIn:
    """Check the code; the session gets a new token, the factor's strength and a fresh proof.

    :raises FlowOver: nothing is waiting, or it took too long.
    :raises Problem: what is wrong with the code, as in `finish_sign_in`.
    :raises TooMany: after too many wrong codes.
    """
    require(actor, Can.STEP_UP)
    with transaction.atomic(durable=True):
        row, flow = locked(actor, Step.STEP_UP)
        person = person_of(row)
        problem = prove(actor, row, flow, person, code)
        if problem is None:
            return strengthen(actor, row, person, flow.method or Method.EMAIL_CODE)
    raise problem


def strengthen(actor: Actor, row: Session, person: Person, method: Method) -> SignIn:
    """Raise a signed-in session by a factor that was just proved."""
    acr = max(row.acr, ACR_OF[method])
    methods = list(dict.fromkeys([*row.methods.split(), method.value]))
    token = rotate(row, acr=acr, methods=" ".join(methods), proved_at=clock.now(), flow=None)
    note(
        signed_in_as(actor, person, row),
        events.STRENGTHENED,
        person,
        acr=acr,
        methods=methods,
    )
    return SignIn(token, row.id, Step.DONE, acr=acr)
