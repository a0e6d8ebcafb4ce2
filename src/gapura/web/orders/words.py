"""Colors of states, names of papers, and how quantities and prices are said."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from gapura.access.queries import ROLES
from gapura.audit.queries import behalf_line
from gapura.catalog.queries import UNITS
from gapura.kernel.clock import ZONES
from gapura.kernel.texts import N_
from gapura.purchasing.queries import CHANNELS, DELIVERY_NAMES, SIDES, LineView
from gapura.web.shell.display import day, moment, tr

COLORS: Mapping[str, str] = {
    "draft": "grey",
    "on_negotiation": "blue",
    "cancelled_on_negotiation": "grey",
    "waiting_ppk_review": "yellow",
    "cancelled_on_review": "red",
    "esign_in_progress": "yellow",
    "waiting_seller_confirmation": "yellow",
    "on_process": "blue",
    "on_addendum": "orange",
    "request_cancel_by_admin": "orange",
    "cancelled": "red",
    "payment_outside_system": "purple",
    "completed": "teal",
}
DELIVERY_COLORS: Mapping[str, str] = {
    "preparing": "grey",
    "shipped": "blue",
    "mismatched": "red",
    "arrived": "yellow",
    "handover_signed": "yellow",
    "handed_over": "teal",
}
PAPERS: Mapping[str, str] = {
    "sp": N_("Order letter (SP)"),
    "addendum": N_("Addendum"),
    "bast": N_("Handover record (BAST)"),
}
METHODS: Mapping[str, str] = {
    "direct": N_("At the listed price"),
    "negotiation": N_("With negotiation of the price"),
}
PROOFS: Mapping[str, str] = {"totp": N_("code of the authenticator app")}

# Percent; nearer than that is the same to a reader.
_NEAR = Decimal("0.5")
_LIKE = 2


def number(value: Decimal) -> str:
    """`12` or `2,5`: as few decimals as it needs, with a decimal comma."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def unit(code: str) -> str:
    """A unit of measure in the reader's language."""
    return tr(UNITS[code]) if code in UNITS else code


def quantity(value: Decimal, code: str) -> str:
    """`12 pack`, or `2,5 kilogram`."""
    return f"{number(value)} {unit(code)}"


def deadline(due: datetime, zone: str) -> str:
    """Until when, for people: a deadline at midnight is the end of the day before."""
    here = due.astimezone(ZoneInfo(zone))
    if here.time() != time():
        return moment(due, zone)
    told = {"day": day(here.date() - timedelta(days=1)), "zone": ZONES[zone]}
    return _("the end of %(day)s (%(zone)s)") % told


def tables() -> dict[str, Any]:
    """The tables and functions that the pieces of an order need."""
    return {
        "colors": COLORS,
        "delivery_colors": DELIVERY_COLORS,
        "delivery_names": DELIVERY_NAMES,
        "methods": METHODS,
        "papers": PAPERS,
        "proofs": PROOFS,
        "sides": SIDES,
        "channels": CHANNELS,
        "behalf": behalf_line,
        "roles": {code: role.name for code, role in ROLES.items()},
        "quantity": quantity,
        "compared": compared,
        "deadline": deadline,
    }


def compared(line: LineView) -> str:
    """How the agreed price stands to the median of like products; empty without one."""
    median = line.reference.median
    if not median or line.reference.count < _LIKE:
        return ""
    share = (line.agreed_price - median) / median * 100
    told = {"percent": str(abs(share).quantize(Decimal(1)))}
    if abs(share) < _NEAR:
        return _("at the median")
    if share < 0:
        return _("%(percent)s%% below the median") % told
    return _("%(percent)s%% above the median") % told
