"""Tables of this room: places and letters, companies and their standing."""

from gapura.organizations.models.branches import CompanyAnswer, CompanyBranch
from gapura.organizations.models.companies import (
    Company,
    CompanyApplication,
    CompanyDocument,
    CompanyKbli,
    CompanyStanding,
)
from gapura.organizations.models.differences import CompanyDifference
from gapura.organizations.models.keeping import (
    PlaceChange,
    PlaceName,
    PlaceRule,
    UnitConfirmation,
)
from gapura.organizations.models.places import Agency, AppointmentLetter, Region, Unit

__all__ = [
    "Agency",
    "AppointmentLetter",
    "Company",
    "CompanyAnswer",
    "CompanyApplication",
    "CompanyBranch",
    "CompanyDifference",
    "CompanyDocument",
    "CompanyKbli",
    "CompanyStanding",
    "PlaceChange",
    "PlaceName",
    "PlaceRule",
    "Region",
    "Unit",
    "UnitConfirmation",
]
