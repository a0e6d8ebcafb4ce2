"""A supplier's identity: no agency vouches for a citizen, so the civil registry's word counts."""

from dataclasses import replace

from django.db import transaction

from gapura.accounts import services as accounts
from gapura.accounts.errors import IdentityTaken, NikDate
from gapura.accounts.queries import person_by_id
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.throttle import TooMany

_VERIFIED = "verified"
# From the first the data is handed in; in the other it is waiting to be checked already. Whoever
# has to prove the identity anew is not among them: the account may have been taken over, and the
# registry knows the number, not who is sitting at the keyboard.
_TO_HAND_IN = "contact_verified"
_OPEN = frozenset({_TO_HAND_IN, "identity_pending"})


def prove_identity(*, actor: Actor) -> Actor:
    """Verify a citizen whom the civil registry confirms; answers the actor as they then stand.

    Asks the registry when it was not asked yet, so call it outside any transaction. Officers are
    left to their agency's verifier, accounts to be verified anew to a human being, and whoever has
    to correct something to themselves. A silent registry, or one that says no, changes nothing.
    """
    if actor.state == _VERIFIED:
        return actor
    person = person_by_id(actor.who)
    if person.kind != "citizen" or person.state not in _OPEN or person.must_be_seen:
        return replace(actor, state=person.state)
    try:
        confirmed = accounts.check_identity(actor=actor, person=person.id).confirmed
    except (TooMany, NikDate):
        confirmed = False
    return _verified(actor, person.state) if confirmed else replace(actor, state=person.state)


def _verified(actor: Actor, state: str) -> Actor:
    try:
        with transaction.atomic():
            if state == _TO_HAND_IN:
                accounts.submit_identity(actor=actor, person_id=actor.who)
            accounts.verify_identity(actor=system_actor("registry"), person_id=actor.who)
    except IdentityTaken:
        return replace(actor, state=state)
    return replace(actor, state=_VERIFIED)
