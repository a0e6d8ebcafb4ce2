"""Every verb by its rightful actor and by every wrong one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from gapura.access.queries import active_grants
from gapura.access.services import issue_grant
from gapura.audit.models import LogEvent
from gapura.authentication.services import Deed
from gapura.documents.store import STORE, original_key
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import Missing
from gapura.purchasing import services
from gapura.purchasing.errors import NoSuchOrder
from gapura.purchasing.models import OrderDocument, Payment
from gapura.purchasing.queries import basket, board, order_for
from tests.catalog.goods import acting as present
from tests.purchasing import shop as market
from tests.purchasing.shop import Shop, read, row, terms

pytestmark = pytest.mark.django_db

NO_DEED = Deed(uuid4(), "totp", clock.now(), "0" * 64, "x")
PRICES = [Decimal(900_000)]
Act = Callable[[Actor, UUID], object]


def act(verb: Callable[..., object], /, **more: object) -> Act:
    return lambda actor, order: verb(actor=actor, order=order, **more)


def sending(verb: Callable[..., object], /, **more: object) -> Act:
    """The same for a draft that has just been read."""
    return lambda actor, order: verb(actor=actor, order=order, seen=read(order), **more)


TICKS = {"function": True, "quantity": True, "time": True}
LATER: dict[str, Any] = {"deliver_by": clock.today() + timedelta(days=40)}
PAID = {"channel": "ls", "evidence": uuid4(), "paid_on": clock.today(), "reference": "SP2D 1"}
CONFIRMED = {key: PAID[key] for key in ("evidence", "paid_on", "reference")}

# The verb, the verbs before it, the act, and who of the shop may.
VERBS: dict[str, tuple[tuple[str, ...], Act, set[str]]] = {
    "save": ((), act(services.save_draft, **terms()), {"pp"}),
    "save_quantities": ((), act(services.save_quantities, quantities={1: Decimal(1)}), {"pp"}),
    "refresh": ((), act(services.refresh_order), {"pp"}),
    "discard": ((), act(services.discard_order), {"pp"}),
    "submit": ((), sending(services.submit_order), {"pp"}),
    "propose_price": ((), sending(services.propose_price, prices=PRICES), {"pp"}),
    "answer_offer": (
        ("propose",), act(services.answer_offer, round=1, prices=PRICES), {"seller", "staff"}
    ),
    "agree": (("propose",), act(services.agree, round=1), {"seller", "staff"}),
    "cancel_negotiation": (
        ("propose",), act(services.cancel_negotiation), {"pp", "seller", "staff"}
    ),
    "approve": (("submit",), act(services.approve_order), {"ppk", "ppk2"}),
    "reject": (("submit",), act(services.reject_order, reason_code="price"), {"ppk", "ppk2"}),
    "sign": (("submit", "approve"), act(services.sign_order, deed=NO_DEED), {"ppk"}),
    "reject_signing": (
        ("submit", "approve"),
        act(services.reject_signing, reason_code="price"),
        {"ppk", "ppk2"},
    ),
    "hand_over_review": (("submit", "approve"), act(services.hand_over_review), {"ppk2"}),
    "accept": (
        ("submit", "approve", "sign"),
        act(services.accept_order, deed=NO_DEED),
        {"seller", "staff"},
    ),
    "decline": (
        ("submit", "approve", "sign"),
        act(services.decline_order, reason_code="no_stock"),
        {"seller", "staff"},
    ),
    "propose_addendum": (
        market.WALK[:4],
        act(services.propose_addendum, **LATER),
        {"ppk", "ppk2", "seller", "staff"},
    ),
    "accept_addendum": (
        (*market.WALK[:4], "ask_addendum"),
        act(services.accept_addendum, version=1),
        {"ppk", "ppk2"},
    ),
    "decline_addendum": (
        (*market.WALK[:4], "ask_addendum"),
        act(services.decline_addendum, version=1),
        {"ppk", "ppk2"},
    ),
    "request_cancel": (
        market.WALK[:4],
        act(services.request_cancel, reason_code="mistake"),
        {"ppk", "ppk2", "seller", "staff"},
    ),
    "grant_cancel": (
        (*market.WALK[:4], "ask_cancel"),
        act(services.grant_cancel, note="Keduanya setuju"),
        {"helpdesk", "admin"},
    ),
    "refuse_cancel": (
        (*market.WALK[:4], "ask_cancel"),
        act(services.refuse_cancel, note="Barang sudah jalan"),
        {"helpdesk", "admin"},
    ),
    "ship": (market.WALK[:4], act(services.ship, courier="Pos"), {"seller", "staff"}),
    "receive": (market.WALK[:5], act(services.receive, **TICKS), {"pp", "ppk", "ppk2"}),
    "report_mismatch": (
        market.WALK[:5], act(services.report_mismatch, note="Salah warna"), {"pp", "ppk", "ppk2"}
    ),
    "prepare": (
        market.WALK[:6], act(services.prepare_handover, own_number="BAST/1"), {"ppk", "ppk2"}
    ),
    "hand_over": (market.WALK[:7], act(services.hand_over, deed=NO_DEED), {"ppk", "ppk2"}),
    "confirm_handover": (
        market.WALK[:8], act(services.confirm_handover, deed=NO_DEED), {"seller", "staff"}
    ),
    "attach": (
        market.WALK[:9], act(services.attach_evidence, name="a.pdf", content=b""), {"treasurer"}
    ),
    "pay": (market.WALK[:9], act(services.pay, **PAID), {"treasurer"}),
    "pay_outside": (market.WALK[:9], act(services.pay_outside), {"treasurer"}),
    "confirm_payment": (
        (*market.WALK[:9], "go_outside"), act(services.confirm_payment, **CONFIRMED), {"treasurer"}
    ),
}  # fmt: skip


@pytest.fixture
def cast(shop: Shop) -> dict[str, Actor]:
    """The shop's people, their colleagues, and everybody who has no business there."""
    return {
        "pp": shop.pp,
        "ppk": shop.ppk,
        "seller": shop.seller,
        "treasurer": shop.treasurer,
        "ppk2": present("ppk"),
        "staff": present("staf_perusahaan", "PT1"),
        "helpdesk": present("helpdesk"),
        "admin": present("admin_platform"),
        "auditor": present("apip"),
        "kpa": present("kpa"),
        "other unit's pp": present("pp", "T1.2"),
        "other unit's ppk": present("ppk", "T1.2"),
        "other unit's treasurer": present("bendahara", "T1.2"),
        "other agency's ppk": present("ppk", "T2.1"),
        "other agency's auditor": present("apip", "T2"),
        "other company": present("admin_perusahaan", "PT2"),
        "curator": shop.curator,
        "nobody": Actor(),
    }


