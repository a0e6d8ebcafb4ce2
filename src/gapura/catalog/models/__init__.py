"""Tables of the catalog."""

from gapura.catalog.models.categories import CatalogRule, Category
from gapura.catalog.models.products import Claim, Picture, Product, ProductVersion
from gapura.catalog.models.trade import Choice, PricePoint, Reservation, StockEvent

__all__ = [
    "CatalogRule",
    "Category",
    "Choice",
    "Claim",
    "Picture",
    "PricePoint",
    "Product",
    "ProductVersion",
    "Reservation",
    "StockEvent",
]
