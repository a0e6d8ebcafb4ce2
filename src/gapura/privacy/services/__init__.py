"""Writes of the room: one verb each."""

from gapura.privacy.services.asking import (
    Evidence,
    ask_correction,
    ask_restriction,
    lift_restriction,
    withdraw_request,
)
from gapura.privacy.services.clocks import BATCH, escalate_requests, warn_requests
from gapura.privacy.services.copies import (
    FORMATS,
    ask_for_copy,
    begin_stray_copies,
    drop_old_copies,
    fetch_copy,
    make_copy,
)
from gapura.privacy.services.deciding import fulfill_request, refuse_request, take_request

__all__ = [
    "BATCH",
    "FORMATS",
    "Evidence",
    "ask_correction",
    "ask_for_copy",
    "ask_restriction",
    "begin_stray_copies",
    "drop_old_copies",
    "escalate_requests",
    "fetch_copy",
    "fulfill_request",
    "lift_restriction",
    "make_copy",
    "refuse_request",
    "take_request",
    "warn_requests",
    "withdraw_request",
]
