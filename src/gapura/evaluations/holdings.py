"""What this room holds of people: ratings they gave in office."""

from gapura.evaluations.models import Rating
from gapura.kernel.holdings import Holding, Table
from gapura.kernel.texts import N_

RATINGS = Holding(
    "evaluations.rating",
    N_("Ratings you gave"),
    kind="work",
    purpose="procure",
    basis="public",
    keeps="orders",
    read=Table(
        Rating,
        ("order", "company", "quality", "cost", "time", "service", "note", "given_at"),
    ),
)
