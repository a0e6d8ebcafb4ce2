"""Reads of the catalog as the actor may see it."""

from gapura.catalog.attributes import Attribute, Option, Value
from gapura.catalog.fields import ProductFields
from gapura.catalog.queries.buying import (
    choices_of,
    chosen_by_unit,
    orderable,
    price_reference,
)
from gapura.catalog.queries.buying_views import ChoiceView, Orderable, PriceReference
from gapura.catalog.queries.categories import category, category_tree, may_offer_in
from gapura.catalog.queries.claims import claim_evidence, claim_for
from gapura.catalog.queries.names import ids_by_name
from gapura.catalog.queries.own import own_counts, own_products
from gapura.catalog.queries.own_views import OwnPage, OwnRow, StockMove
from gapura.catalog.queries.pictures import picture
from gapura.catalog.queries.products import fields_of, product_for, stock_history
from gapura.catalog.queries.review_views import (
    ClaimDetail,
    Difference,
    QueueRow,
    ReviewQueue,
    ReviewView,
)
from gapura.catalog.queries.reviews import review_of, review_queue, waiting
from gapura.catalog.queries.search import PAGE, SORTS, products_for
from gapura.catalog.queries.versions import version
from gapura.catalog.queries.views import (
    AttributeShown,
    CategoryDetail,
    CategoryView,
    ClaimView,
    PictureView,
    PriceView,
    ProductCard,
    ProductDetail,
    ProductPage,
    Search,
    VersionView,
)
from gapura.catalog.rules import (
    LONGEST_BRAND,
    LONGEST_DESCRIPTION,
    LONGEST_LIST,
    LONGEST_NAME,
    LONGEST_NOTE,
    MOST_PICTURES,
    MOST_PIECES,
    MOST_RUPIAH,
    SHORTEST_DESCRIPTION,
    SHORTEST_NAME,
    SHORTEST_NOTE,
)
from gapura.catalog.words import (
    CLAIM_REASONS,
    CLAIM_STATES,
    CLAIMABLE,
    DIVISIBLE,
    FREEZE_REASONS,
    LABELS,
    ORIGINS,
    REJECT_REASONS,
    STATES,
    TAX_CLASSES,
    UNITS,
    VERSION_STATES,
)

__all__ = [
    "CLAIMABLE",
    "CLAIM_REASONS",
    "CLAIM_STATES",
    "DIVISIBLE",
    "FREEZE_REASONS",
    "LABELS",
    "LONGEST_BRAND",
    "LONGEST_DESCRIPTION",
    "LONGEST_LIST",
    "LONGEST_NAME",
    "LONGEST_NOTE",
    "MOST_PICTURES",
    "MOST_PIECES",
    "MOST_RUPIAH",
    "ORIGINS",
    "PAGE",
    "REJECT_REASONS",
    "SHORTEST_DESCRIPTION",
    "SHORTEST_NAME",
    "SHORTEST_NOTE",
    "SORTS",
    "STATES",
    "TAX_CLASSES",
    "UNITS",
    "VERSION_STATES",
    "Attribute",
    "AttributeShown",
    "CategoryDetail",
    "CategoryView",
    "ChoiceView",
    "ClaimDetail",
    "ClaimView",
    "Difference",
    "Option",
    "Orderable",
    "OwnPage",
    "OwnRow",
    "PictureView",
    "PriceReference",
    "PriceView",
    "ProductCard",
    "ProductDetail",
    "ProductFields",
    "ProductPage",
    "QueueRow",
    "ReviewQueue",
    "ReviewView",
    "Search",
    "StockMove",
    "Value",
    "VersionView",
    "category",
    "category_tree",
    "choices_of",
    "chosen_by_unit",
    "claim_evidence",
    "claim_for",
    "fields_of",
    "ids_by_name",
    "may_offer_in",
    "orderable",
    "own_counts",
    "own_products",
    "picture",
    "price_reference",
    "product_for",
    "products_for",
    "review_of",
    "review_queue",
    "stock_history",
    "version",
    "waiting",
]
