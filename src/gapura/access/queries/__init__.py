"""Reads of the access room: working grants, the verifiers' queue, requests, its tables."""

from gapura.access.drafts import LetterDraft
from gapura.access.queries.grants import active_grants, grants_of, holders
from gapura.access.queries.matters import open_matters
from gapura.access.queries.neighbors import neighbors
from gapura.access.queries.queue import PAGE, queue_counts, queue_figures, queue_for
from gapura.access.queries.requests import draft_view, own_requests, request_for
from gapura.access.queries.views import (
    Applicant,
    CorrectionView,
    DraftView,
    GrantView,
    LetterView,
    Matter,
    Moment,
    Neighbors,
    OwnRequest,
    Place,
    Queue,
    QueueFigures,
    QueueFilters,
    QueueRow,
    RequestView,
    SubmissionView,
)
from gapura.access.reasons import (
    CHECKLIST,
    CORRECTABLE,
    CORRECTION_REASONS,
    IDENTITY,
    MOMENTS,
    REJECTION_REASONS,
)
from gapura.access.roles import REQUESTABLE, ROLES, Level, Role, Scope
from gapura.access.rules import CLAIM_MINUTES, REASON_AT_LEAST
from gapura.access.states import GRANT, REQUEST

__all__ = [
    "CHECKLIST",
    "CLAIM_MINUTES",
    "CORRECTABLE",
    "CORRECTION_REASONS",
    "GRANT",
    "IDENTITY",
    "MOMENTS",
    "PAGE",
    "REASON_AT_LEAST",
    "REJECTION_REASONS",
    "REQUEST",
    "REQUESTABLE",
    "ROLES",
    "Applicant",
    "CorrectionView",
    "DraftView",
    "GrantView",
    "LetterDraft",
    "LetterView",
    "Level",
    "Matter",
    "Moment",
    "Neighbors",
    "OwnRequest",
    "Place",
    "Queue",
    "QueueFigures",
    "QueueFilters",
    "QueueRow",
    "RequestView",
    "Role",
    "Scope",
    "SubmissionView",
    "active_grants",
    "draft_view",
    "grants_of",
    "holders",
    "neighbors",
    "open_matters",
    "own_requests",
    "queue_counts",
    "queue_figures",
    "queue_for",
    "request_for",
]
