"""Verbs of accounts: somebody registers, confirms, is stopped, leaves."""

from collections.abc import Mapping
from types import MappingProxyType

from gapura.accounts import services
from gapura.kernel.actor import Actor
from gapura.ops.seeding.doing.world import Verb, World
from gapura.ops.seeding.identities import biodata
from gapura.ops.seeding.people import AGENT
from gapura.ops.seeding.rounds import Deed


def _stranger(world: World, deed: Deed) -> Actor:
    return Actor(ip=world.people[deed.who].ip, user_agent=AGENT)


def _register(world: World, deed: Deed) -> None:
    details = world.people[deed.who].details
    made = services.register(actor=_stranger(world, deed), details=details)
    world.enter(deed.who, made.person_id)


def _confirm(world: World, deed: Deed) -> None:
    services.confirm_email(actor=_stranger(world, deed), person_id=world.id_of(deed.who))


def _suspend(world: World, deed: Deed) -> None:
    services.suspend_person(
        actor=world.actor(deed.values["by"]),
        person_id=world.id_of(deed.who),
        reason=deed.values["reason"],
    )


def _require_proof(world: World, deed: Deed) -> None:
    services.require_reverification(
        actor=world.actor(deed.values["by"]),
        person_id=world.id_of(deed.who),
        reason=deed.values["reason"],
    )


def _close(world: World, deed: Deed) -> None:
    services.close_person(
        actor=world.actor(deed.who),
        person_id=world.id_of(deed.who),
        reason=deed.values["reason"],
    )


def _send_document(world: World, deed: Deed) -> None:
    services.send_document(
        actor=world.actor(deed.who, acr=1),
        kind="certificate",
        name="biodata.pdf",
        content=biodata(world.people[deed.who]),
    )


VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "register": _register,
        "confirm": _confirm,
        "suspend_person": _suspend,
        "require_proof": _require_proof,
        "close": _close,
        "send_document": _send_document,
    }
)
