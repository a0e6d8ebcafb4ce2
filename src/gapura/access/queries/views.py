"""What pages get to see of requests and grants: small immutable views."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from gapura.kernel.permissions import Clause
from gapura.organizations.queries import LetterText


@dataclass(frozen=True, slots=True)
class Place:
    """Where a role is held: codes and names, empty where the role's scope has none."""

    agency: str = ""
    agency_name: str = ""
    unit: str = ""
    unit_name: str = ""
    company: str = ""
    company_name: str = ""
    zone: str = "Asia/Jakarta"

    @property
    def label(self) -> str:
        """One line, the narrowest first."""
        names = (self.unit_name, self.agency_name, self.company_name)
        return ", ".join(name for name in names if name)


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who applies; numbers come masked from the accounts room when a page asks for them."""

    id: UUID
    username: str
    name: str
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """One field that was sent back."""

    field: str
    reason_code: str
    note: str


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """One submitted version and what was found wrong with it."""

    number: int
    submitted_at: datetime
    snapshot: dict[str, Any]
    corrections: tuple[CorrectionView, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the request's timeline. `kind` is a name of MOMENTS; `by` a person's name."""

    at: datetime
    kind: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class LetterView:
    """The letter of a request: as typed, and once submitted, with its reference."""

    details: LetterText
    reference: str = ""
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request in full. `verbs` are those of the state table that the actor may use now;
    `obstacles` are what keeps the actor from checking it. `path` is that of the unit, if any.
    """

    id: UUID
    reference: str
    role: str
    kind: str
    place: Place
    path: str
    applicant: Applicant
    state: str
    level: str
    letter: LetterView | None
    document: UUID | None
    created_at: datetime
    submitted_at: datetime | None
    due_at: datetime | None
    late: bool
    claimed_by: UUID | None
    claimed_by_name: str
    claimed_at: datetime | None
    claim_is_free: bool
    sent_back_by: UUID | None
    decided_by: UUID | None
    decided_by_name: str
    decided_at: datetime | None
    reason_code: str
    reason: str
    grant: UUID | None
    grant_state: str
    submissions: tuple[SubmissionView, ...]
    timeline: tuple[Moment, ...]
    verbs: tuple[str, ...]
    is_own: bool
    obstacles: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """One line of a person's own list."""

    id: UUID
    reference: str
    role: str
    place: Place
    state: str
    created_at: datetime
    submitted_at: datetime | None
    due_at: datetime | None
    decided_at: datetime | None
    grant: UUID | None
    grant_state: str


@dataclass(frozen=True, slots=True)
class GrantView:
    """One access. `works` says whether it can be used today, `why_not` (message id) why not.

    `valid_until` is the last valid day, None when open. `activate_before` is set while it waits.
    """

    id: UUID
    role: str
    place: Place
    state: str
    works: bool
    why_not: str
    valid_from: date | None
    valid_until: date | None
    letter: str
    approved_at: datetime
    activated_at: datetime | None
    activate_before: datetime | None
    ended_at: datetime | None
    end_reason: str


@dataclass(frozen=True, slots=True)
class QueueFilters:
    """Which tab (`all mine unclaimed late`), role, part of a name or reference, and after which row
    (`Queue.next`).
    """

    tab: str = "all"
    role: str = ""
    text: str = ""
    after: str = ""


class QueueRow(NamedTuple):
    """One request that waits for a decision. A tuple is made quickest, and there are forty."""

    id: UUID
    reference: str
    role: str
    applicant: str
    agency_name: str
    unit_name: str
    state: str
    submitted_at: datetime
    due_at: datetime
    late: bool
    escalated: bool
    claimed_by: UUID | None
    claimed_by_name: str
    claim_is_free: bool


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """How many requests are in each tab, and the soonest deadline of all; None for none.

    `more` names the tabs that hold more than was counted.
    """

    counts: dict[str, int]
    soonest: datetime | None
    more: frozenset[str] = frozenset()

    def shown(self, tab: str) -> str:
        """The number as people read it, such as `12` or `1000+`."""
        return f"{self.counts[tab]}+" if tab in self.more else str(self.counts[tab])


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the queue, soonest deadline first; `next` is empty on the last page."""

    rows: tuple[QueueRow, ...]
    figures: QueueFigures
    next: str

    @property
    def counts(self) -> dict[str, int]:
        """How many are in each tab, up to where they are counted."""
        return self.figures.counts


@dataclass(frozen=True, slots=True)
class Matter:
    """A request that is not at its end: not answered yet, or approved and not activated.

    `activate_before` is set while it waits for its activation. With `by_letter` nobody asked for
    it: a letter of the register names the person, and `id` is that appointment.
    """

    id: UUID
    reference: str
    role: str
    place: Place
    state: str
    due_at: datetime | None
    grant_state: str
    activate_before: datetime | None
    by_letter: bool = False


@dataclass(frozen=True, slots=True)
class Neighbors:
    """The requests due just before and just after one, as (id, reference); None at the ends."""

    previous: tuple[UUID, str] | None
    next: tuple[UUID, str] | None
