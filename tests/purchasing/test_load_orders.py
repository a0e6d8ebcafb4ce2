"""Loaded orders: the same rows, pieces and entries as orders that went through the services."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.forms.models import model_to_dict

from gapura.audit.models import LogEvent
from gapura.catalog.models import Product
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.kernel.permissions import Refused
from gapura.purchasing.models import Delivery, Order, OrderDocument, OrderLine, Payment, Signature
from gapura.purchasing.services import ReadyOrder, ReadyStep, Terms, load_orders
from gapura.purchasing.services.bulk_contract import CONTRACT_EFFECTS
from gapura.purchasing.services.bulk_delivery import DELIVERY_EFFECTS
from gapura.purchasing.states import DELIVERY, ORDER
from tests.catalog import goods
from tests.purchasing.shop import WALK, Shop, row, terms

pytestmark = pytest.mark.django_db

OPERATOR = system_actor("operator")
# Ids, moments and numbers are each order's own.
OWN = {
    "id",
    "order",
    "reference",
    "evidence",
    "evidence_sha256",
    "product",
    "version",
    "name",
    "tracking",
}


def ready(shop: Shop, product: UUID, *verbs: str) -> ReadyOrder:
    """An order of two pieces, one step each minute until now."""
    people = {"approve": shop.ppk, "sign": shop.ppk, "hand_over": shop.ppk, "pay": shop.treasurer}
    people |= dict.fromkeys(("accept", "ship", "confirm_handover"), shop.seller)
    evidence = goods.evidence(shop.treasurer.who, "evidence")
    words: Mapping[str, dict[str, Any]] = {
        "approve": {"clauses": ["Barang baru dan asli."]},
        "ship": {"courier": "Pos", "tracking": "P2"},
        "hand_over": {"own_number": "BAST/1/2026"},
        "reject": {"reason_code": "budget"},
        "pay": {"channel": "ls", "evidence": evidence, "reference": "SP2D 123/2026"},
    }
    start = clock.now() - timedelta(minutes=len(verbs) + 1)
    steps = tuple(
        ReadyStep(
            verb, start + timedelta(minutes=at), people.get(verb, shop.pp), words.get(verb, {})
        )
        for at, verb in enumerate(("draft", *verbs))
    )
    return ReadyOrder(
        "PT1", Terms(**{"method": "direct", **terms()}), ((product, Decimal(2)),), steps
    )


def load(shop: Shop, *verbs: str, product: UUID | None = None) -> Order:
    """One loaded order that has gone through these verbs."""
    product = product or shop.product(stock=10)
    (order,) = load_orders(actor=OPERATOR, orders=[ready(shop, product, *verbs)])
    return row(order)


LOADED = tuple(
    {"confirm": "confirm_handover"}.get(verb, verb) for verb in WALK if verb != "prepare"
)


def told(order: UUID) -> list[str]:
    """The entries of the log about an order, in their order."""
    found = LogEvent.objects.filter(subject_id=str(order)).order_by("occurred_at", "id")
    return list(found.values_list("name", flat=True))


def compared(thing: Any) -> dict[str, Any]:
    """What is the same for two orders of the same goods by the same people."""
    values = model_to_dict(thing)
    return {
        key: value
        for key, value in values.items()
        if key not in OWN
        and not key.endswith("_at")
        and key not in ("at", "sha256", "document")
        and key not in ("digest", "deed")
    }


def test_a_loaded_order_is_like_one_that_was_walked(shop: Shop) -> None:
    first, second = shop.product(stock=10), shop.product(stock=10)
    walked = row(shop.order(*WALK, product=first))
    loaded = load(shop, *LOADED, product=second)
    assert compared(loaded) == compared(walked)
    assert told(loaded.id) == told(walked.id)
    for model in (OrderLine, Delivery, Payment):
        one, other = (model.objects.get(order=order) for order in (walked, loaded))
        assert compared(other) == compared(one)
    papers: type[OrderDocument | Signature]
    for papers, key in ((OrderDocument, "order"), (Signature, "document__order")):
        both = [papers.objects.filter(**{key: one}).order_by("pk") for one in (walked, loaded)]
        assert [compared(one) for one in both[1]] == [compared(one) for one in both[0]]


def test_its_pieces_are_reserved_then_gone_or_free_again(shop: Shop) -> None:
    for verbs, stock in (
        ((), (10, 0, 0)),
        (("submit",), (8, 2, 0)),
        (LOADED[: LOADED.index("ship") + 1], (8, 0, 2)),
        (("submit", "reject"), (10, 0, 0)),
    ):
        line = OrderLine.objects.get(order=load(shop, *verbs))
        product = Product.objects.get(pk=line.product_id)
        found = (product.stock_available, product.stock_reserved, product.stock_consumed)
        assert found == stock


def test_what_waits_has_its_deadline_and_what_is_over_has_none(shop: Shop) -> None:
    assert load(shop, "submit").due_at is not None
    assert load(shop, "submit", "approve", "sign").due_at is not None
    assert load(shop, *LOADED).due_at is None


def test_every_step_of_the_tables_can_be_loaded() -> None:
    known = {*CONTRACT_EFFECTS, *DELIVERY_EFFECTS}
    verbs = {step.verb for step in (*ORDER.steps, *DELIVERY.steps)}
    assert verbs - known <= {"save", "refresh"}
    assert known <= verbs


def test_a_step_out_of_order_is_refused_and_nothing_is_kept(shop: Shop) -> None:
    with pytest.raises(ValueError, match="no step"):
        load(shop, "submit", "ship")
    assert not Order.objects.exists()


def test_people_cannot_load_orders(shop: Shop) -> None:
    with pytest.raises(Refused):
        load_orders(actor=shop.ppk, orders=[])
