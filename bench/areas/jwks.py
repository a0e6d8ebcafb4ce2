"""What everybody reads: the keys and the discovery document, ours from memory."""

from collections.abc import Sequence

from bench import peer, pythons, versus
from bench.figures import Report
from bench.flood import LINES
from bench.stage import Server, stage
from bench.wire import Line

TIMES = 1.3
DISCOVERY = "/.well-known/openid-configuration"


def measure() -> Report:
    """Keys and discovery, each by turns."""
    with stage() as here:
        ours, theirs = here.serve(role="doors", WORKERS="1"), peer.oidc_provider(here)
        others, figures = pythons.providers(here), []
        for name, path, other in (
            ("jwks", "/oauth2/jwks", "/jwks"),
            ("discovery", DISCOVERY, DISCOVERY),
        ):
            us = versus.Side("", ours, _reading(ours, path))
            them = versus.Side(peer.NAME, theirs, _reading(theirs, other), TIMES)
            figures += versus.compared(here, name, us, them, versus.in_python(others, name))
    return Report("jwks", tuple(figures), {"connections": LINES})


def _reading(server: Server, path: str) -> Sequence[bytes]:
    with Line(server.port) as line:
        return [line.request("GET", path)]
