"""Writes of the catalog: each function is one verb."""

from gapura.catalog.fields import ProductFields
from gapura.catalog.services.bulk import ReadyProduct, load_products
from gapura.catalog.services.choices import choose_product, drop_ordered, drop_product
from gapura.catalog.services.claims import claim_label, decide_claim
from gapura.catalog.services.drafts import draft_product, save_version
from gapura.catalog.services.freezing import freeze_product, take_down_product, unfreeze_product
from gapura.catalog.services.pictures import add_picture, remove_picture
from gapura.catalog.services.prices import set_price
from gapura.catalog.services.reference import load_categories
from gapura.catalog.services.review import approve_product, reject_product
from gapura.catalog.services.stock import consume_stock, release_stock, reserve_stock, set_stock
from gapura.catalog.services.submission import relist_product, submit_product, withdraw_product

__all__ = [
    "ProductFields",
    "ReadyProduct",
    "add_picture",
    "approve_product",
    "choose_product",
    "claim_label",
    "consume_stock",
    "decide_claim",
    "draft_product",
    "drop_ordered",
    "drop_product",
    "freeze_product",
    "load_categories",
    "load_products",
    "reject_product",
    "release_stock",
    "relist_product",
    "remove_picture",
    "reserve_stock",
    "save_version",
    "set_price",
    "set_stock",
    "submit_product",
    "take_down_product",
    "unfreeze_product",
    "withdraw_product",
]
