"""Makers for tests of clients: people, registrations, and a key of an application."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from gapura.kernel.actor import Actor
from gapura.sso.models import Client
from gapura.sso.rules import Contract
from gapura.sso.services.clients import Registered, register_client
from tests.access import world
from tests.web.people import holder

CALLBACK = "https://app.contoh.go.id/callback"
# The public half of a key on P-256 (RFC 7517 appendix A.1).
JWK = {
    "kty": "EC",
    "crv": "P-256",
    "kid": "app-1",
    "use": "sig",
    "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
    "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
}
JWKS = {"keys": [JWK]}
REASON = "Diminta oleh instansinya lewat surat."


def platform() -> Actor:
    """An administrator of the platform."""
    return world.actor(holder("admin_platform"))


def keeper(agency: str = "T1") -> Actor:
    """An agency's administrator."""
    return world.actor(holder("admin_instansi", agency))


def metadata(**more: Any) -> dict[str, Any]:
    """What an ordinary web application registers."""
    return {
        "client_name": "Aplikasi Contoh",
        "redirect_uris": [CALLBACK],
        "grant_types": ["authorization_code", "refresh_token"],
        "scope": "openid profile",
    } | more


def strict(**more: Any) -> dict[str, Any]:
    """What an application of the strict profile registers."""
    proof = {"token_endpoint_auth_method": "private_key_jwt", "jwks": JWKS}
    return metadata(**proof) | more


def registered(
    actor: Actor | None = None, contract: Contract | None = None, **more: Any
) -> Registered:
    """An application, registered by an administrator of the platform."""
    return register_client(actor=actor or platform(), metadata=metadata(**more), contract=contract)


def row_of(made: Registered) -> Client:
    """Its row as it is now."""
    return Client.objects.get(pk=made.id)


@contextmanager
def publishing(document: object, status: int = 200) -> Iterator[tuple[str, list[object]]]:
    """A server of the application; what it publishes can be replaced in the list."""
    told: list[object] = [document]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(told[0]).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/keys", told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
