"""What this room holds of people: what they did for products of their company, and chose."""

from gapura.catalog.models import Choice, Claim, PricePoint, ProductVersion, StockEvent
from gapura.kernel.holdings import Holding, Table
from gapura.kernel.texts import N_


def _held(name: str, title: str, read: Table) -> Holding:
    return Holding(f"catalog.{name}", title, "work", "procure", "public", "orders", read)


VERSIONS = _held(
    "version",
    N_("Versions of products you wrote"),
    Table(ProductVersion, ("product", "number", "name", "state", "created_at"), "created_by"),
)
CLAIMS = _held(
    "claim",
    N_("Claims about products you made"),
    Table(Claim, ("product", "kind", "value", "number", "state", "claimed_at"), "claimed_by"),
)
PRICES = _held(
    "price",
    N_("Prices you set"),
    Table(PricePoint, ("product", "amount", "previous", "valid_from")),
)
STOCK = _held(
    "stock",
    N_("Stock you changed"),
    Table(StockEvent, ("product", "kind", "quantity", "at"), "by"),
)
CHOICES = _held(
    "choice",
    N_("Products you put on your unit's list"),
    Table(Choice, ("product", "agency", "unit", "quantity", "chosen_at")),
)
