"""Tables of this room."""

from gapura.accounts.models.campaigns import Campaign, CampaignLine
from gapura.accounts.models.contacts import ContactChange
from gapura.accounts.models.duplicates import Duplicate
from gapura.accounts.models.holds import PersonHold
from gapura.accounts.models.people import (
    AccountRule,
    IdentityCase,
    IdentityProof,
    Person,
    PhoneCode,
)

__all__ = [
    "AccountRule",
    "Campaign",
    "CampaignLine",
    "ContactChange",
    "Duplicate",
    "IdentityCase",
    "IdentityProof",
    "Person",
    "PersonHold",
    "PhoneCode",
]
