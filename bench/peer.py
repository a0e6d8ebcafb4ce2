"""The peer that sign-ins and tokens are held against: npm oidc-provider on the bench's engine."""

import base64
import hashlib
import json
import os
import secrets
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from bench.stage import ROOT, Server, Stage, tell
from bench.wire import Line, Visitor

NAME = "oidc-provider"
HERE = ROOT / "bench" / "peers" / NAME
PASSWORD = "kelinci ungu menggiling gandum"  # noqa: S105 - of people who are only measured
CLIENT, KEEPER, SECRET = "site", "keeper", "a-secret-of-the-bench-that-guards-nothing"
BACK = "http://localhost:1/cb"


def oidc_provider(here: Stage) -> Server:
    """Install it into the bench's folder, give it a database of its own and start it."""
    from gapura.ops.postgres import free_port

    node = _install(here.folder / "peer")
    port = free_port()
    env = {
        **os.environ,
        "NODE_ENV": "production",
        "PEER_PORT": str(port),
        "PEER_DATABASE_URL": database(here.env["GAPURA_DATABASE_URL"], "peer"),
        "PEER_HASH": _hash(),
    }
    command = [node, "--no-deprecation", "server.mjs"]
    return here.watch(command, env, port, here.folder / "peer")


def form(server: Server, path: str, **fields: str) -> bytes:
    """The bytes of a form of the client that is measured by its tokens."""
    body = urlencode({"client_id": KEEPER, "client_secret": SECRET, **fields})
    with Line(server.port) as line:
        return line.request("POST", path, body=body)


def userinfo(server: Server, access: str) -> bytes:
    """The bytes of a question who somebody is."""
    with Line(server.port) as line:
        return line.request("GET", "/me", [f"Authorization: Bearer {access}"])


def sign_in(server: Server, number: int, *, token: bool, client: str = CLIENT) -> dict[str, Any]:
    """The walk of a code flow with a password and no second factor; with `token` also its end.

    Answers the tokens.

    :raises RuntimeError: it did not let the person in
    """
    proof = secrets.token_urlsafe(32)
    with Line(server.port) as line:
        visitor = Visitor(line)
        onward = visitor.get(f"/auth?{asked(proof, client, BACK)}").one("location")
        visitor.get(onward)
        fields = {"username": f"person{number}", "password": PASSWORD}
        again = urlsplit(visitor.post(onward, **fields).one("location")).path
        back = urlsplit(visitor.get(again).one("location"))
        if "code=" not in back.query:
            raise RuntimeError(f"the peer let nobody in: {back.query or again}")
        return _redeem(line, back.query, proof, client) if token else {}


def asked(proof: str, client: str, back: str) -> str:
    """What an application sends a browser with (PKCE, S256)."""
    digest = hashlib.sha256(proof.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return urlencode({
        "client_id": client, "response_type": "code", "scope": "openid", "redirect_uri": back,
        "state": proof, "code_challenge": challenge, "code_challenge_method": "S256",
    })  # fmt: skip


def _redeem(line: Line, query: str, proof: str, client: str) -> dict[str, Any]:
    code = dict(part.split("=", 1) for part in query.split("&"))["code"]
    body = urlencode({
        "grant_type": "authorization_code", "code": code, "redirect_uri": BACK,
        "code_verifier": proof, "client_id": client, "client_secret": SECRET,
    })  # fmt: skip
    reply = line.ask("POST", "/token", body=body)
    if reply.status != 200:
        raise RuntimeError(f"the peer gave no token: {reply.status}")
    tokens: dict[str, Any] = json.loads(reply.body)
    return tokens


def _install(folder: Path) -> str:
    from tools.assets import find_node

    tell("installing oidc-provider")
    node, npm = find_node()
    shutil.copytree(HERE, folder)
    subprocess.run([*npm, "ci", "--omit=dev"], cwd=folder, check=True, capture_output=True)
    return node


def database(address: str, name: str) -> str:
    """Make a database of this name beside gapura's; answers its address."""
    import psycopg
    from psycopg.sql import SQL, Identifier

    with psycopg.connect(address, autocommit=True) as line:
        line.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    return urlsplit(address)._replace(path=f"/{name}").geturl()


def _hash() -> str:
    from argon2 import PasswordHasher
    from django.conf import settings

    figures = settings.ARGON2
    hasher = PasswordHasher(figures["time_cost"], figures["memory_cost"], figures["parallelism"])
    return hasher.hash(PASSWORD)
