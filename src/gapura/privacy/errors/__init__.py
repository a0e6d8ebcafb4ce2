"""Refusals of the room, as sentences."""

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
    "NoSuchCopy",
    "NoSuchRequest",
    "NotRestricted",
    "RequestDecided",
    "RequestOpen",
    "UnknownField",
    "WantedMissing",
]
