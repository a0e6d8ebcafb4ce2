"""Names of what may be done with products."""

from enum import StrEnum


class Can(StrEnum):
    """Permissions of this room."""

    LIST = "catalog.product.list"
    SEE = "catalog.product.see"
    CHOOSE = "catalog.product.choose"
    DROP = "catalog.product.drop"
    UPLOAD = "catalog.product.upload"
    PUBLISH = "catalog.product.publish"
    LOAD_CATEGORIES = "catalog.category.load"
