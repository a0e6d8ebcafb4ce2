"""What the form of each role asks besides place and letter, by type of person: plain tables."""

from collections.abc import Collection
from dataclasses import dataclass

from gapura.access.kinds import OF_COMPANIES
from gapura.access.roles import AGENCY_VERIFIER, ANYONE, OFFICERS, Scope, codes_of
from gapura.kernel.texts import N_

# Ranks (golongan) by type of person; soldiers and police write their rank (pangkat).
_PNS = tuple(f"{band}/{step}" for band in ("I", "II", "III") for step in "abcd")
RANKS: dict[str, tuple[str, ...]] = {
    "pns": (*_PNS, *(f"IV/{step}" for step in "abcde")),
    "pppk": (
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV",
        "XV", "XVI", "XVII",
    ),
}  # fmt: skip

RANK, UNIT_NPWP, UNIT_ADDRESS = "rank", "unit_npwp", "unit_address"
DIVISION, LEGACY_USERNAME, DEPUTY = "division", "legacy_username", "deputy"
# Stands among the answers where the letter itself names a last day after the budget year.
BEYOND_YEAR = "beyond_year"
# The unit's number as known was confirmed.
NPWP_CONFIRMED = "npwp_confirmed"
# What belongs to the unit and not to the person: forgotten when another unit is chosen.
OF_THE_UNIT = (UNIT_NPWP, UNIT_ADDRESS, NPWP_CONFIRMED)


@dataclass(frozen=True, slots=True)
class FormField:
    """One row: which roles and types of person are asked, and what a line may hold.

    `missing` is said when it is required and empty. `at_company` says whether it is asked where
    the role is held at a company.
    """

    name: str
    label: str
    roles: tuple[str, ...]
    kinds: tuple[str, ...] = ANYONE
    missing: str = ""
    hint: str = ""
    least: int = 1
    most: int = 100
    at_company: bool = False

    @property
    def required(self) -> bool:
        """Must be answered before the request can be sent in."""
        return bool(self.missing)


# Everybody whose role is held at one unit gets the common form of government buyers.
_COMMON = tuple(codes_of(Scope.UNIT))

QUESTIONS: tuple[FormField, ...] = (
    FormField(
        RANK,
        N_("Rank (golongan or pangkat)"),
        _COMMON,
        OFFICERS,
        missing=N_("Choose or enter your rank."),
        least=2,
        most=60,
    ),
    FormField(
        UNIT_NPWP,
        N_("Tax number of the unit (NPWP)"),
        _COMMON,
        missing=N_("Enter the tax number (NPWP) of your unit, not your own."),
        hint=N_("15 or 16 digits, of the unit (satker) and not your own."),
        most=40,
    ),
    FormField(
        UNIT_ADDRESS,
        N_("Address of the unit"),
        _COMMON,
        missing=N_("Enter the address of your unit: nobody has told it yet."),
        hint=N_("You are the first of this unit here. Others are not asked again."),
        least=10,
        most=300,
    ),
    FormField(DIVISION, N_("Division or section"), _COMMON, at_company=True, most=150),
    FormField(
        LEGACY_USERNAME,
        N_("Username on the platform of before"),
        _COMMON,
        hint=N_("For example your user id of LPSE or of the catalog of before."),
        at_company=True,
    ),
    FormField(
        DEPUTY,
        N_("Deputy named in the letter"),
        (AGENCY_VERIFIER,),
        hint=N_("Who verifies while you are away, if the letter names somebody."),
        least=2,
    ),
)
BY_NAME: dict[str, FormField] = {question.name: question for question in QUESTIONS}

# Who may link the account that the platform of before had made for them.
LINKED_ROLES = ("pa", "kpa")
SIRUP = "sirup"


def asked(
    role: str, kind: str, *, at_company: bool = False, known: Collection[str] = ()
) -> tuple[FormField, ...]:
    """The questions of a role for a type of person, in the order of the form.

    `known` are names of what need not be asked any more, such as the unit's address.
    """
    return tuple(
        question
        for question in QUESTIONS
        if role in question.roles
        and kind in question.kinds
        and question.name not in known
        and (question.at_company or not at_company)
    )


def is_rank(kind: str, rank: str) -> bool:
    """A rank of the list; any line for those whose ranks are not in a list."""
    return rank in RANKS[kind] if kind in RANKS else True


def may_be_at_a_company(role: str) -> bool:
    """Buyers of state, regional and private enterprises hold these at their company."""
    return role in OF_COMPANIES
