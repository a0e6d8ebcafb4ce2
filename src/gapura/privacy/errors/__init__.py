"""Refusals of the room, as sentences."""

from gapura.privacy.errors.erasures import ErasureObstructed, ErasureOpen, NoSuchErasure
from gapura.privacy.errors.requests import (
    BadText,
    NoSuchCopy,
    NoSuchRequest,
    NotRestricted,
    RequestDecided,
    RequestOpen,
    UnknownField,
    WantedMissing,
)

__all__ = [
    "BadText",
    "ErasureObstructed",
    "ErasureOpen",
    "NoSuchCopy",
    "NoSuchErasure",
    "NoSuchRequest",
    "NotRestricted",
    "RequestDecided",
    "RequestOpen",
    "UnknownField",
    "WantedMissing",
]
