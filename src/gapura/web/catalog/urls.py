"""Pages of the catalog."""

from gapura.catalog.permissions import Can
from gapura.web.catalog import chosen, product, products, upload
from gapura.web.shell.pages import Page

_ONE = "catalog/<uuid:product_id>"

PAGES = (
    Page("catalog", products.show, Can.LIST, name="catalog"),
    Page("catalog/upload", upload.upload, Can.UPLOAD, ("GET", "POST"), name="upload-product"),
    Page("catalog/chosen", chosen.show, Can.DROP, name="chosen-products"),
    Page(_ONE, product.show, Can.SEE, on_object=True, name="product"),
    Page(
        f"{_ONE}/choose",
        product.choose,
        Can.CHOOSE,
        ("POST",),
        on_object=True,
        name="choose-product",
    ),
    Page(f"{_ONE}/drop", chosen.drop, Can.DROP, ("POST",), on_object=True, name="drop-product"),
    Page(
        f"{_ONE}/publish",
        product.publish,
        Can.PUBLISH,
        ("POST",),
        on_object=True,
        name="publish-product",
    ),
)
