"""Who acts: one person under one active grant, as strongly as signed in; resolved at the edge."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from gapura.kernel.holds import Hold


@dataclass(frozen=True, slots=True)
class ActiveGrant:
    """One role at one place that the person may use today, as the access room resolved it.

    `valid_until` is the last day on which it can be used, None when it is open. `reach` is the
    path of the unit below which a bounded role acts, empty for the whole agency. `standing` says
    how the office is held, `principal` whom it is held for (a username), `without` which
    permissions somebody who stands in lacks and `without_law` on which legal basis, `conflict` the
    legal basis on which it may not be used together with another one the person holds. `duties`
    are the parts of the place's work that the grant includes, where a place divides its work.
    """

    id: UUID
    role: str
    agency: str = ""
    unit: str = ""
    company: str = ""
    place: str = ""
    zone: str = "Asia/Jakarta"
    least_acr: int = 1
    letter: str = ""
    valid_until: date | None = None
    reach: str = ""
    standing: str = "definitive"
    principal: str = ""
    without: frozenset[str] = frozenset()
    conflict: str = ""
    delegable: bool = False
    without_law: str = ""
    duties: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Actor:
    """The one identity that services, predicates and audit rows see.

    `acr` is the strength of this sign-in: 0 nobody, 1 e-mail code, 2 authenticator app, 3 passkey.
    A system actor has a `system` name and no person. `holds` is what stands on the account at this
    moment and stops writing or binding deeds under every role.
    """

    person: UUID | None = None
    username: str = ""
    name: str = ""
    state: str = ""
    grant: ActiveGrant | None = None
    grants: tuple[ActiveGrant, ...] = ()
    acr: int = 0
    session: UUID | None = None
    ip: str | None = None
    user_agent: str = ""
    request_id: str = ""
    language: str = "id"
    system: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    holds: "tuple[Hold, ...]" = ()

    @property
    def role(self) -> str:
        """Code of the active role, or an empty text."""
        return self.grant.role if self.grant else ""

    @property
    def agency(self) -> str:
        """Code of the active grant's agency, or an empty text."""
        return self.grant.agency if self.grant else ""

    @property
    def signed_in(self) -> bool:
        """True after password and second factor."""
        return self.person is not None and self.acr > 0

    def speaks_for(self, person: UUID | None, username: str) -> bool:
        """True for this person, and for whoever acts now in their place: nobody decides on either.

        `username` is the same person's, by which grants name whom they stand in for.
        """
        if self.person is not None and self.person == person:
            return True
        return self.grant is not None and bool(username) and self.grant.principal == username

    @property
    def who(self) -> UUID:
        """The person's id where the caller already knows that somebody is signed in.

        :raises LookupError: for nobody and for the system.
        """
        if self.person is None:
            raise LookupError("this actor is no person")
        return self.person

    def as_grant(self, grant: ActiveGrant | None) -> "Actor":
        """The same person acting under another of the person's grants."""
        return replace(self, grant=grant)


def system_actor(name: str) -> Actor:
    """The actor of scheduled work, for example `escalation`."""
    return Actor(system=name, name=f"gapura ({name})", acr=3)
