"""Until when roles paid from a regional budget last: the end of the budget year."""

from datetime import date

from gapura.access.errors import BeyondBudgetYear
from gapura.access.forms import BEYOND_YEAR
from gapura.access.models import AccessRequest, AccessRule
from gapura.access.roles import ROLES
from gapura.kernel import clock
from gapura.organizations.queries import LetterText, agency

# Where the money of an agency of a kind comes from; every other kind lives on the state's budget.
FUNDS = {"province": "apbd", "regency": "apbd", "city": "apbd"}
STATE_BUDGET = "apbn"


def funds_of(agency_kind: str) -> str:
    """The scope of rules that depend on the source of funds: apbd or apbn."""
    return FUNDS.get(agency_kind, STATE_BUDGET)


def ends_with_the_year(role: str, agency_kind: str) -> AccessRule | None:
    """The rule by which a role at an agency of this kind ends with the budget year, if it does.

    :raises LookupError: there is no rule for today: a legal number is never guessed.
    """
    scope = funds_of(agency_kind)
    rule = AccessRule.row_at("budget_year_roles", clock.today(), scope)
    if rule is None:
        raise LookupError(f"no rule 'budget_year_roles' for scope {scope!r}")
    return rule if role in rule.value else None


def year_bound(agency_code: str) -> bool:
    """Whether some role at this agency ends with the budget year."""
    kind = agency(agency_code).kind
    return any(ends_with_the_year(role, kind) for role in ROLES)


def budget_problem(row: AccessRequest, letter: LetterText) -> BeyondBudgetYear | None:
    """What is wrong with a last day after the budget year, unless the letter itself names it."""
    if row.agency is None or row.details.get(BEYOND_YEAR):
        return None
    rule = ends_with_the_year(row.role, row.agency.kind)
    last = date(_budget_year(row, letter), 12, 31)
    if rule is None or letter.valid_until <= last:
        return None
    return BeyondBudgetYear(last=last.isoformat(), law=rule.basis)


def letter_problem(
    letter: LetterText, roles: tuple[str, ...], agency_kind: str, year: int | None
) -> BeyondBudgetYear | None:
    """The same of a letter of the register that gives several roles; `year` is the one it names."""
    rules = [rule for role in roles if (rule := ends_with_the_year(role, agency_kind))]
    last = date(int(year or letter.valid_from.year), 12, 31)
    if not rules or letter.valid_until <= last:
        return None
    return BeyondBudgetYear(last=last.isoformat(), law=rules[0].basis)


def _budget_year(row: AccessRequest, letter: LetterText) -> int:
    """The one that a letter of the register names, else the year in which it begins to count."""
    named = row.letter.budget_year if row.letter is not None else None
    return int(named or letter.valid_from.year)
