"""Identity documents: deadlines in elapsed hours, when a claim falls free, who checks where."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from gapura.accounts.choices import AT_AGENCY, AT_PLATFORM
from gapura.accounts.rules.kinds import KINDS
from gapura.kernel.throttle import Limit

# Which roles compare documents, and where they wait for them.
CHECKERS = {
    "verifikator": AT_AGENCY,
    "admin_instansi": AT_AGENCY,
    "helpdesk": AT_PLATFORM,
    "admin_platform": AT_PLATFORM,
}
NOTE_LIMIT, REASON_AT_LEAST, REASON_LIMIT = 500, 10, 1000
# Each document costs somebody's time.
SENT_BY_PERSON = Limit("identity.document", 5, 86400)
# A file that was taken in but never became part of a case is forgotten after this time.
STRAY_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Correction:
    """One field sent back: names of choices.CORRECTABLE and CORRECTION_REASONS, and a free text."""

    field: str
    reason: str
    note: str = ""


def level_of(kind: str, agency: str) -> str:
    """Officers are known at their agency; nobody vouches for a citizen but the platform."""
    return AT_AGENCY if KINDS[kind].official and agency else AT_PLATFORM


def due_at(sent_at: datetime, hours: int) -> datetime:
    """3x24 hours are elapsed hours, not working days (INAPROC help centre 12966712756751)."""
    return sent_at + timedelta(hours=hours)
