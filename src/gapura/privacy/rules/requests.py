"""Which requests there are, who answers which, and their clock; plain data and functions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from gapura.kernel.throttle import Limit
from gapura.privacy.topics import ACCESS, CORRECTION, KIND_WORDS, RESTRICTION

AGENCY, PLATFORM = "agency", "platform"

# Characters of what people write, and of the answer.
LEAST, MOST = 10, 2000
WANTED_MOST = 300
ASKED_BY_PERSON = Limit("privacy.request", 10, 86400)
COPIES_BY_PERSON = Limit("privacy.copy", 5, 86400)

# The officer of art. 53 is who runs the platform; an agency's administrator answers for its own.
OFFICER, AGENCY_ROLE = "admin_platform", "admin_instansi"


@dataclass(frozen=True, slots=True)
class Kind:
    """A right of UU 27/2022: its name, its articles, and the dated rows of its clock."""

    name: str
    law: str
    hours: str
    warns: str


KINDS = {
    ACCESS: Kind(KIND_WORDS[ACCESS], "UU 27/2022 Pasal 7, 32", "access.hours", "access.warn_hours"),
    CORRECTION: Kind(
        KIND_WORDS[CORRECTION],
        "UU 27/2022 Pasal 6, 30",
        "correction.hours",
        "correction.warn_hours",
    ),
    RESTRICTION: Kind(
        KIND_WORDS[RESTRICTION],
        "UU 27/2022 Pasal 11, 41",
        "restriction.hours",
        "restriction.warn_hours",
    ),
}

# Who decides: identity goes to who checks identities, at the agency where there is one.
IDENTITY_FIELDS = frozenset({"name", "nik", "nip"})
_AT_THE_AGENCY = IDENTITY_FIELDS | {"employment", "access"}


def desk_of(kind: str, field: str, agency: str) -> str:
    """Who decides: what an agency knows goes to its administrator, all else to the officer."""
    if kind == CORRECTION and field in _AT_THE_AGENCY and agency:
        return AGENCY
    return PLATFORM


def due_at(asked_at: datetime, hours: int) -> datetime:
    """The 3x24 hours of art. 30, 32 and 41 are elapsed hours: no zone and no holiday moves them."""
    return asked_at + timedelta(hours=hours)


def is_late(due: datetime, now: datetime) -> bool:
    """Whether the hours are over."""
    return now >= due


def hours_between(since: datetime, until: datetime) -> int:
    """Whole hours that went by."""
    return int((until - since) / timedelta(hours=1))
