"""The list of refused passwords as an operator sees it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from gapura.authentication.blocklist import blocklist_path, breached_path, list_size
from gapura.authentication.permissions import Can
from gapura.authentication.wordlist import BadList
from gapura.authentication.wordlist_sources import SHIPPED
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require


@dataclass(frozen=True, slots=True)
class BlocklistView:
    """The list in force: where it lies, whether it is the shipped one, its entries and its age."""

    path: str
    shipped: bool
    entries: int
    made_at: datetime
    breached: str


def blocklist_view(actor: Actor) -> BlocklistView:
    """Which list is in force.

    :raises BadList, OSError: when it cannot be used.
    """
    require(actor, Can.SEE_RULES)
    path, breached = blocklist_path(), breached_path()
    made_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    told = "" if breached is None else str(breached)
    return BlocklistView(str(path), path == SHIPPED, list_size(), made_at, told)


__all__ = ["BadList", "BlocklistView", "blocklist_view"]
