"""The providers in Python that ours is held against: django-oauth-toolkit and django-allauth.

Each has an environment of its own under build/, made from its own list, a database of its own on
the bench's engine and one granian process, as ours has.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench import peer
from bench.stage import ROOT, Server, Stage, tell
from bench.wire import Line
from tools.stamps import fingerprint, is_current, remember

HERE, BUILT = ROOT / "bench" / "peers", ROOT / "build" / "bench"
TOKENS = 16
# Where each answers what is measured; what is missing it does not have.
PATHS: Mapping[str, Mapping[str, str]] = {
    "django-oauth-toolkit": {
        "token": "/o/token/",
        "introspection": "/o/introspect/",
        "userinfo": "/o/userinfo/",
        "refresh": "/o/token/",
        "jwks": "/o/.well-known/jwks.json",
        "discovery": "/o/.well-known/openid-configuration",
    },
    "django-allauth": {
        "token": "/identity/o/api/token",
        "introspection": "/identity/o/api/introspect",
        "userinfo": "/identity/o/api/userinfo",
        "refresh": "/identity/o/api/token",
        "jwks": "/.well-known/jwks.json",
        "discovery": "/.well-known/openid-configuration",
    },
}
# Threads that end take the count of their CPU along, so none ends in between.
_SERVE = ["-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "2"]
_SERVE += ["--blocking-threads-idle-timeout", "600", "--log-level", "warning"]


@dataclass(frozen=True, slots=True)
class Provider:
    """One that runs, with the tokens that its people have there."""

    name: str
    server: Server
    access: Sequence[str]
    refresh: Sequence[str]

    def has(self, what: str) -> bool:
        """Whether it answers that at all."""
        return what in PATHS[self.name]

    def requests(self, what: str) -> Sequence[bytes]:
        """The bytes of the questions, asked by turns."""
        path, forms = PATHS[self.name][what], self._forms(what)
        with Line(self.server.port) as line:
            if what == "userinfo":
                heads = [f"Authorization: Bearer {token}" for token in self.access]
                return [line.request("GET", path, [head]) for head in heads]
            if not forms:
                return [line.request("GET", path)]
            return [line.request("POST", path, body=urlencode(one)) for one in forms]

    def _forms(self, what: str) -> list[dict[str, str]]:
        keeper = {"client_id": peer.KEEPER, "client_secret": peer.SECRET}
        if what == "token":
            return [keeper | {"client_id": "machine", "grant_type": "client_credentials"}]
        if what == "introspection":
            return [keeper | {"token": token} for token in self.access]
        if what == "refresh":
            again = keeper | {"grant_type": "refresh_token"}
            return [again | {"refresh_token": token} for token in self.refresh]
        return []


def providers(here: Stage) -> list[Provider]:
    """Install, fill and start each of them."""
    return [_provider(here, name) for name in PATHS]


def _provider(here: Stage, name: str) -> Provider:
    from gapura.ops.postgres import free_port

    program, port = _python(name), free_port()
    folder, env = HERE / name, _environment(here, name, port)
    tell(f"starting {name}")
    made: dict[str, Any] = json.loads(_run([program, "make.py"], folder, env))
    where = ["--host", "127.0.0.1", "--port", str(port)]
    command = [program, *_SERVE, *where, "wsgi:application"]
    server = here.watch(command, env, port, folder)
    return Provider(name, server, made["access"], made["refresh"])


def _environment(here: Stage, name: str, port: int) -> dict[str, str]:
    database = f"peer_{name.replace('-', '_')}"
    return _plain() | {
        "DJANGO_SETTINGS_MODULE": "settings",
        "PYTHONPATH": str(HERE / name),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PEER_PORT": str(port),
        "PEER_DATABASE_URL": peer.database(here.env["GAPURA_DATABASE_URL"], database),
        "PEER_SECRET": peer.SECRET,
        "PEER_KEY": _key(),
        "PEER_TOKENS": str(TOKENS),
    }


def _plain() -> dict[str, str]:
    """Our environment without what would make Python or Django act for gapura."""
    ours = ("PYTHON", "DJANGO_", "GAPURA_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def _key() -> str:
    """A key for RS256, the one way of signing that both have."""
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    key = generate_private_key(65537, 2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _python(name: str) -> str:
    """An interpreter with what `bench/peers/NAME/requirements.txt` lists, installed once."""
    wanted, folder, stamp = HERE / name / "requirements.txt", BUILT / name, BUILT / f"{name}.stamp"
    program = folder / "bin/python"
    made_from = fingerprint([wanted], sys.version)
    if is_current(stamp, made_from) and program.exists():
        return str(program)
    tell(f"installing {name}")
    shutil.rmtree(folder, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(folder)], ROOT, _plain())
    install = ["-m", "pip", "install", "-q", "--no-input", "--require-hashes", "--no-deps"]
    _run([str(program), *install, "-r", str(wanted)], ROOT, _plain())
    remember(stamp, made_from)
    return str(program)


def _run(command: list[str], folder: Path, env: Mapping[str, str]) -> str:
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} {command[1]}: {done.stderr[-2000:]}")
    return done.stdout
