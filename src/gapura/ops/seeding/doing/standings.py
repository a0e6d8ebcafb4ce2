"""Verbs of standing in and of doubled roles."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from gapura.access import services
from gapura.access.errors import AlreadyHeld, RolesConflict
from gapura.access.queries import appointments_to_activate, own_delegations
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.ops.seeding import walk
from gapura.ops.seeding.doing.world import Verb, World
from gapura.ops.seeding.people import SYSTEM
from gapura.ops.seeding.rounds import Deed


def _delegate(world: World, deed: Deed) -> None:
    today = clock.today()
    services.delegate(
        actor=world.actor(deed.who, "verifikator"),
        username=deed.values["to"],
        first=today,
        last=today + timedelta(days=deed.values["days"]),
    )


def _confirm(world: World, deed: Deed) -> None:
    """What was delegated to somebody, and what a letter names them for."""
    actor = world.actor(deed.who)
    waiting = [one.id for one in own_delegations(actor).received if one.waits]
    for grant in (*waiting, *appointments_to_activate(actor)):
        walk.activate(actor.who, grant)


def _double(world: World, deed: Deed) -> None:
    who = world.person(deed.who)
    place = {"agency": who.agency, "unit": deed.values["unit"]}
    try:
        services.issue_grant(actor=SYSTEM, person_id=who.id, role=deed.values["role"], **place)
    except (AlreadyHeld, RolesConflict):
        # Somebody of the crowd who holds it already, or a role that excludes it.
        return


def _look(world: World, deed: Deed) -> None:
    services.sweep_all(actor=system_actor("conflicts"))


VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "delegate_duty": _delegate,
        "confirm_duty": _confirm,
        "double_role": _double,
        "look_for_conflicts": _look,
    }
)
