"""What this room holds of people: roles asked for, given, named in letters, and invitations."""

from gapura.access.models import (
    AccessRequest,
    Appointment,
    ConflictFinding,
    Correction,
    ExpiryNotice,
    Grant,
    GrantPause,
    Import,
    Invitation,
    JoinRequest,
    LegacyLink,
    Review,
    ReviewLine,
    SavedFilter,
    Submission,
    Succession,
)
from gapura.kernel.holdings import Holding, Table
from gapura.kernel.texts import N_


def _held(
    name: str,
    title: str,
    read: Table,
    *,
    kind: str = "access",
    purpose: str = "access",
    basis: str = "public",
    keeps: str = "orders",
    origin: str = "person",
) -> Holding:
    return Holding(f"access.{name}", title, kind, purpose, basis, keeps, read, origin)


REQUESTS = _held(
    "request",
    N_("Your requests for access"),
    Table(
        AccessRequest,
        (
            "reference", "role", "agency", "unit", "company", "kind", "standing", "details",
            "unit_npwp", "state", "created_at", "submitted_at", "decided_at", "reason_code",
            "reason",
        ),
    ),
)  # fmt: skip
SUBMISSIONS = _held(
    "submission",
    N_("What you handed in with each request"),
    Table(
        Submission, ("request__reference", "number", "snapshot", "submitted_at"), "request__person"
    ),
)
CORRECTIONS = _held(
    "correction",
    N_("What you were asked to correct in requests"),
    Table(
        Correction,
        ("submission__request__reference", "field", "reason_code", "note", "asked_at"),
        "submission__request__person",
    ),
    origin="others",
)
GRANTS = _held(
    "grant",
    N_("Your access, now and in the past"),
    Table(
        Grant,
        (
            "id", "role", "agency", "unit", "company", "standing", "state", "valid",
            "approved_at", "activated_at", "ended_at", "end_reason",
        ),
    ),
    origin="agency",
)  # fmt: skip
PRINCIPALS = _held(
    "stand_in",
    N_("Access of those who stood in for you"),
    Table(Grant, ("id", "role", "agency", "unit", "standing", "valid", "ended_at"), "principal"),
    origin="agency",
)
PAUSES = _held(
    "pause",
    N_("When your access was paused"),
    Table(GrantPause, ("grant", "since", "until", "reason"), "grant__person"),
    origin="others",
)
EXPIRY_NOTICES = _held(
    "expiry_notice",
    N_("When you were told that access ends"),
    Table(ExpiryNotice, ("grant", "last_day", "days", "sent_at"), "grant__person"),
    purpose="inform",
    origin="system",
)
APPOINTMENTS = _held(
    "appointment",
    N_("Appointment letters that name you"),
    Table(
        Appointment,
        (
            "letter__number", "name", "nik", "email", "role", "agency", "unit", "standing",
            "valid", "state", "named_at", "ended_at",
        ),
    ),
    origin="agency",
)  # fmt: skip
JOINS = _held(
    "join_request",
    N_("Companies you asked to join"),
    Table(JoinRequest, ("company", "position", "state", "asked_at", "decided_at", "reason")),
    kind="company",
)
INVITATIONS = _held(
    "invitation",
    N_("Invitations to companies that you accepted"),
    Table(
        Invitation,
        ("company", "email", "role", "state", "invited_at", "expires_at", "ended_at"),
        "accepted_by",
    ),
    kind="company",
    origin="company",
)
INVITED = _held(
    "invited",
    N_("Invitations to companies that you sent"),
    Table(
        Invitation, ("company", "email", "role", "state", "invited_at", "ended_at"), "invited_by"
    ),
    kind="company",
)
REVIEW_LINES = _held(
    "review_line",
    N_("Your access in the reviews of your agency"),
    Table(
        ReviewLine,
        ("grant", "role", "agency", "unit", "state", "decided_at", "reason_code", "reason"),
    ),
    origin="others",
)
REVIEW_ANSWERS = _held(
    "review_answer",
    N_("Access of others that you confirmed or ended in reviews"),
    Table(ReviewLine, ("grant", "role", "unit", "state", "decided_at"), "decided_by"),
    kind="work",
)
REVIEWS = _held(
    "review",
    N_("Access reviews that you opened"),
    Table(Review, ("agency", "state", "reason", "due_on", "opened_at", "ended_at"), "opened_by"),
    kind="work",
)
CONFLICTS = _held(
    "conflict",
    N_("Roles of yours that were found in conflict"),
    Table(
        ConflictFinding,
        ("rule__code", "grant__role", "found_at", "cleared_at", "accepted_at", "reason"),
        "grant__person",
    ),
    origin="system",
)
LEGACY = _held(
    "legacy",
    N_("Your account at an older platform"),
    Table(LegacyLink, ("platform", "account", "username", "registered_on", "linked_at")),
    kind="identity",
)
FILTERS = _held(
    "filter",
    N_("Filters you kept"),
    Table(SavedFilter, ("name", "query", "created_at")),
    kind="settings",
    purpose="serve",
    basis="contract",
    keeps="account",
)
IMPORTS = _held(
    "import",
    N_("Lists of officers you brought in"),
    Table(
        Import,
        ("file_name", "created_at", "finished_at", "state", "lines", "faulty", "done"),
        "started_by",
    ),
    kind="work",
)
SUCCESSIONS = _held(
    "succession",
    N_("Companies you took over, or began to"),
    Table(
        Succession,
        ("company", "state", "deed_number", "deed_date", "former", "started_at", "ended_at"),
        "successor",
    ),
    kind="company",
)
