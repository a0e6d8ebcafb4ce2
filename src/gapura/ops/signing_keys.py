"""`gapura keys`: the keys that sign tokens, which take turns by themselves; and when one leaked."""

import argparse
import json
from dataclasses import asdict

from gapura.kernel.actor import system_actor
from gapura.ops.trouble import say
from gapura.sso.queries import KeyView, keys_of
from gapura.sso.services import retire_key, rotate_keys

_CONSOLE = system_actor("console")


def list_keys(options: argparse.Namespace) -> int:
    """All there ever were, the newest first; private halves are never shown."""
    found = keys_of(_CONSOLE)
    if options.json:
        print(json.dumps([asdict(view) for view in found], default=str, indent=1))
        return 0
    rows = [("kid", "algorithm", "state", "made", "signs"), *map(_line, found)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip())
    return 0


def rotate(options: argparse.Namespace) -> int:
    """Publish a new key, which signs after a day; with --now at once."""
    moved = rotate_keys(
        actor=_CONSOLE, alg=options.algorithm, at_once=options.now, why=options.reason
    )
    if options.json:
        print(json.dumps({"moved": moved}))
    elif options.now:
        say("the new key signs now; `gapura keys retire` takes the one before out")
    elif moved:
        say("the new key is published; it signs in 24 hours, when every application knows it")
    else:
        say("a new key is published already; it signs 24 hours after it was made")
    return 0


def retire(options: argparse.Namespace) -> int:
    """Take a key out at once; what it signed is refused."""
    retire_key(actor=_CONSOLE, kid=options.kid, why=options.reason)
    if options.json:
        print(json.dumps({"retired": options.kid}))
    else:
        say(f"{options.kid} is retired; whatever it signed is refused from now on")
    return 0


def _line(view: KeyView) -> tuple[str, ...]:
    since = view.signs_from or view.turn
    signs = f"from {since:%Y-%m-%d %H:%M}" if since else ""
    until = f" until {view.signed_until:%Y-%m-%d %H:%M}" if view.signed_until else ""
    return view.kid, view.alg, view.state, f"{view.made_at:%Y-%m-%d %H:%M}", signs + until
