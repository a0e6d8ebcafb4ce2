"""Pages of orders."""

from gapura.evaluations import permissions as evaluations
from gapura.purchasing.permissions import Can
from gapura.web.orders import board, new, papers, rate, show, splitting
from gapura.web.orders.acting import stepping
from gapura.web.orders.acts import Act
from gapura.web.orders.table import ACTS
from gapura.web.shell.pages import Page

_ONE = "orders/<uuid:order_id>"
_BOTH = ("GET", "POST")


def _step(act: Act) -> Page:
    """The page of one step; whether this actor may is decided on the order."""
    name = f"order-{act.suffix}"
    return Page(
        f"{_ONE}/{act.suffix}", stepping(act), act.permission, _BOTH, on_object=True, name=name
    )


PAGES = (
    Page("orders", board.show, Can.LIST, name="orders"),
    Page("orders/new", new.new, Can.DRAFT, _BOTH, name="order-new"),
    Page("orders/splitting", splitting.show, Can.SEE_SPLITTING, name="order-splitting"),
    Page(_ONE, show.show, Can.SEE, on_object=True, name="order"),
    *(_step(act) for act in ACTS),
    Page(f"{_ONE}/rate", rate.rate, evaluations.Can.RATE, _BOTH, on_object=True, name="order-rate"),
    Page(
        f"{_ONE}/documents/<uuid:paper_id>",
        papers.file,
        Can.SEE,
        on_object=True,
        name="order-document",
    ),
    Page(f"{_ONE}/evidence", papers.evidence, Can.SEE, on_object=True, name="order-evidence"),
)
