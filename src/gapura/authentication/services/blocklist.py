"""A new list of refused passwords: a file, no table; the operator names it in the settings."""

from collections.abc import Sequence
from pathlib import Path

from gapura.authentication.permissions import Can
from gapura.authentication.wordlist_sources import build
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require


def build_blocklist(*, actor: Actor, words: Sequence[Path], target: Path) -> int:
    """Make a list file of the shipped words and of those in `words`; answers its entries.

    :raises BadList, OSError: when a file cannot be read or written.
    """
    require(actor, Can.SET_RULES)
    return build(target, words)
