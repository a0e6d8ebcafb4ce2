"""Tables of this room: requests, grants, appointments, dated law; a company's people."""

from gapura.access.models.appointments import Appointment, Import, ImportLine
from gapura.access.models.companies import Invitation, JoinRequest
from gapura.access.models.conflicts import ConflictFinding, ConflictRule, StandingRule
from gapura.access.models.grants import ExpiryNotice, Grant, GrantPause, SavedFilter
from gapura.access.models.legacy import LegacyLink
from gapura.access.models.requests import AccessRequest, AccessRule, Correction, Submission
from gapura.access.models.reviews import Review, ReviewCall, ReviewLine
from gapura.access.models.successions import Succession

__all__ = [
    "AccessRequest",
    "AccessRule",
    "Appointment",
    "ConflictFinding",
    "ConflictRule",
    "Correction",
    "ExpiryNotice",
    "Grant",
    "GrantPause",
    "Import",
    "ImportLine",
    "Invitation",
    "JoinRequest",
    "LegacyLink",
    "Review",
    "ReviewCall",
    "ReviewLine",
    "SavedFilter",
    "StandingRule",
    "Submission",
    "Succession",
]
