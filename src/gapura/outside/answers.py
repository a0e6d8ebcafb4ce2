"""What is asked about, and what an authority's answer becomes."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class About:
    """Whom or what a question concerns, for the record: kind (`person`, `company`) and id."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Proof:
    """That an authority was asked and how it answered.

    `reference` is the authority's own; `result_hash` a keyed SHA-256 (hex) over question and
    answer, so that both can be proven later without being kept.
    """

    authority: str
    reference: str
    result_hash: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class IdentityAnswer:
    """`fields` says for `name` and `birth_date` whether they match; empty when not found."""

    found: bool
    fields: dict[str, bool]
    proof: Proof

    @property
    def matches(self) -> bool:
        """Found, and every field matches."""
        return self.found and all(self.fields.values())


@dataclass(frozen=True, slots=True)
class BusinessAnswer:
    """What OSS knows of a business number; all texts are empty unless it is active.

    `status`: active, not_found, revoked. `form`: pt, cv, ud, koperasi, perorangan. `scale`: micro,
    small, medium, large. `region` is a regency's code, `kblis` five-digit codes.
    """

    status: str
    name: str
    form: str
    owner_matches: bool
    scale: str
    kblis: tuple[str, ...]
    region: str
    npwp: str
    proof: Proof


@dataclass(frozen=True, slots=True)
class TaxAnswer:
    """`status`: active, not_found, inactive. `taxable`: registered for VAT (PKP)."""

    status: str
    name_matches: bool
    taxable: bool
    proof: Proof


@dataclass(frozen=True, slots=True)
class BlacklistAnswer:
    """Listed today or not; `until` None means without an end. `decision` is the decree's number."""

    listed: bool
    since: date | None
    until: date | None
    decision: str
    proof: Proof


@dataclass(frozen=True, slots=True)
class LegacyAnswer:
    """An account of SiRUP: `account` is its lasting number there, `registered_on` its first day.

    `status`: confirmed, wrong_credentials, already_linked; the others are empty unless confirmed.
    """

    status: str
    account: str
    registered_on: date | None
    proof: Proof


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day off. `kind`: national, joint_leave. `region` is empty for the whole country."""

    day: date
    name: str
    kind: str
    region: str = ""


@dataclass(frozen=True, slots=True)
class AuthorityStanding:
    """How an authority stands. `name` is a message id; `state`: up, down, unknown.

    `since` is when that began as far as we saw, `retry_at` when the next question will be let
    through while it is down.
    """

    authority: str
    name: str
    state: str
    since: datetime | None
    retry_at: datetime | None


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What taking over a year's calendar changed, and the proof of where it came from."""

    year: int
    added: tuple[date, ...]
    removed: tuple[date, ...]
    proof: Proof


@dataclass(frozen=True, slots=True)
class AuthorityReport:
    """An authority as the platform sees it: its standing, and what was last seen of it.

    `failures` are those since the last good answer, `fault` the last one in a word. The two moments
    are of questions within WATCHED_DAYS; None when there was none.
    """

    standing: AuthorityStanding
    connected: bool
    failures: int
    fault: str
    answered_at: datetime | None
    failed_at: datetime | None


@dataclass(frozen=True, slots=True)
class CalendarAge:
    """The holiday calendar of one year: days taken over, and when; None when it is worked out."""

    year: int
    days: int
    taken_over_at: datetime | None
