"""The page of one order: who may see it, what it tells whom, and how little it asks."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.audit.models import LogEvent
from gapura.authentication.models import Session
from gapura.kernel import clock
from gapura.purchasing.queries import board
from tests.purchasing.shop import row
from tests.web.browser import text_of
from tests.web.orders.desk import Desk, address, browser_of
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
MOST = 6


def test_a_hot_page_asks_little(desk: Desk) -> None:
    paid = desk.shop.until("pay")
    negotiated = desk.shop.order("propose")
    for order in (paid, negotiated):
        desk.of("pp").get(address(order))
        with CaptureQueriesContext(connection) as asked:
            desk.of("pp").get(address(order))
        statements = [q["sql"] for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        assert len(statements) <= MOST, [sql[:90] for sql in statements]


def test_a_board_asks_little_and_counts_what_it_shows(desk: Desk) -> None:
    desk.shop.draft()
    for verb in ("accept", "ship", "pay"):
        desk.shop.until(verb)
    for here in (desk.of("pp"), desk.of("seller"), desk.of("treasurer"), signed_in("apip")):
        here.get("/orders")
        with CaptureQueriesContext(connection) as asked:
            assert here.get("/orders").status_code == 200
        statements = [q["sql"] for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        assert len(statements) <= MOST, [sql[:90] for sql in statements]
    for tab in board(desk.shop.seller).tabs:
        assert len(board(desk.shop.seller, tab.code).rows) == tab.count, tab.code
    assert signed_in("helpdesk").get("/orders").status_code == 200


def test_drafts_are_nobodys_business_but_the_buyers(desk: Desk) -> None:
    order = desk.shop.draft()
    assert desk.of("pp").get(address(order)).status_code == 200
    assert desk.of("ppk").get(address(order)).status_code == 200
    for other in (desk.of("seller"), desk.of("treasurer"), signed_in("apip")):
        assert other.get(address(order)).status_code == 404


def test_other_agencies_and_companies_see_nothing_by_any_door(desk: Desk) -> None:
    order = desk.shop.until("ship")
    paper = row(order).documents.get().id
    strangers = (
        signed_in("ppk", "T2.1"),
        signed_in("admin_perusahaan", "PT2"),
        signed_in("apip", "T2"),
        signed_in("bendahara", "T2.1"),
        signed_in("verifikator"),
        signed_in("kurator"),
    )
    pages = ("", "sign", "accept", "ship", "pay", f"documents/{paper}", "evidence")
    for stranger in strangers:
        for page in pages:
            assert stranger.get(address(order, page)).status_code == 404, page
        assert stranger.submit(address(order, "ship"), "/", courier="JNE").status_code == 404
    assert row(order).delivery.state == "preparing"


def test_an_auditor_reads_and_every_look_is_recorded(desk: Desk) -> None:
    order = desk.shop.until("pay")
    auditor = signed_in("apip")
    page = auditor.get(address(order))
    said = text_of(page)
    assert "That you opened it was recorded" in said
    assert "Your next step" not in said
    looks = LogEvent.objects.filter(subject_id=str(order), name="purchasing.order.looked_at")
    assert looks.count() == 1
    paper = row(order).documents.first()
    assert paper is not None
    assert auditor.get(address(order, f"documents/{paper.id}")).status_code == 200
    opened = LogEvent.objects.filter(subject_id=str(order), name="purchasing.document.opened")
    assert opened.count() == 1


def test_the_supplier_reads_no_budget_and_no_prices_of_others(desk: Desk) -> None:
    order = desk.shop.until("accept")
    said = text_of(desk.of("seller").get(address(order)))
    assert "Rp2.220.000" in said
    for inside in ("Budget account", "Plan code", "Prices of like products", "median"):
        assert inside not in said
        assert inside in text_of(desk.of("ppk").get(address(order))) or inside == "median"


def test_a_supplier_signed_in_by_mail_is_asked_for_the_app(desk: Desk) -> None:
    order = desk.shop.until("accept")
    here = browser_of(desk.shop.seller)
    Session.objects.filter(person=desk.shop.seller.who).update(acr=1)
    page = here.get(address(order))
    assert "Confirm with the app" in text_of(page)
    assert "Your next step" not in text_of(page)
    assert here.get(address(order, "accept"))["Location"].startswith("/login/step-up")


def test_the_deadline_is_said_as_the_end_of_a_day(desk: Desk) -> None:
    order = desk.shop.until("accept")
    said = text_of(desk.of("seller").get(address(order)))
    assert re.search(r"left, until the end of \d+ \w+ \d{4} \(WIB\)", said)
    due = row(order).due_at
    assert due is not None
    with clock.frozen(due):
        desk2 = browser_of(desk.shop.seller)
        said = text_of(desk2.get(address(order)))
    assert "The time to answer is over" in said
    assert "Your next step" not in said


@pytest.mark.parametrize("language", ["id", "en"])
def test_both_languages(desk: Desk, language: str) -> None:
    order = desk.shop.until("accept")
    page = browser_of(desk.shop.seller, language).get(address(order))
    assert f'lang="{language}"' in page.content.decode()
    assert page.status_code == 200


def test_boards_by_role(desk: Desk) -> None:
    desk.shop.draft()
    order = desk.shop.until("accept")
    reference = row(order).reference
    assert "Drafts 1" in text_of(desk.of("pp").get("/orders"))
    shown = text_of(desk.of("seller").get("/orders"))
    assert reference in shown
    assert "Your turn:" in shown
    assert "Drafts" not in shown
    assert reference in text_of(signed_in("apip").get("/orders?tab=supplier"))
    for stranger in (signed_in("ppk", "T2.1"), signed_in("admin_perusahaan", "PT2")):
        assert reference not in text_of(stranger.get("/orders?tab=supplier"))
    assert signed_in("kurator").get("/orders").status_code == 404
    assert desk.of("pp").get("/orders?tab=nothing&page=99999").status_code == 200


def test_the_budget_user_reads_what_was_sent_and_changes_nothing(desk: Desk) -> None:
    order, draft = desk.shop.until("accept"), desk.shop.draft()
    reader = signed_in("kpa")
    assert row(order).reference in text_of(reader.get("/orders?tab=supplier"))
    page = reader.get(address(order))
    assert "Your next step" not in text_of(page)
    assert reader.get(address(draft)).status_code == 404
    for step in ("sign", "accept", "propose-addendum"):
        assert reader.get(address(order, step)).status_code in {403, 409}
    assert signed_in("kpa", "T2.1").get(address(order)).status_code == 404
