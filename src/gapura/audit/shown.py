"""What pages of the log are given: rows, a page of them, one entry in full."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gapura.audit.proof.standing import Standing
from gapura.audit.proof.watch import VerifiedUpTo
from gapura.audit.search.looks import People


# Not frozen: that takes ten times as long to make, and a page makes forty.
@dataclass(slots=True)
class LogRow:
    """An entry as its reader may see it. `sentence` is in the language active at reading.

    `actor` is the name, else the username. `ip` and `user_agent` are empty where there are none,
    and a word in brackets where they are hidden or erased.
    """

    id: UUID
    occurred_at: datetime
    sentence: str
    name: str
    result: str
    actor: str
    username: str
    role: str
    agency: str
    unit: str
    ip: str
    user_agent: str
    subject_kind: str
    subject_id: str
    subject_label: str
    on_behalf_of: str
    standing: Standing
    index: int | None

    @property
    def verified(self) -> bool:
        """Proven, from its own bytes up to the signed root."""
        return self.standing == Standing.PROVEN


@dataclass(frozen=True, slots=True)
class LogPage:
    """Rows in reading order, newest first unless `oldest_first` was asked for.

    `next` goes into `Filters.after`, `previous` into `Filters.before`; None where the log ends.
    `people` are those besides the reader whom the rows are about or who acted.
    """

    rows: tuple[LogRow, ...]
    next: UUID | None
    verified: VerifiedUpTo
    previous: UUID | None
    people: People


@dataclass(frozen=True, slots=True)
class Change:
    """One field that was set: the old and the new value; None where there was none."""

    field: str
    before: Any
    after: Any

    @property
    def differs(self) -> bool:
        """False for a field that is told for context only."""
        return bool(self.before != self.after)


@dataclass(frozen=True, slots=True)
class Detail:
    """An entry in full, with what others need to check it: index, proof (base64), signed note.

    `related` is what the same request wrote besides, as far as its reader may see it; `people` are
    all these entries', for an overseer.
    """

    row: LogRow
    actor_person: UUID | None
    person: UUID | None
    readers: str
    facts: dict[str, Any]
    changes: tuple[Change, ...]
    recorded_at: datetime
    session: UUID | None
    grant: UUID | None
    request_id: str
    proof: tuple[str, ...]
    checkpoint: VerifiedUpTo
    related: tuple[LogRow, ...]
    people: People
