"""Signing in with nothing but a passkey: the authenticator names the account."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from gapura.accounts.queries import Brief, person_by_id
from gapura.audit.events import Result
from gapura.audit.services import Subject, record
from gapura.authentication import events
from gapura.authentication.errors import FlowOver, PasskeyOver, WrongPasskey
from gapura.authentication.methods import ceremony, passkey, relying_party
from gapura.authentication.models import Passkey
from gapura.authentication.permissions import Can
from gapura.authentication.queries.arriving import standing_of
from gapura.authentication.rules import (
    ACR_OF,
    FLOW_LIFE,
    PASSKEY_FAILURES,
    Flow,
    Method,
    Step,
    address_key,
)
from gapura.authentication.services.entering import enter
from gapura.authentication.services.locks import one_at_a_time
from gapura.authentication.services.passkey_proof import count_challenge, proved_by
from gapura.authentication.services.sessions import (
    SignIn,
    note,
    open_flow,
    this_browser,
)
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.problems import Problem
from gapura.kernel.throttle import TooMany

# A nameless session that was lent for a challenge lasts as long as any flow.
LENT_FOR: timedelta = FLOW_LIFE


def ask_passkey(*, actor: Actor) -> tuple[dict[str, Any], str]:
    """Options for a sign-in without a name, and the token of the session they are bound to.

    The token is empty where this browser has a session already: a sign-in that stands at its
    second step in another window goes on.

    :raises FlowOver: somebody is signed in.
    :raises TooMany: too many from this address.
    """
    require(actor, Can.SIGN_IN)
    if actor.signed_in:
        raise FlowOver()
    count_challenge(actor)
    with transaction.atomic():
        row, token = this_browser(actor).select_for_update().first(), ""
        if row is None or row.acr > 0:
            flow = Flow(Step.PASSKEY, clock.now(), Method.PASSKEY, (Method.PASSKEY,))
            token, row = open_flow(actor, None, flow)
        return relying_party.request_options(passkey.new_challenge(row.id, "sign_in")), token


def sign_in_with_passkey(*, actor: Actor, answer: str) -> SignIn:
    """Sign in as the person whose passkey answers. Unknown passkeys are refused like wrong ones.

    Whose account is locked or suspended is turned away, as after the right password and code.

    :raises PasskeyOver: the challenge is used, over, or of another browser.
    :raises WrongPasskey: everything else.
    :raises TooMany: after too many failures from this address.
    """
    require(actor, Can.SIGN_IN)
    throttle.check(PASSKEY_FAILURES, address_key(actor.ip))
    with transaction.atomic(durable=True):
        row = this_browser(actor).filter(acr=0).select_for_update().first()
        found = proved_by(actor, row.id, answer, "sign_in") if row else PasskeyOver()
        if row is not None and isinstance(found, Passkey):
            person = person_by_id(found.person_id)
            if row.person_id != person.id:
                # What this browser was in the middle of may have been another person's.
                row.device_id = None
            one_at_a_time(person.id)
            standing = standing_of(person.id, actor, row.id)
            about = Brief.of(person)
            return enter(actor, row, about, standing, "passkey", acr=ACR_OF[Method.PASSKEY])
        problem = found if isinstance(found, Problem) else WrongPasskey()
        _refused(actor, problem, answer)
    raise problem


def _refused(actor: Actor, problem: Problem, text: str) -> None:
    """Count and record; the owner reads of it where the passkey is somebody's."""
    with suppress(TooMany):
        throttle.count(PASSKEY_FAILURES, address_key(actor.ip))
    owner = _owner(text)
    if owner is not None:
        facts = {"reason": type(problem).__name__, "step": Step.PASSKEY.value}
        note(actor, events.SIGN_IN_FAILED, person_by_id(owner), done=False, **facts)
        return
    mark = Step.PASSKEY.value
    subject = Subject("name", mark)
    record(actor, events.SIGN_IN_UNKNOWN, subject, facts={"typed": mark}, result=Result.REFUSED)


def _owner(text: str) -> UUID | None:
    try:
        row = passkey.by_credential(ceremony.read(text, "webauthn.get").credential_id)
    except ceremony.NotAccepted:
        return None
    return row.person_id if row else None
