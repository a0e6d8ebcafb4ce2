"""What everybody reads: the keys and the discovery document, from memory on both sides."""

from collections.abc import Sequence

from bench import peer, versus
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
        figures = []
        for name, path, other in (
            ("jwks", "/oauth2/jwks", "/jwks"),
            ("discovery", DISCOVERY, DISCOVERY),
        ):
            sides = (ours, _reading(ours, path)), (theirs, _reading(theirs, other))
            figures += versus.compared(here, name, *sides, TIMES)
    return Report("jwks", tuple(figures), {"connections": LINES})


def _reading(server: Server, path: str) -> Sequence[bytes]:
    with Line(server.port) as line:
        return [line.request("GET", path)]