def ask_addendum(shop: Shop, order: UUID) -> None:
    services.propose_addendum(actor=shop.seller, order=order, **LATER)


def ask_cancel(shop: Shop, order: UUID) -> None:
    services.request_cancel(actor=shop.seller, order=order, reason_code="cannot_deliver")


def go_outside(shop: Shop, order: UUID) -> None:
    services.pay_outside(actor=shop.treasurer, order=order)


def stage(shop: Shop, verbs: tuple[str, ...]) -> UUID:
    order = shop.draft()
    for verb in verbs:
        if verb in globals():
            globals()[verb](shop, order)
        else:
            getattr(shop, verb)(order)
    return order


@pytest.mark.parametrize("verb", list(VERBS))
def test_a_verb_is_for_its_rightful_actors_only(
    shop: Shop, cast: dict[str, Actor], verb: str
) -> None:
    verbs, do, rightful = VERBS[verb]
    order = stage(shop, verbs)
    before = row(order).state
    for name, actor in cast.items():
        if name not in rightful:
            with pytest.raises((Refused, NoSuchOrder)):
                do(actor, order)
            assert row(order).state == before, name


@pytest.mark.parametrize("verb", [v for v in VERBS if v != "attach"])
def test_a_verb_needs_the_app_where_money_and_signatures_are(shop: Shop, verb: str) -> None:
    verbs, do, rightful = VERBS[verb]
    order = stage(shop, verbs)
    weak_ones = {"save", "save_quantities", "refresh", "discard", "ship"}
    name = sorted(rightful & {"pp", "ppk", "seller", "treasurer"}) or sorted(rightful)
    actor = getattr(shop, name[0], None) or present({"ppk2": "ppk"}.get(name[0], "admin_platform"))
    if verb in weak_ones:
        do(replace(actor, acr=1), order)
    else:
        with pytest.raises(Refused) as caught:
            do(replace(actor, acr=1), order)
        assert caught.value.verdict.only_needs_strength


def test_one_who_drafted_as_pp_does_not_review_as_ppk(shop: Shop) -> None:
    """Separation of duties: both offices in one person."""
    issue_grant(
        actor=system_actor("tests"), person_id=shop.pp.who, role="ppk", agency="T1", unit="T1.1"
    )
    order = shop.until("approve")
    (grant,) = (g for g in active_grants(shop.pp.who, clock.now()) if g.role == "ppk")
    with pytest.raises(Refused) as caught:
        services.approve_order(actor=shop.pp.as_grant(grant), order=order)
    names = [clause.name for clause in caught.value.verdict.missing]
    assert names == ["did_not_draft_it_as_officer"]


def test_a_draft_is_nobody_elses_business(shop: Shop, cast: dict[str, Actor]) -> None:
    order = shop.draft()
    for name, actor in cast.items():
        if name in ("pp", "ppk", "ppk2"):
            assert order_for(actor, order).state == "draft"
        else:
            with pytest.raises(Missing):
                order_for(actor, order)


