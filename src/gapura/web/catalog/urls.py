"""Pages of the catalog: looking and choosing, a company's own products, the curators' desk."""

from gapura.catalog.permissions import Can
from gapura.web.catalog import (
    chosen,
    claims,
    curating,
    edit,
    labels,
    listing,
    mine,
    pick,
    picture,
    pictures,
    price,
    product,
    queue,
    review,
    search,
    stock,
    upload,
    version,
)
from gapura.web.shell.pages import Page, View

_ONE = "catalog/<uuid:product_id>"
_CLAIM = "catalog/claims/<uuid:claim_id>"
_BOTH = ("GET", "POST")


def _page(
    name: str, suffix: str, view: View, permission: str, methods: tuple[str, ...] = ("GET",)
) -> Page:
    """A page of one product: whether this actor may see it is decided on the product."""
    route = f"{_ONE}/{suffix}" if suffix else _ONE
    return Page(route, view, permission, methods, on_object=True, name=name)


def _verb(name: str, suffix: str, view: View, permission: str) -> Page:
    """A verb of one product, without a page of its own."""
    return _page(name, suffix, view, permission, ("POST",))


def _claim(name: str, suffix: str, view: View, permission: str, method: str = "GET") -> Page:
    route = f"{_CLAIM}/{suffix}" if suffix else _CLAIM
    return Page(route, view, permission, (method,), on_object=True, name=name)


_BUYERS = (
    Page("catalog", search.show, Can.LIST, name="catalog"),
    Page("catalog/chosen", chosen.show, Can.DROP, name="chosen-products"),
    _page("product", "", product.show, Can.SEE),
    Page(
        "catalog/products/<uuid:product_id>/versions/<int:number>",
        version.show,
        Can.SEE_VERSION,
        on_object=True,
        name="product-version",
    ),
    _verb("choose-product", "choose", product.choose, Can.CHOOSE),
    _verb("drop-product", "drop", chosen.drop, Can.DROP),
    Page(
        "catalog/pictures/<uuid:document_id>/<str:size>",
        picture.picture,
        Can.SEE,
        on_object=True,
        name="picture",
    ),
)

_SELLERS = (
    Page("catalog/mine", mine.show, Can.LIST_OWN, name="own-products"),
    Page("catalog/upload", pick.for_new, Can.DRAFT, name="pick-category"),
    Page("catalog/upload/<str:category>", upload.upload, Can.DRAFT, _BOTH, name="upload-product"),
    _page("edit-product", "edit", edit.edit, Can.SAVE, _BOTH),
    _page("change-category", "category", pick.for_change, Can.SAVE),
    _page("set-price", "price", price.price, Can.SET_PRICE, _BOTH),
    _page("set-stock", "stock", stock.stock, Can.SET_STOCK, _BOTH),
    _page("product-pictures", "pictures", pictures.add, Can.ADD_PICTURE, _BOTH),
    _verb(
        "remove-picture",
        "pictures/<uuid:document_id>/remove",
        pictures.remove,
        Can.REMOVE_PICTURE,
    ),
    _page("claim-label", "labels", labels.labels, Can.CLAIM, _BOTH),
    _verb("submit-product", "submit", listing.submit, Can.SUBMIT),
    _page("withdraw-product", "withdraw", listing.withdraw, Can.WITHDRAW, _BOTH),
    _verb("relist-product", "relist", listing.relist, Can.RELIST),
)

_CURATORS = (
    Page("catalog/review", queue.show, Can.SEE_QUEUE, name="product-queue"),
    _page("review-product", "review", review.show, Can.REVIEW),
    _verb("approve-product", "approve", review.approve, Can.APPROVE),
    _verb("reject-product", "reject", review.reject, Can.REJECT),
    _page("freeze-product", "freeze", curating.freeze, Can.FREEZE, _BOTH),
    _page("unfreeze-product", "unfreeze", curating.unfreeze, Can.UNFREEZE, _BOTH),
    _page("take-down-product", "take-down", curating.take_down, Can.TAKE_DOWN, _BOTH),
    _claim("claim", "", claims.show, Can.REVIEW),
    _claim("verify-claim", "verify", claims.verify, Can.VERIFY_CLAIM, "POST"),
    _claim("reject-claim", "reject", claims.reject, Can.REJECT_CLAIM, "POST"),
    _claim("claim-evidence", "evidence", claims.evidence, Can.SEE),
)

PAGES = (*_BUYERS, *_SELLERS, *_CURATORS)
