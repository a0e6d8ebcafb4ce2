"""What a company says about a product, as a form gives it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gapura.catalog.attributes import Value


@dataclass(frozen=True, slots=True)
class ProductFields:
    """The material fields of a product: changing one needs a new review.

    `category` is a level-3 code; `attributes` maps attribute codes to what was typed or chosen;
    `unit`, `tax_class` ("": the category's own) and `origin` are codes of words.py.
    """

    name: str
    category: str
    description: str
    attributes: Mapping[str, Value] = field(default_factory=dict)
    unit: str = "piece"
    tax_class: str = ""
    origin: str = "local"
    brand: str = ""
