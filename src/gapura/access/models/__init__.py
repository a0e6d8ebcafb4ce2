"""Tables of this room: requests and grants; how people come to a company."""

from gapura.access.models.companies import Invitation, JoinRequest
from gapura.access.models.requests import (
    AccessRequest,
    AccessRule,
    Correction,
    Grant,
    Submission,
)

__all__ = [
    "AccessRequest",
    "AccessRule",
    "Correction",
    "Grant",
    "Invitation",
    "JoinRequest",
    "Submission",
]
