"""Refusals of the room, as sentences."""

from gapura.privacy.errors.breaches import (
    NobodyFound,
    NobodyToTell,
    NoSuchBreach,
    NotAllTold,
)
from gapura.privacy.errors.erasures import ErasureObstructed, ErasureOpen, NoSuchErasure
from gapura.privacy.errors.requests import (
    BadText,
    NoSuchCopy,
    NoSuchHolding,
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
    "NoSuchBreach",
    "NoSuchCopy",
    "NoSuchErasure",
    "NoSuchHolding",
    "NoSuchRequest",
    "NobodyFound",
    "NobodyToTell",
    "NotAllTold",
    "NotRestricted",
    "RequestDecided",
    "RequestOpen",
    "UnknownField",
    "WantedMissing",
]
