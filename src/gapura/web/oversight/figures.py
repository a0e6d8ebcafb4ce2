"""GET /oversight, /oversight/sign-ins, /oversight/orders: figures as pictures with their tables."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.kernel.texts import N_, said
from gapura.reports.queries.figures import (
    ACCESS,
    ORDERS,
    SIGN_INS,
    Board,
    Picture,
    Place,
    board,
)
from gapura.reports.services.wording import amount, column_words, label
from gapura.web.oversight.charts import draw
from gapura.web.oversight.shapes import Drawing
from gapura.web.shell.display import rupiah
from gapura.web.shell.pages import render
from gapura.web.shell.periods import period, periods
from gapura.web.shell.requests import Request

# Codes come from links of ours; what is longer is none.
_LONGEST = 20
_MILLION, _BILLION = 10**6, 10**9
ADDRESSES = {
    ACCESS: "/oversight",
    SIGN_INS: "/oversight/sign-ins",
    ORDERS: "/oversight/orders",
}
_NAMES = {
    ACCESS: N_("People and access"),
    SIGN_INS: N_("Sign-ins and incidents"),
    ORDERS: N_("Orders"),
}
SUPPLIERS, MONTHLY = "/oversight/suppliers", "/oversight/monthly"


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers under a picture, as texts."""

    head: str
    columns: list[str]
    rows: list[tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture of the page."""

    title: str
    says: str
    drawing: Drawing
    table: Table
    empty: bool


def access(request: Request) -> HttpResponse:
    """Registrations, queues, ends of access, second factors."""
    return _page(request, ACCESS)


def sign_ins(request: Request) -> HttpResponse:
    """Sign-ins by hour and over time, alerts, signs of strangers, locks."""
    return _page(request, SIGN_INS)


def orders(request: Request) -> HttpResponse:
    """Orders by state, value and month."""
    return _page(request, ORDERS)


def _page(request: Request, page: str) -> HttpResponse:
    days = period(request)
    asked = {name: request.GET.get(name, "")[:_LONGEST] for name in ("agency", "group")}
    found = board(request.actor, page, days=days, **asked)
    values: dict[str, Any] = {
        "board": found,
        "tabs": tabs(page, found, days),
        "periods": periods(ADDRESSES[page], days, **_kept(found)),
        "figures": _key_figures(found),
        "pictures": [_shown(picture) for picture in found.pictures],
        "place": place_name(found),
        "up": _up(found, page, days),
        "busy": [_closer(each, found, page, days) for each in _busy(found)],
        "closer": [_closer(each, found, page, days) for each in found.places if not each.waiting],
        "days": days,
        "address": ADDRESSES[page],
    }
    return render(request, "oversight/figures.html", values)


def place_name(found: Board) -> str:
    """Of what the figures are."""
    scope = found.scope
    return scope.name or (said(scope.message) if scope.message else _("The whole platform"))


def tabs(page: str, found: Board, days: int) -> list[dict[str, Any]]:
    """The pages of figures, of the same place and period."""
    kept = urlencode({"days": days, **_kept(found)})
    return [
        {"text": said(name), "href": f"{ADDRESSES[code]}?{kept}", "current": code == page}
        for code, name in _NAMES.items()
    ]


def _kept(found: Board) -> dict[str, str]:
    scope = found.scope
    if scope.agency:
        return {"agency": scope.agency}
    return {"group": scope.group} if scope.group else {}


def _up(found: Board, page: str, days: int) -> str:
    """Back to the whole platform, for who looks closer."""
    wide = found.groups and found.scope.agencies is not None
    return f"{ADDRESSES[page]}?{urlencode({'days': days})}" if wide else ""


def _busy(found: Board) -> list[Place]:
    """Places where requests wait, those with the most that are late first."""
    waits = [place for place in found.places if place.waiting]
    return sorted(waits, key=lambda place: (-(place.late or 0), -(place.waiting or 0)))


def _closer(place: Place, found: Board, page: str, days: int) -> dict[str, Any]:
    name = "group" if found.scope.agencies is None else "agency"
    return {
        "text": place.name or said(place.message),
        "href": f"{ADDRESSES[page]}?{urlencode({name: place.code, 'days': days})}",
        "waiting": place.waiting,
        "late": place.late,
    }


def _shown(picture: Picture) -> Shown:
    rows = [
        (label(picture, row), [amount(picture, value) for value in row.values])
        for row in picture.rows
    ]
    table = Table(said(picture.head), column_words(picture), rows)
    return Shown(said(picture.title), said(picture.says), draw(picture), table, picture.empty)


def _key_figures(found: Board) -> list[dict[str, Any]]:
    """The few numbers at the top."""
    by_code = {picture.code: picture for picture in found.pictures}
    making = {ACCESS: _of_access, SIGN_INS: _of_sign_ins, ORDERS: _of_orders}
    return making[found.page](by_code)


def _of_access(by_code: dict[str, Picture]) -> list[dict[str, Any]]:
    queue, funnel, factors = by_code["queue"], by_code["funnel"], by_code["factors"]
    late = queue.numbers.get("late", 0)
    people = sum(sum(row.values) for row in factors.rows)
    without = sum(row.values[-1] for row in factors.rows)
    share = f"{round(100 * (people - without) / people)} %" if people else "\u2013"
    ends = sum(row.values[0] for row in by_code["ending"].rows)
    return [
        _number(funnel.rows[0].values[0], _("registered in the period")),
        _number(queue.numbers.get("waiting", 0), _("requests wait")),
        _number(late, _("past the deadline"), warning=late > 0),
        _number(ends, _("roles end within 30 days")),
        {"number": share, "text": _("of role holders have a second factor"), "warning": False},
    ]


def _of_sign_ins(by_code: dict[str, Picture]) -> list[dict[str, Any]]:
    over_time = by_code["sign_ins"].rows
    open_alerts = sum(sum(row.values[:2]) for row in by_code["alerts"].rows)
    open_signs = sum(sum(row.values[:2]) for row in by_code["suspicions"].rows)
    return [
        _number(sum(row.values[0] for row in over_time), _("sign-ins")),
        _number(sum(row.values[1] for row in over_time), _("refused sign-ins")),
        _number(open_alerts, _("alerts without a result"), warning=open_alerts > 0),
        _number(open_signs, _("signs not yet looked at"), warning=open_signs > 0),
    ]


def _of_orders(by_code: dict[str, Picture]) -> list[dict[str, Any]]:
    value = by_code["order_values"].numbers.get("value", 0)
    return [
        _number(by_code["order_states"].numbers.get("orders", 0), _("orders sent")),
        {"number": _short(value), "text": _("with tax"), "warning": False},
    ]


def _short(value: int) -> str:
    """Rupiah, in millions from a billion on: the whole number is in the table."""
    if value < _BILLION:
        return rupiah(value)
    return _("%(amount)s million") % {"amount": rupiah(round(value / _MILLION))}


def _number(value: int, text: str, *, warning: bool = False) -> dict[str, Any]:
    return {"number": f"{value:,}".replace(",", "."), "text": text, "warning": warning}
