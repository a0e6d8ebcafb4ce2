"""What this room holds of people: companies they registered, what they tried to register."""

from gapura.kernel.holdings import Holding, Table
from gapura.kernel.texts import N_
from gapura.organizations.models import AppointmentLetter, Company, CompanyApplication

COMPANIES = Holding(
    "organizations.company",
    N_("Companies you registered"),
    kind="company",
    purpose="procure",
    basis="public",
    keeps="orders",
    read=Table(
        Company,
        ("code", "name", "nib", "npwp", "address", "region", "registered_at", "checked_at"),
        "registered_by",
    ),
)
APPLICATIONS = Holding(
    "organizations.application",
    N_("A company you began to register"),
    kind="company",
    purpose="procure",
    basis="contract",
    keeps="use",
    read=Table(CompanyApplication, ("nib", "outcome", "facts", "address", "checked_at")),
)
LETTERS = Holding(
    "organizations.letter",
    N_("Appointment letters you handed in"),
    kind="access",
    purpose="access",
    basis="public",
    keeps="orders",
    read=Table(
        AppointmentLetter,
        ("reference", "number", "signed_on", "agency", "unit", "valid", "state", "created_at"),
        "created_by",
    ),
)
