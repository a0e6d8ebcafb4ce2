"""What can be done to letters, places and companies: one verb each, with its event."""

from gapura.organizations.letter_facts import LetterToCheck, LetterToEnd
from gapura.organizations.models import PlaceChange
from gapura.organizations.services.answers import note_answer, take_turn
from gapura.organizations.services.applications import (
    keep_address,
    keep_paper,
    note_lookup,
    prune_applications,
)
from gapura.organizations.services.branches import (
    BranchText,
    change_branch,
    close_branch,
    open_branch,
)
from gapura.organizations.services.changes import (
    merge_unit,
    move_unit,
    rename_agency,
    rename_unit,
)
from gapura.organizations.services.companies import found_company, register_company
from gapura.organizations.services.confirming import UnitTruth, confirm_unit, note_reminded
from gapura.organizations.services.decreed import Decreed
from gapura.organizations.services.differences import (
    Answered,
    adopt_difference,
    note_differences,
    skip_comparison,
)
from gapura.organizations.services.endings import close_agency, close_unit
from gapura.organizations.services.following import apply_change, cancel_change
from gapura.organizations.services.letter_views import open_letter_file, open_letter_page
from gapura.organizations.services.letters import hold_letter, register_letter, revoke_letter
from gapura.organizations.services.letters_register import (
    LetterScope,
    Standing,
    check_letter,
    enter_letter,
    refuse_letter,
    replace_letter,
    withdraw_letter,
)
from gapura.organizations.services.papers import (
    PaperText,
    add_paper,
    check_paper_text,
    note_papers_reminded,
)
from gapura.organizations.services.reference import load_reference
from gapura.organizations.services.standing import lift_standing, note_checked, record_standing
from gapura.organizations.services.units import describe_unit

__all__ = [
    "Answered",
    "BranchText",
    "Decreed",
    "LetterScope",
    "LetterToCheck",
    "LetterToEnd",
    "PaperText",
    "PlaceChange",
    "Standing",
    "UnitTruth",
    "add_paper",
    "adopt_difference",
    "apply_change",
    "cancel_change",
    "change_branch",
    "check_letter",
    "check_paper_text",
    "close_agency",
    "close_branch",
    "close_unit",
    "confirm_unit",
    "describe_unit",
    "enter_letter",
    "found_company",
    "hold_letter",
    "keep_address",
    "keep_paper",
    "lift_standing",
    "load_reference",
    "merge_unit",
    "move_unit",
    "note_answer",
    "note_checked",
    "note_differences",
    "note_lookup",
    "note_papers_reminded",
    "note_reminded",
    "open_branch",
    "open_letter_file",
    "open_letter_page",
    "prune_applications",
    "record_standing",
    "refuse_letter",
    "register_company",
    "register_letter",
    "rename_agency",
    "rename_unit",
    "replace_letter",
    "revoke_letter",
    "skip_comparison",
    "take_turn",
    "withdraw_letter",
]
