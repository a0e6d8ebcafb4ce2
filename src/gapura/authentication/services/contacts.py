"""Another e-mail address: asked for after a fresh proof, confirmed by a code sent to it."""

from django.db import transaction

from gapura.accounts.services import begin_email_change as begin_in_accounts
from gapura.accounts.services import finish_email_change as finish_in_accounts
from gapura.authentication.errors import FlowOver
from gapura.authentication.permissions import Can
from gapura.authentication.queries import factors_of
from gapura.authentication.rules import Flow, Method, Step
from gapura.authentication.services.proof import ask, person_of, prove
from gapura.authentication.services.recovery_ends import stop_for_new_address
from gapura.authentication.services.sessions import SignIn, locked, own_session, rotate
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require


def begin_email_change(*, actor: Actor, email: str) -> SignIn:
    """Write down the new address and send a code to it. An address in use gets the same answer.

    :raises Refused: without a fresh proof, or not by the app or passkey that the person has.
    :raises Problem: what is wrong with the address, from the accounts room.
    :raises TooMany: too many mails.
    """
    require(actor, Can.CHANGE_EMAIL, factors_of(actor))
    with transaction.atomic():
        begin_in_accounts(actor=actor, email=email)
        row = own_session(actor)
        flow = Flow(Step.CHANGE_EMAIL, clock.now(), Method.EMAIL_CODE, (Method.EMAIL_CODE,))
        return ask(actor, row, flow)


def finish_email_change(*, actor: Actor, code: str) -> SignIn:
    """Check the code; the account has the new address from now on and the old one is told.

    :raises FlowOver: nothing is waiting, or it took too long.
    :raises Problem: what is wrong with the code.
    :raises TooMany: after too many wrong codes.
    """
    require(actor, Can.CHANGE_EMAIL, factors_of(actor))
    with transaction.atomic(durable=True):
        row, flow = locked(actor, Step.CHANGE_EMAIL)
        if row.person_id != actor.person:
            raise FlowOver()
        person = person_of(row)
        problem = prove(actor, row, flow, person, code)
        if problem is None:
            finish_in_accounts(actor=actor)
            stop_for_new_address(actor, actor.who)
            token = rotate(row, flow=None)
            return SignIn(token, row.id, Step.DONE, acr=row.acr)
    raise problem
