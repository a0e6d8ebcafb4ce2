"""The order's papers as PDF, in Indonesian: what the templates in ../papers are told."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import override

from gapura.audit.queries import behalf_line
from gapura.catalog.queries import UNITS
from gapura.documents.services import Made, make_pdf
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.money import Rupiah
from gapura.kernel.texts import said
from gapura.purchasing.models import Order, OrderLine

_PACKAGE = "gapura.purchasing"
_LANGUAGE = "id"


def order_letter(
    row: Order, lines: Sequence[OrderLine], clauses: Sequence[str], *, ppk: str, addendum: int = 0
) -> Made:
    """The order letter (SP), or its addendum of that number, as it stands in `row`."""
    with override(_LANGUAGE):
        title = _("Order letter")
        if addendum:
            title = _("Addendum %(number)s to the order letter") % {"number": addendum}
        data = {
            **_frame(row, title, ppk),
            "facts": _order_facts(row, ppk),
            "lines": [_line(line) for line in lines],
            "totals": _totals(row),
            "clauses": list(clauses),
        }
        data["words"] |= _order_words()
        return make_pdf(_PACKAGE, "papers/order_letter.typ", data)


def handover_record(row: Order, lines: Sequence[OrderLine], *, own_number: str, ppk: str) -> Made:
    """The handover record (BAST) under the unit's own number."""
    with override(_LANGUAGE):
        data = {
            **_frame(row, _("Handover record (BAST)"), ppk),
            "number": own_number,
            "facts": _handover_facts(row, ppk),
            "lines": [[str(line.number), line.name, _quantity(line)] for line in lines],
            "checks": [
                _("The function fits what was ordered"),
                _("The quantity is what was ordered"),
                _("The time of delivery was checked"),
            ],
        }
        data["words"] |= {
            "lines": _("What was handed over"),
            "check": _("What was checked"),
            "columns": [_("No."), _("Name"), _("Quantity")],
        }
        return make_pdf(_PACKAGE, "papers/handover_record.typ", data)


def signing_name(actor: Actor) -> str:
    """Who signs, as the paper names them: whoever stands in, with the officer stood in for."""
    grant = actor.grant
    if grant is None or not grant.principal:
        return actor.name
    with override(_LANGUAGE):
        return f"{actor.name} ({behalf_line(f'{grant.standing}:{grant.principal}')})"


def _totals(row: Order) -> list[list[str]]:
    return [
        [_("Before tax"), str(Rupiah(row.base))],
        [_("PPN"), str(Rupiah(row.tax))],
        [_("Total"), str(Rupiah(row.total))],
    ]


def _order_words() -> dict[str, Any]:
    columns = [_("No."), _("Name"), _("Quantity"), _("Price"), _("PPN"), _("Amount with tax")]
    return {
        "lines": _("Goods and services"),
        "clauses": _("Special clauses"),
        "columns": columns,
    }


def _handover_facts(row: Order, ppk: str) -> list[list[str]]:
    received = row.delivery.received_at or clock.now()
    return [
        [_("Order letter"), row.reference],
        *_party_facts(row, ppk),
        [_("Received on"), _day(clock.legal_day(received, row.zone))],
        [_("Promised by"), _day(row.deliver_by)],
        [_("Days late"), str(row.delivery.late_days)],
    ]


def _frame(row: Order, title: str, ppk: str) -> dict[str, Any]:
    return {
        "title": title,
        "number": row.reference,
        "language": _LANGUAGE,
        "buyer": {"name": row.unit.name},
        "words": {
            "page": _("Page"),
            "signatures": _("Signatures"),
            "signing": _(
                "Both sides confirm this document with a second factor, bound to its SHA-256. "
                "Who signed and when is kept with the order and in the activity log."
            ),
        },
        "signers": [
            {"side": _("Commitment officer (PPK)"), "place": row.unit.name, "person": ppk},
            {"side": _("Supplier"), "place": row.company.name, "person": ""},
        ],
    }


def _party_facts(row: Order, ppk: str) -> list[list[str]]:
    return [
        [_("Agency"), row.agency.name],
        [_("Unit"), row.unit.name],
        [_("Commitment officer (PPK)"), ppk],
        [_("Supplier"), row.company.name],
    ]


def _order_facts(row: Order, ppk: str) -> list[list[str]]:
    return [
        *_party_facts(row, ppk),
        [_("Date"), _day(clock.today(row.zone))],
        [_("Plan code (RUP)"), "; ".join(row.rup_codes)],
        [_("Budget account (MAK)"), row.mak],
        [_("Delivery address"), row.delivery_address],
        [_("Delivery by"), _day(row.deliver_by)],
    ]


def _line(line: OrderLine) -> list[str]:
    price = str(Rupiah(line.agreed_price))
    tax, amount = str(Rupiah(line.tax)), str(Rupiah(line.amount))
    return [str(line.number), line.name, _quantity(line), price, tax, amount]


def _quantity(line: OrderLine) -> str:
    return f"{_plain(line.quantity)} {said(UNITS.get(line.unit, line.unit))}"


def _plain(quantity: Decimal) -> str:
    return f"{quantity.normalize():f}".replace(".", ",")


def _day(day: date) -> str:
    return format_date(day, "d MMMM y", locale=_LANGUAGE)
