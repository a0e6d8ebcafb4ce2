"""Officers whom a letter names before they register: verified without a request of their own."""

from typing import Any

import pytest

from gapura.access import services
from gapura.access.models import Appointment
from gapura.accounts.models import IdentityProof, Person
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from tests.access import world
from tests.access.registered import check, enter, granted, name, nik_of

pytestmark = pytest.mark.usefixtures("places")
SYSTEM = system_actor("letters")
ADDRESS, CALLED = "budi@contoh.go.id", "Budi Baru"


@pytest.fixture
def appointment(verifier: Person) -> Any:
    """A name in a checked letter, with an address to write to."""
    keeper = world.holder("keeper", "admin_instansi", "T1")
    letter = enter(keeper)
    made = name(keeper, letter, nik_of(1), name=CALLED, email=ADDRESS)
    check(verifier, letter)
    return made


def came(**other: Any) -> Person:
    """Somebody registers with that NIK; the registry confirms number, name and birth date."""
    row = world.person("budi", state="contact_verified")
    key = Appointment.objects.get().nik_lookup
    facts = {"name": CALLED, "email": ADDRESS, "nik_lookup": key} | other
    Person.objects.filter(pk=row.pk).update(**facts)
    return Person.objects.get(pk=row.pk)


def confirm(person: Person, outcome: str = "matches") -> None:
    """What the registry said."""
    IdentityProof.objects.create(
        person=person, source="registry", outcome=outcome, checked_at=clock.now()
    )


@pytest.mark.parametrize("state", ["contact_verified", "identity_pending"])
def test_letter_registry_and_mailbox_together_verify_and_grant(
    appointment: Any, state: str
) -> None:
    person = came(state=state, email=ADDRESS.upper())
    confirm(person)
    services.grant_found(actor=SYSTEM)
    assert Person.objects.get(pk=person.pk).state == "verified"
    assert granted(appointment).person_id == person.id
    assert granted(appointment).state == "approved"
    verified = LogEvent.objects.get(name="accounts.identity.verified", person=person.id)
    assert verified.agency == "T1"


@pytest.mark.parametrize(
    ("other", "outcome"),
    [
        ({"email": "orang.lain@contoh.go.id"}, "matches"),
        ({"name": "Budi Lama"}, "matches"),
        ({"must_be_seen": True}, "matches"),
        ({"kind": "citizen"}, "matches"),
        ({"state": "registered"}, "matches"),
        ({"state": "needs_reverification"}, "matches"),
        ({}, "unavailable"),
        ({}, "differs"),
    ],
)
def test_whoever_knows_number_and_name_does_not_take_the_office(
    appointment: Any, other: dict[str, Any], outcome: str
) -> None:
    """Impersonation: an officer's NIK and name are no secret, and anybody may register first."""
    person = came(**other)
    confirm(person, outcome)
    services.grant_found(actor=SYSTEM)
    assert Person.objects.get(pk=person.pk).state == other.get("state", "contact_verified")
    assert Appointment.objects.get(pk=appointment).grant is None
