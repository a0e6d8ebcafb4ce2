"""Reads of this room: places, letters, companies and their standing."""

from gapura.organizations.facts import CompanyFacts, Source
from gapura.organizations.kinds import (
    ADOPTABLE,
    COMPARED,
    COMPARED_FIELDS,
    CONFIRMED,
    FORMS,
    LETTER_KEEPERS,
    OUTCOMES,
    PAPERS,
    PLACE_CHANGES,
    SCALES,
    SETTLED,
    SMALL_SCALES,
    STANDINGS,
    STAY_OR_END,
)
from gapura.organizations.queries.branches import (
    Branch,
    PastPaper,
    branch_for,
    branches_of,
    branches_on,
    papers_ending,
    past_papers,
    regencies,
)
from gapura.organizations.queries.changes import (
    AgencyPage,
    Change,
    agency_page,
    change_for,
    changes_due,
    name_on,
)
from gapura.organizations.queries.chosen import chosen_letter
from gapura.organizations.queries.companies import (
    CompanyView,
    companies_named,
    companies_to_check,
    company,
    company_of_nib,
    standing_of,
    standings_of,
)
from gapura.organizations.queries.comparison import (
    Asked,
    Compared,
    Comparison,
    Said,
    comparison,
)
from gapura.organizations.queries.differences import (
    CompanyRecord,
    Difference,
    KeptFacts,
    StandingRow,
    companies_for,
    companies_to_compare,
    company_record,
    kept_facts,
    open_differences,
)
from gapura.organizations.queries.keeping import (
    FRESH,
    NEVER,
    OVERDUE,
    SOON,
    UnitLine,
    UnitList,
    UnitPage,
    agencies_to_remind,
    rule_of_places,
    unit_page,
    units_to_keep,
)
from gapura.organizations.queries.letters import (
    LETTER_MACHINE,
    LETTER_STATES,
    LetterChoice,
    LetterFilters,
    LetterList,
    RegisterLetter,
    letters_to_check,
    live_letters,
    register_letter_for,
    register_letters,
    registered_letters,
)
from gapura.organizations.queries.own_company import (
    Application,
    CompanyPage,
    Paper,
    Standing,
    application_of,
    company_for,
    founder_of,
    free_since,
    live_standing,
    numbers_of,
    open_paper,
    open_past_paper,
)
from gapura.organizations.queries.places import (
    AgencyView,
    LetterView,
    UnitPath,
    UnitView,
    agencies_by_code,
    agency,
    find_agencies,
    letter_for,
    letter_view,
    open_agencies,
    own_letters,
    unit,
    unit_paths,
    units_by_code,
    units_of,
)
from gapura.organizations.queries.sellers import companies_among, company_names
from gapura.organizations.queries.spots import (
    PLATFORM,
    SPOT_KINDS,
    Spot,
    spot,
    spot_read,
    spot_statement,
)
from gapura.organizations.queries.units import UnitFacts, codes_below, unit_facts
from gapura.organizations.queries.waiting import WaitingLetter, letters_entered_by
from gapura.organizations.rules import (
    FACTS_MINUTES,
    LetterText,
    bare_number,
    is_nib,
    is_npwp,
    letter_problems,
    papers_needed,
    whole_npwp,
)

__all__ = [
    "ADOPTABLE", "COMPARED", "COMPARED_FIELDS", "CONFIRMED", "FACTS_MINUTES", "FORMS", "FRESH",
    "LETTER_KEEPERS", "LETTER_MACHINE", "LETTER_STATES", "NEVER", "OUTCOMES", "OVERDUE", "PAPERS",
    "PLACE_CHANGES", "PLATFORM", "SCALES", "SETTLED", "SMALL_SCALES", "SOON", "SPOT_KINDS",
    "STANDINGS", "STAY_OR_END", "AgencyPage", "AgencyView", "Application", "Asked", "Branch",
    "Change", "CompanyFacts", "CompanyPage", "CompanyRecord", "CompanyView", "Compared",
    "Comparison", "Difference", "KeptFacts", "LetterChoice", "LetterFilters", "LetterList",
    "LetterText", "LetterView", "Paper", "PastPaper", "RegisterLetter", "Said", "Source", "Spot",
    "Standing", "StandingRow", "UnitFacts", "UnitLine", "UnitList", "UnitPage", "UnitPath",
    "UnitView", "WaitingLetter", "agencies_by_code", "agencies_to_remind", "agency", "agency_page",
    "application_of", "bare_number", "branch_for", "branches_of", "branches_on", "change_for",
    "changes_due", "chosen_letter", "codes_below", "companies_among", "companies_for",
    "companies_named", "companies_to_check", "companies_to_compare", "company", "company_for",
    "company_names", "company_of_nib", "company_record", "comparison", "find_agencies",
    "founder_of", "free_since", "is_nib", "is_npwp", "kept_facts", "letter_for", "letter_problems",
    "letter_view", "letters_entered_by", "letters_to_check", "live_letters", "live_standing",
    "name_on", "numbers_of", "open_agencies", "open_differences", "open_paper", "open_past_paper",
    "own_letters", "papers_ending", "papers_needed", "past_papers", "regencies",
    "register_letter_for", "register_letters", "registered_letters", "rule_of_places", "spot",
    "spot_read", "spot_statement", "standing_of", "standings_of", "unit", "unit_facts",
    "unit_page", "unit_paths", "units_by_code", "units_of", "units_to_keep", "whole_npwp",
]  # fmt: skip