def test_a_discarded_draft_stays_unknown_to_the_company(shop: Shop) -> None:
    order = shop.draft()
    services.discard_order(actor=shop.pp, order=order)
    with pytest.raises(NoSuchOrder):
        order_for(shop.seller, order)
    assert board(shop.seller, "stopped").total == 0


def test_others_orders_are_invisible_by_any_door(shop: Shop, cast: dict[str, Actor]) -> None:
    """Another company's and another agency's orders: page, board, papers, evidence."""
    order = shop.order(*market.WALK)
    paper = OrderDocument.objects.filter(order=order).earliest("made_at")
    strangers = [name for name in cast if name.startswith("other")] + ["helpdesk", "curator"]
    for name in strangers:
        actor = cast[name]
        for door in (
            lambda a: order_for(a, order),
            lambda a: services.look_at(actor=a, order=order),
            lambda a: services.open_document(actor=a, order=order, document=paper.id),
            lambda a: services.open_evidence(actor=a, order=order),
        ):
            with pytest.raises(NoSuchOrder):
                door(actor)
        if name != "curator":
            first = board(actor)
            assert sum(first.counts.values()) == 0, name


def test_the_paper_of_another_order_does_not_open_with_this_one(shop: Shop) -> None:
    mine, other = shop.until("sign"), shop.until("sign")
    paper = OrderDocument.objects.get(order=other)
    with pytest.raises(NoSuchOrder):
        services.open_document(actor=shop.ppk, order=mine, document=paper.id)


def test_every_look_of_an_auditor_is_recorded(shop: Shop, cast: dict[str, Actor]) -> None:
    order = shop.until("ship")
    paper = OrderDocument.objects.get(order=order)
    auditor = cast["auditor"]
    view = services.look_at(actor=auditor, order=order)
    services.look_at(actor=auditor, order=order)
    services.open_document(actor=auditor, order=order, document=paper.id)
    services.look_at(actor=shop.pp, order=order)
    rows = LogEvent.objects.filter(subject_id=str(order), actor_person=auditor.who)
    names = sorted(rows.values_list("name", flat=True))
    assert names == ["purchasing.document.opened"] + ["purchasing.order.looked_at"] * 2
    assert view.verbs == ()
    assert not view.next.mine


def test_whoever_is_no_party_leaves_an_entry_for_each_paper(
    shop: Shop, cast: dict[str, Actor]
) -> None:
    """One for each look of an outsider; the order's own sides work with their papers unrecorded."""
    order = shop.order(*market.WALK)
    ask = {"reason_code": "mistake"}
    asked = shop.until("ship")
    services.request_cancel(actor=shop.seller, order=asked, **ask)
    papers = {
        key: OrderDocument.objects.filter(order=key).earliest("made_at") for key in (order, asked)
    }

    def looked(name: str, key: UUID) -> int:
        actor = cast[name]
        services.open_document(actor=actor, order=key, document=papers[key].id)
        found = LogEvent.objects.filter(name="purchasing.document.opened")
        return found.filter(subject_id=str(key), actor_person=actor.who).count()

    for name in ("pp", "ppk", "ppk2", "treasurer", "seller", "staff"):
        assert looked(name, order) == 0, name
    for name, key in (("auditor", order), ("kpa", order), ("helpdesk", asked), ("admin", asked)):
        assert [looked(name, key), looked(name, key)] == [1, 2], name
    paper = Payment.objects.get(order=order)
    STORE.put({original_key(paper.evidence_sha256): b"%PDF"})
    services.open_evidence(actor=cast["kpa"], order=order)
    kinds = LogEvent.objects.filter(actor_person=cast["kpa"].who, name="purchasing.document.opened")
    assert [row.facts["kind"] for row in kinds.order_by("id")] == ["sp", "sp", "evidence"]


def test_a_verb_in_the_wrong_state_moves_nothing(shop: Shop) -> None:
    order = shop.draft()
    for verb in ("approve", "receive"):
        with pytest.raises((NoSuchMove, Refused)):
            getattr(shop, verb)(order)
    assert row(order).state == "draft"


def test_only_buyers_price_the_list_to_buy(shop: Shop) -> None:
    for actor in (shop.seller, shop.treasurer, Actor()):
        with pytest.raises(Refused):
            basket(actor, "PT1")
        with pytest.raises(Refused):
            services.draft_order(actor=actor, company="PT1", **terms())


def test_a_person_cannot_let_orders_lapse(shop: Shop) -> None:
    for actor in (shop.pp, shop.ppk, shop.seller, present("admin_platform")):
        with pytest.raises(Refused):
            services.lapse_overdue(actor=actor)
