"""What comes of an authorization request: the browser leaves, or stops for its person."""

from dataclasses import dataclass
from uuid import UUID

from gapura.sso.protocol.authorize import Answer, Need
from gapura.sso.protocol.records import Client
from gapura.sso.protocol.returning import Back
from gapura.sso.protocol.scopes import SCOPES


@dataclass(frozen=True, slots=True)
class Application:
    """Who asks, as people are told it."""

    id: UUID
    name: str
    sandbox: bool = False
    logo: bool = False

    @classmethod
    def of(cls, client: Client, logo: bool) -> "Application":
        """The client's, and whether it has a picture."""
        return cls(client.id, client.name, client.sandbox, logo)


@dataclass(frozen=True, slots=True)
class Leave:
    """The browser goes back to the application, with a code or with a refusal."""

    answer: Answer
    application: Application


@dataclass(frozen=True, slots=True)
class Stop:
    """The person has to do something first; `kept` is the handle of the request meanwhile.

    `new` and `known` are what it wants to see, as message ids: asked now, and allowed before.
    `least_acr` is the level it needs, and `stronger` says that this is what is missing.
    """

    need: Need
    kept: str
    is_new: bool
    application: Application
    back: Back
    person: UUID | None = None
    new: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    least_acr: int = 1
    login_hint: str = ""
    languages: tuple[str, ...] = ()

    @property
    def stronger(self) -> bool:
        """A stronger sign-in is missing, not a newer one."""
        return self.need is Need.STEP_UP


def texts_of(names: frozenset[str]) -> tuple[str, ...]:
    """What the page says of these scopes, in the order of the table."""
    return tuple(scope.text for name, scope in SCOPES.items() if name in names)
