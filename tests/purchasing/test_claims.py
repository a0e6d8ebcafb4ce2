"""Payments against the log: what was paid, and the bytes that prove it."""

from collections.abc import Callable

import pytest
from django.db import connection

from gapura.audit.bundle.reconciling import reconcile
from gapura.audit.findings import Report
from gapura.documents.models import Document
from gapura.purchasing.models import Order, Payment
from tests.purchasing.shop import WALK, Shop

pytestmark = pytest.mark.django_db


def differing() -> set[tuple[str, str]]:
    """Claim and column of what disagrees with the log in this room."""
    report = Report()
    reconcile(connection, report, {})
    said = [f.values | {"kind": f.kind} for f in report.findings]
    found = {(str(one.get("claim")), str(one.get("column", one["kind"]))) for one in said}
    return {one for one in found if one[0].startswith("purchasing.")}


def _exchange_paper() -> None:
    other = Document.objects.exclude(pk=Payment.objects.get().evidence_id).first()
    assert other is not None
    Document.objects.filter(pk=Payment.objects.get().evidence_id).update(content=other.content_id)


@pytest.mark.parametrize(
    ("change", "claim", "column"),
    [
        (lambda: Payment.objects.update(paper="lain"), "payment", "paper"),
        (lambda: Payment.objects.update(amount=1), "payment", "amount"),
        (_exchange_paper, "payment", "digest"),
        (lambda: Order.objects.update(state="cancelled"), "order", "state"),
    ],
)
def test_what_was_paid_is_not_changed_unseen(
    shop: Shop, change: Callable[[], object], claim: str, column: str
) -> None:
    """Attack: change in the database what was paid, or put another file in the paper's place."""
    shop.order(*WALK)
    assert differing() == set()
    change()
    assert (f"purchasing.{claim}", column) in differing()
