"""Tables of the room: dated rules, requests, copies, erasures, breaches."""

from gapura.privacy.models.breaches import Breach, BreachPerson
from gapura.privacy.models.erasures import Erasure
from gapura.privacy.models.requests import Copy, DataRequest, Restriction
from gapura.privacy.models.rules import PrivacyRule

__all__ = [
    "Breach",
    "BreachPerson",
    "Copy",
    "DataRequest",
    "Erasure",
    "PrivacyRule",
    "Restriction",
]
