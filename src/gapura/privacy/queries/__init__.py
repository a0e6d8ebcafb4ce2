"""Reads of the room."""

from gapura.privacy.queries.breaches import BreachLine, BreachView, breach, breaches
from gapura.privacy.queries.copies import CopyView, copy_for, newest_copy
from gapura.privacy.queries.held import HoldingView, KindView, held, kinds_held
from gapura.privacy.queries.requests import (
    PAGE,
    RequestView,
    evidence_page,
    own_requests,
    queue,
    queue_size,
    request_for,
    restricted_since,
)
from gapura.privacy.rules.breaches import CLIENT, EVENT, HELD, SESSION, WAYS
from gapura.privacy.rules.requests import FIELDS, KIND_WORDS, LEAST, MOST, WANTED_MOST

__all__ = [
    "CLIENT",
    "EVENT",
    "FIELDS",
    "HELD",
    "KIND_WORDS",
    "LEAST",
    "MOST",
    "PAGE",
    "SESSION",
    "WANTED_MOST",
    "WAYS",
    "BreachLine",
    "BreachView",
    "CopyView",
    "HoldingView",
    "KindView",
    "RequestView",
    "breach",
    "breaches",
    "copy_for",
    "evidence_page",
    "held",
    "kinds_held",
    "newest_copy",
    "own_requests",
    "queue",
    "queue_size",
    "request_for",
    "restricted_since",
]
