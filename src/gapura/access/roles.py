"""The roles as a table: where each acts, how strong a sign-in it needs, who approves it."""

from dataclasses import dataclass
from enum import StrEnum

from gapura.kernel.texts import N_


class Scope(StrEnum):
    """What one grant of a role reaches."""

    PLATFORM = "platform"
    AGENCY = "agency"
    UNIT = "unit"
    COMPANY = "company"


class Level(StrEnum):
    """Where a request waits for its decision; the second is one level up."""

    AGENCY = "agency"
    PLATFORM = "platform"


# Person types of the accounts room; a citizen holds no public office.
OFFICERS = ("pns", "pppk", "tni_polri")
ANYONE = (*OFFICERS, "citizen")

AGENCY_VERIFIER = "verifikator"
PLATFORM_ADMIN = "admin_platform"
UNIT_HEAD, AGENCY_ADMIN = "kepala_unit", "admin_instansi"
COMPANY_ADMIN, COMPANY_STAFF = "admin_perusahaan", "staf_perusahaan"
# A role whose holders decide at a level.
DECIDES: dict[str, Level] = {AGENCY_VERIFIER: Level.AGENCY, PLATFORM_ADMIN: Level.PLATFORM}


@dataclass(frozen=True, slots=True)
class Role:
    """One row. `least_acr` is the weakest sign-in under which the role is entered at all.

    Deeds that bind money or people ask for more. `may` completes "With this role you may ...".
    `requestable` says whether people apply for it themselves.
    """

    code: str
    name: str
    scope: Scope
    least_acr: int
    approved_by: tuple[str, ...]
    kinds: tuple[str, ...]
    requestable: bool
    may: str

    @property
    def needs_unit(self) -> bool:
        """True when the role is held at one unit (satker)."""
        return self.scope is Scope.UNIT

    @property
    def needs_letter(self) -> bool:
        """True when an appointment letter (SK) must carry the grant: every public office."""
        return self.requestable

    @property
    def level(self) -> Level:
        """Where a request for this role begins."""
        return DECIDES[self.approved_by[0]]


_AGENCY = (AGENCY_VERIFIER,)
_PLATFORM = (PLATFORM_ADMIN,)

_TABLE = (
    Role(
        "pa",
        N_("Budget user (PA)"),
        Scope.UNIT,
        2,
        _AGENCY,
        OFFICERS,
        True,
        N_("answer for the budget of your unit and appoint its officers"),
    ),
    Role(
        "kpa",
        N_("Proxy budget user (KPA)"),
        Scope.UNIT,
        2,
        _AGENCY,
        OFFICERS,
        True,
        N_("answer for the part of the budget that was delegated to you and appoint officers"),
    ),
    Role(
        "ppk",
        N_("Commitment officer (PPK)"),
        Scope.UNIT,
        2,
        _AGENCY,
        OFFICERS,
        True,
        N_("prepare purchases, choose products, sign orders and rate suppliers"),
    ),
    Role(
        "pp",
        N_("Procurement officer (PP)"),
        Scope.UNIT,
        2,
        _AGENCY,
        OFFICERS,
        True,
        N_("choose products and buy through the catalog up to the limit in force"),
    ),
    Role(
        "pokja",
        N_("Selection working group (Pokja Pemilihan)"),
        Scope.UNIT,
        2,
        _AGENCY,
        OFFICERS,
        False,
        N_("carry out the purchases above the limit of the procurement officer"),
    ),
    Role(
        "ppspm",
        N_("Payment order signatory (PPSPM)"),
        Scope.UNIT,
        2,
        _AGENCY,
        OFFICERS,
        False,
        N_("check payment requests and sign payment orders"),
    ),
    Role(
        "bendahara",
        N_("Treasurer (Bendahara)"),
        Scope.UNIT,
        2,
        _AGENCY,
        OFFICERS,
        True,
        N_("pay the orders of your unit and keep their proofs"),
    ),
    Role(
        "apip",
        N_("Internal auditor (APIP)"),
        Scope.AGENCY,
        2,
        _AGENCY,
        OFFICERS,
        True,
        N_("follow in the activity log all that happens in your agency, and change nothing"),
    ),
    Role(
        "verifikator",
        N_("Agency access verifier (Verifikator)"),
        Scope.AGENCY,
        2,
        _PLATFORM,
        OFFICERS,
        True,
        N_("check and decide access requests of your agency, never your own"),
    ),
    Role(
        "kepala_unit",
        N_("Head of unit (Kepala Unit)"),
        Scope.UNIT,
        1,
        _AGENCY,
        OFFICERS,
        False,
        N_("see who holds which access in your unit, and confirm it once a year"),
    ),
    Role(
        "admin_instansi",
        N_("Agency administrator (Admin Instansi)"),
        Scope.AGENCY,
        2,
        _PLATFORM,
        OFFICERS,
        True,
        N_("help the people of your agency, answer their messages and read its activity log"),
    ),
    Role(
        "kurator",
        N_("Catalog curator (Kurator)"),
        Scope.PLATFORM,
        2,
        _PLATFORM,
        OFFICERS,
        False,
        N_("check products before they appear in the catalog"),
    ),
    Role(
        "helpdesk",
        N_("Helpdesk officer (Helpdesk)"),
        Scope.PLATFORM,
        2,
        _PLATFORM,
        ANYONE,
        False,
        N_("answer messages to the administrator"),
    ),
    Role(
        "admin_platform",
        N_("Platform administrator (Admin Platform)"),
        Scope.PLATFORM,
        2,
        _PLATFORM,
        OFFICERS,
        True,
        N_("decide requests one level up and read the whole activity log"),
    ),
    Role(
        "admin_perusahaan",
        N_("Company administrator (Admin Perusahaan)"),
        Scope.COMPANY,
        1,
        _PLATFORM,
        ANYONE,
        False,
        N_("represent your company, upload products and admit its staff"),
    ),
    Role(
        "staf_perusahaan",
        N_("Company staff (Staf Perusahaan)"),
        Scope.COMPANY,
        1,
        ("admin_perusahaan",),
        ANYONE,
        False,
        N_("upload products and follow orders for your company"),
    ),
)

ROLES: dict[str, Role] = {role.code: role for role in _TABLE}
REQUESTABLE: tuple[Role, ...] = tuple(role for role in _TABLE if role.requestable)


def codes_of(scope: Scope) -> list[str]:
    """The role codes of one scope, in the table's order."""
    return [role.code for role in _TABLE if role.scope is scope]


def decided_by(role: str) -> list[str]:
    """The role codes whose requests `role` decides at their first level."""
    return [row.code for row in _TABLE if role in row.approved_by]
