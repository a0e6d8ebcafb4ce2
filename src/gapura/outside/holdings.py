"""What this room holds of people: which authority was asked about them, and what it answered."""

from gapura.kernel.holdings import Holding, Table
from gapura.kernel.texts import N_
from gapura.outside.models import Check

CHECKS = Holding(
    "outside.check",
    N_("What authorities were asked about you"),
    kind="identity",
    purpose="verify",
    basis="public",
    keeps="account",
    origin="authority",
    read=Table(
        Check,
        ("authority", "kind", "asked_at", "outcome", "reference", "result_hash"),
        "subject_id",
    ),
)
