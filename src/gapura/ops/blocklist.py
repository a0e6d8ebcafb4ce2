"""`gapura blocklist`: the list of refused passwords, made anew without a network."""

import argparse
import json
from pathlib import Path

from gapura.authentication.queries import BadList, blocklist_view
from gapura.authentication.services import build_blocklist
from gapura.kernel.actor import system_actor
from gapura.ops.trouble import Trouble, say

_CONSOLE = system_actor("console")


def build_list(options: argparse.Namespace) -> int:
    """Write a list: what is shipped and the words of the given files.

    :raises Trouble: when a file cannot be read or written.
    """
    target = Path(options.to)
    try:
        words = [Path(each) for each in options.words]
        count = build_blocklist(actor=_CONSOLE, words=words, target=target)
    except (BadList, OSError) as error:
        raise Trouble(f"The list cannot be made: {error}") from None
    if options.json:
        print(json.dumps({"path": str(target), "entries": count}))
    else:
        say(f"{target} has {count:,} entries")
        say("name it in GAPURA_PASSWORD_BLOCKLIST; a list that is replaced there is used at once")
    return 0


def show(options: argparse.Namespace) -> int:
    """Which list is in force.

    :raises Trouble: when it cannot be used.
    """
    try:
        view = blocklist_view(_CONSOLE)
    except (BadList, OSError) as error:
        raise Trouble(f"The list in force cannot be used: {error}") from None
    if options.json:
        told = {"path": view.path, "shipped": view.shipped, "entries": view.entries}
        told |= {"made_at": view.made_at.isoformat(), "breached": view.breached}
        print(json.dumps(told))
        return 0
    kind = "the shipped one" if view.shipped else "your own"
    print(f"{view.path} ({kind}): {view.entries:,} entries, made {view.made_at:%Y-%m-%d %H:%M} UTC")
    print(f"breached passwords: {view.breached or 'no file'}")
    return 0
