"""The pages of figures, of suppliers and of monthly reports; `urls` takes them in."""

from gapura.evaluations import permissions as evaluations
from gapura.reports.permissions import Can
from gapura.web.oversight import figures, monthly, suppliers
from gapura.web.shell.pages import Page

_MONTHLY = "oversight/monthly"

FIGURE_PAGES = (
    Page("oversight", figures.access, Can.SEE_FIGURES, name="oversight"),
    Page("oversight/sign-ins", figures.sign_ins, Can.SEE_FIGURES, name="oversight-sign-ins"),
    Page("oversight/orders", figures.orders, Can.SEE_FIGURES, name="oversight-orders"),
    Page(
        "oversight/suppliers",
        suppliers.show,
        evaluations.Can.COMPARE,
        name="oversight-suppliers",
    ),
    Page(_MONTHLY, monthly.show, Can.SEE_FIGURES, name="monthly"),
    Page(f"{_MONTHLY}/file", monthly.file, Can.GET_REPORT, name="monthly-file"),
    Page(
        f"{_MONTHLY}/subscribe", monthly.start, Can.SUBSCRIBE, ("POST",), name="monthly-subscribe"
    ),
    Page(
        f"{_MONTHLY}/unsubscribe",
        monthly.stop,
        Can.UNSUBSCRIBE,
        ("POST",),
        name="monthly-unsubscribe",
    ),
)
