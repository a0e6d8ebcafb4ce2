"""Officers whom a checked letter names: verified without asking them for anything more."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db import transaction

from gapura.accounts import events
from gapura.accounts.errors import IdentityTaken
from gapura.accounts.models import Person
from gapura.accounts.permissions import Can
from gapura.accounts.queries import IdentityCheck, registry_proof
from gapura.accounts.services.case_ends import overtake_case
from gapura.accounts.services.identity import record_move, vouch
from gapura.accounts.services.rows import locked
from gapura.accounts.states import CONTACT_VERIFIED, IDENTITY_PENDING, PROFILE
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import require

_OPEN = (CONTACT_VERIFIED, IDENTITY_PENDING)
_CITIZEN = "citizen"


@dataclass(frozen=True, slots=True)
class Named:
    """What a letter says of an officer: the key of the NIK, the name, and where to write to."""

    key: bytes
    name: str
    email: str
    agency: str


def verify_named(
    *, actor: Actor, named: Collection[Named], same_name: Callable[[str, str], bool]
) -> int:
    """Verify those whose account the letter, the civil registry and the mailbox agree on.

    A number and a name alone are no secret: whoever knows them could register first. So the
    account must have proven the very address that the agency wrote into the letter, and the
    registry must have confirmed the data. All others are verified with their first request, or by
    a document. For the system; answers how many.
    """
    told = {(one.key, one.email.lower()): one for one in named if one.email}
    keys = list({key for key, _email in told})
    rows = Person.objects.filter(nik_lookup__in=keys, state__in=_OPEN, must_be_seen=False)
    verified = 0
    for found in rows.exclude(kind=_CITIZEN).only("id", "name", "email", "nik_lookup"):
        one = told.get((bytes(found.nik_lookup), found.email.lower()))
        if one is not None and same_name(one.name, found.name):
            verified += _verify(actor, found, one.agency)
    return verified


def _verify(actor: Actor, found: Person, agency: str) -> bool:
    try:
        with transaction.atomic():
            person = locked(found.id)
            require(actor, Can.VERIFY_IDENTITY, IdentityCheck(person, agency))
            still = person.state in _OPEN and not person.must_be_seen
            if not still or person.email != found.email or not registry_proof(person.id).confirmed:
                return False
            if person.state == CONTACT_VERIFIED:
                before = {"state": person.state}
                move(PROFILE, person, "submit_identity")
                record_move(actor, events.IDENTITY_SUBMITTED, person, before)
            vouch(actor, person, agency)
            overtake_case(actor, person)
    except IdentityTaken:
        return False
    return True
