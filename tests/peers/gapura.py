"""Our side: the running provider, the clients made for a test, and the people who sign in."""

import base64
import io
import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any
from urllib.request import urlopen

from cryptography.hazmat.primitives.asymmetric import ec

from gapura.authentication.models import Totp
from gapura.kernel.actor import system_actor
from gapura.ops.cli import parser
from gapura.ops.postgres import free_port
from gapura.sso.services import ensure_keys
from tests.journeys.phone import Phone
from tests.journeys.stage import Stage
from tests.peers.people import Account
from tests.personas import Personas
from tests.web.serving import served

__all__ = ["Gapura", "free_port", "key_pair", "on", "quick"]


@dataclass(frozen=True)
class Gapura:
    """A provider that answers at `url`; `run` is its command, `account` how a persona signs in."""

    url: str
    run: Callable[..., "subprocess.CompletedProcess[str]"]
    account: Callable[[str], Account]

    def client(self, name: str, **options: Any) -> dict[str, Any]:
        """`gapura clients create`: keywords are its options, lists are repeated ones."""
        words = ["clients", "create", "--name", name, "--json"]
        for option, value in options.items():
            flag = f"--{option.replace('_', '-')}"
            for one in value if isinstance(value, list) else [value]:
                words += [flag] if one is True else [flag, str(one)]
        done = self.run(*words)
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
        return dict(json.loads(done.stdout))

    def published(self) -> set[str]:
        """The names of the keys that anybody can read now."""
        with urlopen(f"{self.url}/oauth2/jwks", timeout=30) as answer:  # noqa: S310 - our own
            return {key["kid"] for key in json.load(answer)["keys"]}


def on(stage: Stage) -> Gapura:
    """The whole product, with a worker that delivers."""

    @cache  # one phone for all tests, because each code works once
    def account(username: str) -> Account:
        person = stage.personas[username]
        phone = Phone(person["totp_secret"], stage.forget_codes)
        return Account(username, person["password"], phone)

    return Gapura(stage.url, stage.run, account)


@contextmanager
def quick(personas: Personas) -> Iterator[Gapura]:
    """A server alone, over the test's own database."""

    def forget() -> None:
        Totp.objects.update(last_step=0)

    @cache  # one phone for all tests, because each code works once
    def account(username: str) -> Account:
        known = personas[username]
        return Account(username, known.password, Phone(known.totp_secret, forget))

    ensure_keys(actor=system_actor("tests"))
    with served() as address:
        yield Gapura(address, _here, account)


def _here(*words: str) -> "subprocess.CompletedProcess[str]":
    """A `gapura` command in this process, which saves its start."""
    options, told = parser().parse_args(words), io.StringIO()
    module, name = options.command.target.split(":")
    with redirect_stdout(told):
        code = getattr(import_module(module), name)(options)
    return subprocess.CompletedProcess(words, code, told.getvalue(), "")


def key_pair(name: str) -> tuple[dict[str, str], dict[str, str]]:
    """A new key of a client as JWK: what is registered, and what it keeps (RFC 7518 6.2)."""
    numbers = ec.generate_private_key(ec.SECP256R1()).private_numbers()
    public = {
        "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": name,
        "x": _text(numbers.public_numbers.x), "y": _text(numbers.public_numbers.y),
    }  # fmt: skip
    return public, public | {"d": _text(numbers.private_value)}


def _text(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).rstrip(b"=").decode()
