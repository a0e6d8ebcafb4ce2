"""People who ask about their data, and who answers, for the tests of this room."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.privacy import services
from gapura.privacy.models import DataRequest
from tests.access import world

TEXT = "My name is written with one letter too many."
ANSWER = "We looked at it and have put it right for you."


def asker(name: str = "asker", agency: str = "T1") -> Person:
    """A verified official of an agency."""
    return world.person(name, agency=agency)


def fresh(person: Person, acr: int = 2) -> Actor:
    """Signed in, and proved who they are just now."""
    actor = world.actor(person, acr)
    return replace(actor, facts={"proved_at": clock.now()}, language="en")


def officer() -> Actor:
    """A platform administrator: the officer of art. 53."""
    return world.actor(world.platform_admin())


def agency_admin(agency: str = "T1") -> Actor:
    """An agency's administrator."""
    return world.actor(world.holder("agencyadmin", "admin_instansi", agency))


def corrected(person: Person, field: str = "name", **changes: Any) -> DataRequest:
    """Ask for a correction; answers its row."""
    values: dict[str, Any] = {"field": field, "wanted": "Siti Aminah", "text": TEXT, **changes}
    return row(services.ask_correction(actor=fresh(person), **values))


def restricted(person: Person) -> DataRequest:
    """Ask for a restriction; answers its row."""
    return row(services.ask_restriction(actor=fresh(person), text=TEXT))


def row(request: UUID) -> DataRequest:
    """As it stands now."""
    return DataRequest.objects.get(pk=request)


def events(name: str) -> list[LogEvent]:
    """Entries of one kind, oldest first."""
    return list(LogEvent.objects.filter(name=f"privacy.{name}").order_by("id"))
