"""Reads of the room."""

from gapura.privacy.purposes import KINDS
from gapura.privacy.queries.breaches import BreachLine, BreachView, breach, breaches
from gapura.privacy.queries.copies import CopyView, copy_for, newest_copy
from gapura.privacy.queries.erasures import (
    Certificate,
    ErasureView,
    check_certificate,
    erasure_to_undo,
    erasures,
    own_erasure,
    undo_hours,
)
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
from gapura.privacy.rules.breaches import TEXTS as BREACH_TEXTS
from gapura.privacy.rules.requests import LEAST, MOST, WANTED_MOST
from gapura.privacy.topics import FIELDS, KIND_WORDS

__all__ = [
    "BREACH_TEXTS",
    "CLIENT",
    "EVENT",
    "FIELDS",
    "HELD",
    "KINDS",
    "KIND_WORDS",
    "LEAST",
    "MOST",
    "PAGE",
    "SESSION",
    "WANTED_MOST",
    "WAYS",
    "BreachLine",
    "BreachView",
    "Certificate",
    "CopyView",
    "ErasureView",
    "HoldingView",
    "KindView",
    "RequestView",
    "breach",
    "breaches",
    "check_certificate",
    "copy_for",
    "erasure_to_undo",
    "erasures",
    "evidence_page",
    "held",
    "kinds_held",
    "newest_copy",
    "own_erasure",
    "own_requests",
    "queue",
    "queue_size",
    "request_for",
    "restricted_since",
    "undo_hours",
]
