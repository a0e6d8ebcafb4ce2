"""Signatures are bound to person, session and the very bytes; a form sent twice signs once."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.authentication.errors import DeedMismatch, DeedOver, DeedUsed
from gapura.documents.queries import original_bytes
from gapura.kernel import clock
from gapura.kernel.permissions import Refused
from gapura.purchasing import services
from gapura.purchasing.errors import NothingToSign
from gapura.purchasing.models import OrderDocument, Signature
from gapura.purchasing.queries import board, order_for
from gapura.purchasing.services.delivery import HAND_OVER
from gapura.purchasing.services.review import SIGN
from tests import deeds
from tests.purchasing.shop import Shop, acting, row
from tests.purchasing.test_pdf import text_of

pytestmark = pytest.mark.django_db


def test_the_view_says_what_to_sign_and_by_which_deed(shop: Shop) -> None:
    order = shop.until("sign")
    view = order_for(shop.ppk, order)
    paper = OrderDocument.objects.get(order=order)
    assert view.to_sign is not None
    assert (view.to_sign.document, view.to_sign.digest) == (paper.id, paper.sha256)
    assert view.to_sign.deed == SIGN
    assert order_for(shop.pp, order).to_sign is None


def test_a_code_typed_for_another_paper_signs_nothing(shop: Shop) -> None:
    order, other = shop.until("sign"), shop.until("sign")
    deed = shop.deed(shop.ppk, other, "sp", SIGN)
    with pytest.raises(DeedMismatch):
        services.sign_order(actor=shop.ppk, order=order, deed=deed)
    assert row(order).state == "esign_in_progress"
    assert not Signature.objects.exists()


def test_a_code_typed_for_another_deed_signs_nothing(shop: Shop) -> None:
    order = shop.until("sign")
    deed = shop.deed(shop.ppk, order, "sp", HAND_OVER)
    with pytest.raises(DeedMismatch):
        services.sign_order(actor=shop.ppk, order=order, deed=deed)


def test_anothers_code_signs_nothing(shop: Shop) -> None:
    order = shop.until("accept")
    deed = shop.deed(shop.ppk, order, "sp", "purchasing.order.accept")
    with pytest.raises(DeedMismatch):
        services.accept_order(actor=shop.seller, order=order, deed=deed)


def test_a_confirmation_works_once_and_for_five_minutes(shop: Shop) -> None:
    order, second = shop.until("sign"), shop.until("sign")
    deed = shop.deed(shop.ppk, order, "sp", SIGN)
    services.sign_order(actor=shop.ppk, order=order, deed=deed)
    late = shop.deed(shop.ppk, second, "sp", SIGN)
    with (
        clock.frozen(clock.now() + timedelta(minutes=5, seconds=1)),
        pytest.raises(DeedOver),
    ):
        services.sign_order(actor=shop.ppk, order=second, deed=late)
    with pytest.raises((DeedUsed, DeedMismatch)):
        services.sign_order(actor=shop.ppk, order=second, deed=deed)


def test_another_ppk_than_the_letter_names_does_not_sign(shop: Shop) -> None:
    order = shop.until("sign")
    other = acting("ppk")
    deed = shop.deed(other, order, "sp", SIGN)
    with pytest.raises(Refused) as caught:
        services.sign_order(actor=other, order=order, deed=deed)
    assert [clause.name for clause in caught.value.verdict.missing] == ["reviewed_it"]


def test_a_handover_is_signed_only_once_it_can_be_read(shop: Shop) -> None:
    order = shop.until("prepare")
    deed = deeds.confirmed(shop.ppk, "0" * 64, HAND_OVER)
    with pytest.raises(NothingToSign):
        services.hand_over(actor=shop.ppk, order=order, deed=deed)


def test_another_number_makes_another_record_and_the_newest_is_signed(shop: Shop) -> None:
    order = shop.until("prepare")
    first = services.prepare_handover(actor=shop.ppk, order=order, own_number="BAST/1")
    again = services.prepare_handover(actor=shop.ppk, order=order, own_number="BAST/1")
    newest = services.prepare_handover(actor=shop.ppk, order=order, own_number="BAST/2")
    assert first == again != newest
    shop.hand_over(order)
    (signature,) = Signature.objects.filter(document__kind="bast")
    assert signature.document_id == newest


def test_the_letter_says_what_was_agreed(shop: Shop) -> None:
    order = shop.until("sign")
    content = original_bytes(OrderDocument.objects.get(order=order).document_id).content
    text = text_of(content)
    found = row(order)
    for told in (found.reference, "Rp2.220.000", "Rp220.000", "52345678; 52345679", shop.ppk.name):
        assert told in text, told


def test_hot_pages_stay_within_their_statements(shop: Shop) -> None:
    order: UUID = shop.order("submit", "approve", "sign", "accept", "ship")
    for actor in (shop.pp, shop.seller):
        order_for(actor, order)
        with CaptureQueriesContext(connection) as asked:
            order_for(actor, order)
        assert len(asked) <= 6
        with CaptureQueriesContext(connection) as asked:
            board(actor, "running")
        assert len(asked) <= 2
