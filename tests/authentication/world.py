"""People who sign in, and the browsers they do it with."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from threading import Barrier
from typing import Any

from django.db import connection

from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.authentication import services
from gapura.authentication.hashing import hash_password
from gapura.authentication.methods import totp
from gapura.authentication.models import Password
from gapura.authentication.queries import SessionView, resolve_actor
from gapura.authentication.services import SignIn
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.encryption import lookup
from gapura.notifications.models import Mail

SYSTEM = system_actor("tests")
PASSWORD = "kelinci ungu menggiling gandum"
OTHER_PASSWORD = "tujuh perahu kertas berlayar"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
_numbers = count(1)


def person(state: str = "verified", password: str = PASSWORD, **values: object) -> Person:
    """Somebody with a password; the numbers are made up and unique."""
    number = next(_numbers)
    nik, now = f"317101010191{number:04d}", clock.now()
    found = Person.objects.create(
        **{
            "username": f"rara{number}",
            "name": "Rara Anggraini",
            "kind": "citizen",
            "email": f"Rara{number}@Example.go.id",
            "nik": nik,
            "nik_lookup": lookup(nik, "nik"),
            "state": state,
            "created_at": now,
            "email_verified_at": None if state == "registered" else now,
            "verified_at": now if state == "verified" else None,
            **values,
        }
    )
    Password.objects.create(person=found, hash=hash_password(password), changed_at=now)
    return found


def with_app(found: Person) -> str:
    """Give a person an authenticator app; answers its secret."""
    secret = totp.new_secret()
    services.issue_totp(actor=SYSTEM, person=found.id, secret=secret)
    return secret


def app_code(secret: str, steps: int = 0) -> str:
    """What the app shows now, or some steps before or after."""
    return totp.code_at(secret, totp.step_now() + steps)


def mailed_code(found: Person, purpose: str = "sign_in", nth: int = 0) -> str:
    """The code in the newest mail for a purpose, or in the nth before it."""
    template = f"authentication/mail/{purpose}_code.txt"
    mails = Mail.objects.filter(person=found.id, template=template).order_by("-created_at", "-id")
    body = mails[nth].body
    digits = re.search(r"^ {4}(\d{6})$", body or "", re.MULTILINE)
    assert digits, body
    return digits[1]


def mails(found: Person) -> list[str]:
    """Which mails a person got, oldest first, without folder and ending."""
    rows = Mail.objects.filter(person=found.id).order_by("created_at", "id")
    return [row.template.split("/")[-1].removesuffix(".txt") for row in rows]


def events(name: str, found: Person | None = None) -> list[dict[str, Any]]:
    """The facts of what the log says, oldest first."""
    rows = LogEvent.objects.filter(name=name).order_by("occurred_at", "id")
    if found:
        rows = rows.filter(person=found.id)
    return [row.facts for row in rows]


@contextmanager
def later(**delta: float) -> Iterator[None]:
    """Some time after now."""
    with clock.frozen(clock.now() + timedelta(**delta)):
        yield


class Browser:
    """A browser: its address, its name, and the cookies it holds."""

    def __init__(self, ip: str = "203.0.113.7", user_agent: str = FIREFOX, token: str = "") -> None:
        self.ip, self.user_agent, self.token, self.device = ip, user_agent, token, ""

    def look(self) -> tuple[Actor, SessionView | None]:
        """Who this browser is for the site now."""
        return resolve_actor(
            token=self.token,
            ip=self.ip,
            user_agent=self.user_agent,
            request_id="test",
            device=self.device,
        )

    @property
    def actor(self) -> Actor:
        return self.look()[0]

    @property
    def view(self) -> SessionView:
        view = self.look()[1]
        assert view is not None
        return view

    def keep(self, answer: SignIn) -> SignIn:
        """Take the new cookie, as a browser does."""
        self.token = answer.token or self.token
        self.device = answer.device or self.device
        return answer

    def begin(self, login: str, password: str = PASSWORD) -> SignIn:
        """Name and password."""
        return self.keep(services.start_sign_in(actor=self.actor, login=login, password=password))

    def finish(self, code: str) -> SignIn:
        """The code."""
        return self.keep(services.finish_sign_in(actor=self.actor, code=code))

    def sign_in(self, found: Person, secret: str = "") -> "Browser":
        """All of it, with the app when there is a secret, else by e-mail."""
        self.begin(found.username)
        self.finish(app_code(secret) if secret else mailed_code(found))
        return self


def at_once(number: int, act: Callable[[int], object]) -> list[object]:
    """Run `act(0)`, `act(1)`, ... at the same moment; answers results or the exceptions."""
    barrier = Barrier(number)

    def run(index: int) -> object:
        try:
            barrier.wait(10)
            return act(index)
        except Exception as error:  # noqa: BLE001, RUF100 - the test looks at it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))
