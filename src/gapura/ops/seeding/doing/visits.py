"""Verbs of every day: signing in, and reading what stands behind the bell."""

from collections.abc import Mapping
from types import MappingProxyType

from gapura.audit.services import Subject, compose
from gapura.authentication.events import SIGNED_IN
from gapura.kernel.actor import Actor
from gapura.kernel.ids import uuid7
from gapura.notifications.services import mark_read
from gapura.ops.seeding.doing.world import Verb, World
from gapura.ops.seeding.people import AGENT, PERSONA_IP
from gapura.ops.seeding.rounds import Deed


def _sign_in(world: World, deed: Deed) -> None:
    """Only the log tells of it: these accounts have no password that could be used."""
    person = world.person(deed.who)
    known = world.people.get(deed.who)
    actor = Actor(
        person=person.id,
        username=person.username,
        name=person.name,
        acr=2,
        session=uuid7(),
        ip=known.ip if known else PERSONA_IP,
        user_agent=AGENT,
    )
    facts = {"acr": 2, "methods": ["password", "totp"], "new_device": False}
    subject = Subject("person", str(person.id), person.username)
    world.keep_sign_in(
        compose(actor, SIGNED_IN, subject, facts=facts, agency=person.agency, person=person.id)
    )


def _read_notices(world: World, deed: Deed) -> None:
    mark_read(actor=world.actor(deed.who, acr=1))


VERBS: Mapping[str, Verb] = MappingProxyType({"sign_in": _sign_in, "read_notices": _read_notices})
