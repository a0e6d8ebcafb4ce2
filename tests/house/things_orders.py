"""Things of orders for the walk: one order at each of the main stations, and their papers."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from gapura.catalog.services import choose_product
from gapura.kernel import clock
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.cast import COMPANY
from gapura.ops.seeding.people import SYSTEM, acting
from gapura.purchasing import services
from gapura.purchasing.models import OrderDocument
from gapura.purchasing.services import ReadyOrder, ReadyStep, Terms
from tests.house.things_catalog import _product

Things = dict[str, object]

# Who took which step; an order goes as far as its station, then waits.
_WAY = (
    ("draft", "pp"),
    ("submit", "pp"),
    ("approve", "ppk"),
    ("sign", "ppk"),
    ("accept", "penyedia"),
    ("ship", "penyedia"),
    ("receive", "pp"),
    ("hand_over", "ppk"),
    ("confirm_handover", "penyedia"),
)
_STATIONS = {
    "to be reviewed": "submit",
    "to be accepted": "sign",
    "on its way": "ship",
    "to be paid": "confirm_handover",
}
_WORDS: dict[str, dict[str, object]] = {
    "approve": {"clauses": ("Barang baru dan asli.",)},
    "ship": {"courier": "Pos", "tracking": "P1"},
    "hand_over": {"own_number": "BAST/1/2026"},
}


def _terms() -> Terms:
    return Terms(
        rup_code="52345678",
        mak="5.1.02.01.01.0024",
        budget=Decimal(10_000_000),
        delivery_address="Jalan Merdeka 1, Bandung",
        deliver_by=clock.today() + timedelta(days=20),
        method="direct",
    )


def _draft() -> UUID:
    """Made by hand, as nobody but the unit's buyers may see it."""
    pp = acting(persona_id("pp"))
    choose_product(actor=pp, product=_product("in the catalog"), quantity=Decimal(2))
    terms = _terms()
    return services.draft_order(
        actor=pp,
        company=COMPANY,
        rup_code=terms.rup_code,
        mak=terms.mak,
        budget=terms.budget,
        delivery_address=terms.delivery_address,
        deliver_by=terms.deliver_by,
        method=terms.method,
    )


def _ready(last: str, buyers: str = "") -> ReadyOrder:
    """An order that went through `last`, a step a minute until now; `buyers` are PP and PPK."""
    verbs = [verb for verb, _ in _WAY]
    way = _WAY[: verbs.index(last) + 1]
    begun = clock.now() - timedelta(minutes=len(way))
    steps = tuple(
        ReadyStep(
            verb, begun + timedelta(minutes=n), acting(_id(who, buyers)), _WORDS.get(verb, {})
        )
        for n, (verb, who) in enumerate(way)
    )
    lines = ((_product("in the catalog"), Decimal(2)),)
    return ReadyOrder(COMPANY, _terms(), lines, steps)


def _id(who: str, buyers: str) -> UUID:
    """Somebody of the way, or the one persona who buys for another agency."""
    return persona_id(buyers if buyers and who in ("pp", "ppk") else who)


def _orders() -> Things:
    """At home one of each station; abroad one that was sent, which nobody at home may see."""
    ready = [_ready(last) for last in _STATIONS.values()]
    found = services.load_orders(actor=SYSTEM, orders=[*ready, _ready("submit", "luar")])
    *home, abroad = found
    return {
        "draft of pp": _draft(),
        **dict(zip(_STATIONS, home, strict=True)),
        "of luar to be reviewed": abroad,
    }


def _papers() -> Things:
    """The letter of the newest order that has one; most orders do not have it."""
    if not OrderDocument.objects.exists():
        services.load_orders(actor=SYSTEM, orders=[_ready("sign")])
    return {"a letter": OrderDocument.objects.filter(kind="sp").latest("made_at", "id").id}


_REASON = {"reason_code": "other", "note": "Tidak sesuai kebutuhan kami."}
_NOTE = {"note": "Tidak sesuai kebutuhan kami."}
_CODE = {"code": "000000", "digest": "0" * 64}
_LATER = {"deliver_by-day": "1", "deliver_by-month": "12", "deliver_by-year": "2027"}
_TERMS = {
    "rup_code": "52345678",
    "mak": "5.1.02.01.01.0024",
    "budget": "10.000.000",
    "delivery_address": "Jalan Merdeka 1, Bandung",
    "method": "direct",
    **_LATER,
}
FORMS: dict[str, dict[str, object]] = {
    "order-new": {"company": COMPANY, **_TERMS},
    "order-save": dict(_TERMS),
    "order-quantities": {"quantity-1": "1"},
    "order-propose-price": {"price_1": "90"},
    "order-answer-offer": {"price_1": "95", "round": "1"},
    "order-agree": {"round": "1"},
    "order-reject": dict(_REASON),
    "order-reject-signing": dict(_REASON),
    "order-hand-over-review": {},
    "order-decline": dict(_REASON),
    "order-request-cancel": dict(_REASON),
    "order-grant-cancel": dict(_NOTE),
    "order-refuse-cancel": dict(_NOTE),
    "order-decline-addendum": {**_NOTE, "version": "1"},
    "order-accept-addendum": {"version": "1"},
    "order-report-mismatch": dict(_NOTE),
    "order-pay-outside": dict(_NOTE),
    "order-propose-addendum": dict(_LATER),
    "order-sign": dict(_CODE),
    "order-accept": dict(_CODE),
    "order-hand-over": dict(_CODE),
    "order-confirm-handover": dict(_CODE),
    "order-ship": {"courier": "Pos"},
    "order-receive": {"function": "1", "quantity": "1", "time": "1"},
    "order-prepare-handover": {"own_number": "BAST/1/2026"},
}
MAKERS: dict[str, Callable[[], Things]] = {"order_id": _orders, "paper_id": _papers}
