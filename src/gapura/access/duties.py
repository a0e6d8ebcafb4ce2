"""What a company's staff may do in its name, as a table; its administrators hold all of it.

A supplier with more than one person separates who offers, who answers orders, who follows the
money and who binds the company with a signature. No law draws these lines; a company does.
"""

from collections.abc import Iterable

from gapura.access.roles import COMPANY_ADMIN, COMPANY_STAFF
from gapura.kernel.texts import N_

PRODUCT, ORDER, FINANCE, SIGNING = "product", "order", "finance", "signing"
DUTIES: dict[str, str] = {
    PRODUCT: N_("Products: upload and change them, their prices and stock"),
    ORDER: N_("Orders: negotiate, answer and deliver them"),
    FINANCE: N_("Finance: follow handovers and payments"),
    SIGNING: N_("Signing: accept orders and sign papers that bind the company"),
}
DUTY_NAMES: dict[str, str] = {
    PRODUCT: N_("Products"),
    ORDER: N_("Orders"),
    FINANCE: N_("Finance"),
    SIGNING: N_("Signing"),
}
ALL = frozenset(DUTIES)


def sorted_duties(duties: Iterable[str]) -> list[str]:
    """Each once, in the table's order; what is not in the table is left out."""
    wanted = set(duties)
    return [code for code in DUTIES if code in wanted]


def duties_of(role: str, kept: Iterable[str]) -> frozenset[str]:
    """What a working grant of `role` with these kept duties includes."""
    if role == COMPANY_ADMIN:
        return ALL
    return frozenset(kept) if role == COMPANY_STAFF else frozenset()
