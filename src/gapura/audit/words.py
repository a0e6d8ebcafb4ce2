"""The words of every entry: who may read it, how soon it is kept, how the act ended."""

from enum import StrEnum


class Readers(StrEnum):
    """Who may read an event; each word includes the ones above it, and the platform reads all.

    A person reads what concerns or was done by them, except PLATFORM events.
    """

    PERSON = "person"
    AGENCY = "agency"
    PLATFORM = "platform"


class Durability(StrEnum):
    """When an event must be on disk: together with its change, or before the reply leaves."""

    WITH_CHANGE = "with_change"
    BEFORE_REPLY = "before_reply"


class Result(StrEnum):
    """How the recorded act ended."""

    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
