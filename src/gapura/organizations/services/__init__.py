"""What can be done to letters, places and companies: one verb each, with its event."""

from gapura.organizations.services.applications import (
    keep_address,
    keep_paper,
    note_lookup,
    prune_applications,
)
from gapura.organizations.services.companies import add_paper, found_company, register_company
from gapura.organizations.services.letters import register_letter, revoke_letter
from gapura.organizations.services.places import close_agency, close_unit
from gapura.organizations.services.reference import load_reference
from gapura.organizations.services.standing import lift_standing, note_checked, record_standing

__all__ = [
    "add_paper",
    "close_agency",
    "close_unit",
    "found_company",
    "keep_address",
    "keep_paper",
    "lift_standing",
    "load_reference",
    "note_checked",
    "note_lookup",
    "prune_applications",
    "record_standing",
    "register_company",
    "register_letter",
    "revoke_letter",
]
