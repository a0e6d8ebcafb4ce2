"""`gapura health` and `gapura version`."""

import argparse
import json
import os
import urllib.error
import urllib.request

import gapura
from gapura.config.environment import PREFIX
from gapura.ops.surroundings import adopt_demo
from gapura.ops.trouble import Trouble

SECONDS = 10


def version(options: argparse.Namespace) -> int:
    """Print name and version."""
    known = {"name": "gapura", "version": gapura.__version__}
    print(json.dumps(known) if options.json else f"gapura {gapura.__version__}")
    return 0


def health(options: argparse.Namespace) -> int:
    """Print what /readyz says; 0 when ready."""
    adopt_demo()
    answer = ask(options.url or server_address())
    if options.json:
        print(json.dumps(answer))
    else:
        for name, word in answer["checks"].items():
            print(f"{name}: {word}")
    return 0 if answer["ready"] else 1


def ask(url: str) -> dict[str, dict[str, str]]:
    """The server's own answer.

    :raises Trouble: when nobody or somebody else answers
    """
    if not url.startswith(("http://", "https://")):
        raise Trouble(f"{url!r} is no address of a server; it begins with http:// or https://.")
    try:
        with urllib.request.urlopen(f"{url.rstrip('/')}/readyz", timeout=SECONDS) as reply:  # noqa: S310 - checked above
            text = reply.read()
    except urllib.error.HTTPError as error:
        text = error.read()
    except OSError as error:
        raise Trouble(f"No gapura answers at {url} ({error}). Start one with ./run.") from error
    try:
        answer = json.loads(text)
        return {"ready": answer["ready"], "checks": dict(answer["checks"])}
    except (ValueError, KeyError, TypeError) as error:
        raise Trouble(f"What answers at {url} is not gapura. Check GAPURA_PORT.") from error


def server_address() -> str:
    """Where the server of these settings listens."""
    host = os.environ.get(f"{PREFIX}HOST", "127.0.0.1")
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - read, not bound
    return f"http://{host}:{os.environ.get(f'{PREFIX}PORT', '8000')}"
