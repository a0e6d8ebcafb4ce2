"""What somebody would need to do something: the roles that may, and what of it they have."""

from dataclasses import dataclass

from gapura.access.queries.grants import grants_of
from gapura.access.queries.matrix import Right, right
from gapura.access.queries.views import GrantView
from gapura.access.roles import ROLES, Role
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.permissions import Clause
from gapura.kernel.prospects import Prospect, best, prospect


@dataclass(frozen=True, slots=True)
class Way:
    """One role that may. `held` are the actor's working grants of it, `stopped` the others."""

    role: Role
    held: tuple[ActiveGrant, ...]
    stopped: tuple[GrantView, ...]
    suits: bool


@dataclass(frozen=True, slots=True)
class Needs:
    """The answer: `now` is what the rules come to with the actor's own roles as they stand."""

    right: Right
    now: Prospect
    ways: tuple[Way, ...]

    @property
    def missing(self) -> tuple[Clause, ...]:
        """What does not hold of the nearest rule."""
        return self.now.missing


def needs(actor: Actor, permission: str, kind: str) -> Needs:
    """What `actor`, a person of that `kind`, has and lacks for a permission.

    :raises KeyError: for a permission that no room declared.
    :raises Refused: for nobody.
    """
    asked = right(permission)
    own = grants_of(actor)
    tries = [prospect(actor.as_grant(grant), permission) for grant in (None, *actor.grants)]
    ways = tuple(_way(ROLES[code], actor, own, kind) for code in asked.roles)
    return Needs(asked, best(tries), ways)


def _way(role: Role, actor: Actor, own: list[GrantView], kind: str) -> Way:
    held = tuple(grant for grant in actor.grants if grant.role == role.code)
    stopped = tuple(g for g in own if g.role == role.code and not g.works and g.state != "revoked")
    return Way(role, held, stopped, kind in role.kinds)
