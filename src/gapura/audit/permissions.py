"""What can be asked of the log."""

from enum import StrEnum


class Can(StrEnum):
    """The permissions of this room."""

    EXPLORE = "audit.log.explore"
    EXPLORE_OWN = "audit.log.explore_own"
    SHOW = "audit.entry.show"
    ERASE = "audit.person.erase"
