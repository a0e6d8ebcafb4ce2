"""The whole way of an order, and what stands in the books at its end."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.audit.models import LogEvent
from gapura.catalog.models import Product
from gapura.documents.queries import original_bytes
from gapura.notifications.models import Mail
from gapura.purchasing import services
from gapura.purchasing.models import OrderDocument, Payment, Signature
from gapura.purchasing.queries import Figures, board, figures, order_for
from tests.purchasing.shop import WALK, Shop, row

pytestmark = pytest.mark.django_db


def test_an_order_goes_from_the_list_to_its_payment(shop: Shop) -> None:
    product = shop.product(price=1_000_000, stock=10)
    order = shop.order(*WALK, quantity=2, product=product)
    done = row(order)
    assert done.state == "completed"
    assert (done.base, done.tax, done.total) == (
        Decimal(2_000_000),
        Decimal(220_000),
        Decimal(2_220_000),
    )
    assert done.reference.startswith("SP-")
    stock = Product.objects.get(pk=product)
    assert (stock.stock_available, stock.stock_reserved, stock.stock_consumed) == (8, 0, 2)
    assert Payment.objects.get(order=order).amount == done.total
    assert Signature.objects.filter(document__order=order).count() == 4


def test_each_step_is_recorded_and_told(shop: Shop) -> None:
    order = shop.order(*WALK)
    names = list(
        LogEvent.objects.filter(subject_id=str(order))
        .order_by("occurred_at", "id")
        .values_list("name", flat=True)
    )
    assert [name.split(".", 1)[1] for name in names] == [
        "order.drafted",
        "order.submitted",
        "order.approved",
        "order.signed",
        "order.accepted",
        "delivery.shipped",
        "delivery.received",
        "delivery.handover_prepared",
        "delivery.handed_over",
        "delivery.handover_confirmed",
        "order.paid",
    ]
    told = Mail.objects.filter(template="purchasing/mail/order_moved.txt", person=shop.seller.who)
    assert told.count() >= 5


def test_the_next_actor_is_told_what_to_do_and_until_when(shop: Shop) -> None:
    shop.until("approve")
    mail = Mail.objects.filter(person=shop.ppk.who).latest("created_at", "id")
    assert "PPK" in mail.subject or "komitmen" in mail.subject.lower() or mail.body
    assert mail.body is not None
    assert "WIB" in mail.body


def test_the_page_tells_the_one_next_action_for_my_role(shop: Shop) -> None:
    actors = {
        "submit": shop.pp, "approve": shop.ppk, "sign": shop.ppk, "accept": shop.seller,
        "ship": shop.seller, "receive": shop.pp, "hand_over": shop.ppk, "confirm": shop.seller,
        "pay": shop.treasurer,
    }  # fmt: skip
    for verb, actor in actors.items():
        order = shop.until(verb)
        view = order_for(actor, order)
        assert view.next.mine, verb
        others = {a.who for a in (shop.pp, shop.ppk, shop.seller) if a.who != actor.who}
        for other in (shop.pp, shop.ppk, shop.seller):
            if other.who in others and verb not in ("submit", "receive"):
                assert not order_for(other, order).next.mine, (verb, other.role)


def test_what_is_signed_is_the_paper_that_was_made(shop: Shop) -> None:
    order = shop.until("ship")
    paper = OrderDocument.objects.get(order=order, kind="sp")
    signed = Signature.objects.filter(document=paper)
    assert {s.side for s in signed} == {"buyer", "seller"}
    assert {s.digest for s in signed} == {paper.sha256}
    content = original_bytes(paper.document_id).content
    assert content.startswith(b"%PDF-")


def test_a_negotiated_order_costs_what_was_agreed(shop: Shop) -> None:
    order = shop.order("propose")
    services.answer_offer(
        actor=shop.seller, order=order, round=1, prices=[Decimal(950_000)], note="Ongkir"
    )
    services.agree(actor=shop.pp, order=order, round=2)
    done = row(order)
    assert done.state == "waiting_ppk_review"
    assert (done.base, done.total) == (Decimal(1_900_000), Decimal(2_109_000))
    view = order_for(shop.seller, order)
    assert [offer.side for offer in view.offers] == ["buyer", "seller"]


def test_boards_count_what_each_reader_may_see(shop: Shop) -> None:
    shop.draft()
    shop.until("ship")
    paying = shop.until("pay")
    assert board(shop.pp).counts["drafts"] == 1
    assert "drafts" not in board(shop.seller).counts
    assert board(shop.seller, "running").total == 1
    (due,) = board(shop.treasurer).rows
    assert (due.id, due.mine) == (paying, True)


def test_a_home_page_counts_what_waits_for_its_reader(shop: Shop) -> None:
    """The same orders, each the turn of one; what has ended is nobody's any more."""
    shop.until("sign")
    shop.until("accept")
    shop.until("accept")
    with CaptureQueriesContext(connection) as asked:
        assert figures(shop.ppk) == Figures(mine=1, open=3)
    assert len(asked) == 1
    assert figures(shop.seller) == Figures(mine=2, open=3)
    assert figures(shop.pp) == Figures(mine=0, open=3)
