"""Browsers with passkeys: adding one, and the ways to use it, through the services."""

from typing import Any

from gapura.accounts.models import Person
from gapura.authentication import services
from gapura.authentication.queries import Method
from gapura.authentication.services import SignIn
from tests.authentication.authenticator import Authenticator
from tests.authentication.world import Browser, person


def add(here: Browser, key: Authenticator, name: str = "Laptop") -> tuple[str, ...]:
    """Add a key to the account that is signed in; answers new backup codes."""
    options = services.begin_passkey(actor=here.actor)
    done = services.add_passkey(actor=here.actor, answer=key.make(options), name=name)
    here.keep(done.sign_in)
    return done.recovery_codes


def owner(**values: Any) -> tuple[Person, Authenticator]:
    """Somebody with one passkey."""
    who, key = person(), Authenticator(**values)
    add(Browser().sign_in(who), key)
    return who, key


def asked(here: Browser) -> dict[str, Any]:
    """Options for a sign-in without a name; the browser keeps the session it was lent."""
    options, token = services.ask_passkey(actor=here.actor)
    here.token = token or here.token
    return options


def sign_in(here: Browser, key: Authenticator) -> SignIn:
    """Sign in with nothing but the key."""
    answer = key.use(asked(here))
    return here.keep(services.sign_in_with_passkey(actor=here.actor, answer=answer))


def at_the_second_step(who: Person) -> tuple[Browser, dict[str, Any]]:
    """A browser after the right password, and the options for the passkey."""
    here = Browser()
    begun = here.begin(who.username)
    assert begun.methods[0] is Method.PASSKEY
    return here, services.ask_passkey_factor(actor=here.actor)
