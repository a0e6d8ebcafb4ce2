"""How the command tells people that something cannot go on, and how it tells that it goes on."""

import sys

SAID = "gapura: "


class Trouble(Exception):
    """The command cannot go on; the text says what happened, why, and what to do."""


def say(text: str) -> None:
    """One line of progress."""
    print(f"{SAID}{text}", flush=True)


def complain(text: str) -> None:
    """One line about what is wrong, on stderr."""
    print(f"{SAID}{text}", file=sys.stderr, flush=True)
