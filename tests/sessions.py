"""Somebody signed in without the flow of the sign-in, for tests about something else.

The flow itself is what tests/authentication, tests/web/login and tests/journeys are about.
"""

from gapura.accounts.models import Person
from gapura.authentication.methods import totp
from gapura.authentication.models import Session, Totp
from gapura.authentication.queries import Method, resolve_actor
from gapura.authentication.rules import ACR_OF
from gapura.authentication.tokens import new_token, token_hash
from gapura.kernel import clock
from gapura.kernel.actor import Actor

IP = "203.0.113.7"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def app_of(person: Person) -> Totp:
    """A new authenticator app of somebody who has none."""
    now, secret = clock.now(), totp.new_secret()
    return Totp.objects.create(person=person, secret=secret, created_at=now, confirmed_at=now)


def entered(person: Person, method: Method = Method.TOTP) -> str:
    """The cookie of a new session as the sign-in by password and `method` leaves it."""
    token, now = new_token(), clock.now()
    Session.objects.create(
        token_hash=token_hash(token),
        person=person,
        acr=ACR_OF[method],
        methods=f"password {method}",
        created_at=now,
        signed_in_at=now,
        proved_at=now,
        last_seen_at=now,
        ip=IP,
        user_agent=FIREFOX,
    )
    return token


def acting(person: Person, method: Method = Method.TOTP) -> Actor:
    """Who that is for the site, signed in."""
    token = entered(person, method)
    return resolve_actor(token=token, ip=IP, user_agent=FIREFOX, request_id="test")[0]
