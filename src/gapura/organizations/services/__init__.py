"""What can be done to letters, places and companies: one verb each, with its event."""

from gapura.organizations.services.companies import register_company
from gapura.organizations.services.letters import register_letter, revoke_letter
from gapura.organizations.services.places import close_agency, close_unit
from gapura.organizations.services.reference import load_reference

__all__ = [
    "close_agency",
    "close_unit",
    "load_reference",
    "register_company",
    "register_letter",
    "revoke_letter",
]
