"""Labels are claims: shown when a curator has verified them, as long as their dates hold."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from gapura.catalog import errors, services
from gapura.catalog.models import Claim
from gapura.catalog.queries import Search, product_for, products_for, waiting
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems, Problem
from gapura.organizations.models import Company
from tests.catalog import goods

NOTE = "Nomor ini tidak ada di daftar kementerian."


def claim(actor: Actor, product: UUID, **changed: object) -> UUID:
    given: dict[str, object] = {
        "kind": "tkdn",
        "value": Decimal("42.50"),
        "number": "1234/SJ-IND.6/TKDN/2026",
        "valid_to": clock.today() + timedelta(days=30),
        "evidence": goods.evidence(actor.who),
    }
    return services.claim_label(actor=actor, product=product, **{**given, **changed})  # type: ignore[arg-type]


def verify(actor: Actor, claimed: UUID) -> None:
    services.decide_claim(actor=actor, claim=claimed, verified=True)


def labels(actor: Actor) -> tuple[str, ...]:
    (card,) = products_for(actor, Search()).products
    return card.labels


def test_a_label_shows_once_it_is_verified(
    seller: Actor, curator: Actor, buyer: Actor, listed: UUID
) -> None:
    claimed = claim(seller, listed)
    assert (labels(buyer), product_for(buyer, listed).claims) == ((), ())
    assert waiting(curator) == 1
    (view,) = product_for(curator, listed).claims
    assert (view.state, view.value, view.evidence is not None) == ("claimed", Decimal("42.5"), True)
    verify(curator, claimed)
    assert labels(buyer) == ("tkdn",)
    (view,) = product_for(buyer, listed).claims
    assert (view.state, view.evidence) == ("verified", None)
    assert len(products_for(buyer, Search(labels=("tkdn",))).products) == 1
    assert products_for(buyer, Search(labels=("tkdn", "sni"))).total == 0
    with pytest.raises(NoSuchMove):
        verify(curator, claimed)


def test_a_label_ends_with_its_certificate(
    seller: Actor, curator: Actor, buyer: Actor, listed: UUID
) -> None:
    verify(curator, claim(seller, listed, valid_to=clock.today()))
    assert labels(buyer) == ("tkdn",)
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert labels(buyer) == ()
        assert products_for(buyer, Search(labels=("tkdn",))).total == 0
        (view,) = product_for(seller, listed).claims
        assert view.state == "expired"


def test_a_domestic_label_does_not_stay_on_an_import(
    seller: Actor, curator: Actor, buyer: Actor, listed: UUID
) -> None:
    """A verified product is changed into another one."""
    verify(curator, claim(seller, listed))
    services.save_version(actor=seller, product=listed, fields=goods.fields(origin="import"))
    services.submit_product(actor=seller, product=listed)
    goods.approve(curator, listed)
    assert labels(buyer) == ()
    assert products_for(buyer, Search(labels=("tkdn",))).total == 0
    with pytest.raises(FieldProblems):
        claim(seller, listed)


def test_a_claim_that_is_not_confirmed_says_why(
    seller: Actor, curator: Actor, buyer: Actor, listed: UUID
) -> None:
    claimed = claim(seller, listed)
    with pytest.raises(FieldProblems):
        services.decide_claim(actor=curator, claim=claimed, verified=False)
    services.decide_claim(
        actor=curator, claim=claimed, verified=False, reason="not_in_registry", note=NOTE
    )
    (view,) = product_for(seller, listed).claims
    assert (view.state, view.reason, view.note) == ("rejected", "not_in_registry", NOTE)
    assert product_for(buyer, listed).claims == ()
    assert claim(seller, listed) != claimed


def test_umk_comes_from_the_registry(seller: Actor, buyer: Actor, listed: UUID) -> None:
    Company.objects.filter(pk="PT1").update(scale="micro")
    assert labels(buyer) == ("umk",)
    assert products_for(buyer, Search(labels=("umk",))).total == 1
    Company.objects.filter(pk="PT1").update(scale="large")
    assert products_for(buyer, Search(labels=("umk",))).total == 0
    with pytest.raises(FieldProblems):
        claim(seller, listed, kind="umk")


_BAD: list[tuple[str, dict[str, object], type[Problem]]] = [
    ("kind", {"kind": "best"}, errors.NoSuchCode),
    ("value", {"value": None}, errors.WrongPercent),
    ("value", {"value": Decimal(0)}, errors.WrongPercent),
    ("value", {"value": Decimal(-1)}, errors.WrongPercent),
    ("value", {"value": Decimal("100.01")}, errors.WrongPercent),
    ("value", {"value": Decimal("42.123")}, errors.WrongPercent),
    ("value", {"value": Decimal("NaN")}, errors.WrongPercent),
    ("value", {"kind": "bmp", "value": Decimal("15.5")}, errors.WrongPercent),
    ("number", {"number": "  "}, errors.NumberNeeded),
    ("number", {"number": "<b>12</b>"}, errors.HasMarkup),
    ("number", {"number": "9" * 101}, Problem),
    ("valid_to", {"valid_to": None}, errors.DayNeeded),
    ("valid_to", {"valid_to": clock.today() - timedelta(days=1)}, errors.DayNeeded),
    ("evidence", {"evidence": None}, errors.EvidenceNeeded),
    ("evidence", {"evidence": uuid4()}, errors.EvidenceNeeded),
]


@pytest.mark.parametrize(("field", "changed", "problem"), _BAD)
def test_a_bad_claim_is_refused(
    field: str, changed: dict[str, object], problem: type[Problem], seller: Actor, listed: UUID
) -> None:
    with pytest.raises(FieldProblems) as caught:
        claim(seller, listed, **changed)
    assert list(caught.value.fields) == [field]
    assert isinstance(caught.value.fields[field], problem)
    assert not Claim.objects.exists()


def test_nobody_claims_with_another_persons_paper(
    seller: Actor, rival: Actor, listed: UUID
) -> None:
    """Reading a stranger's letter by attaching it to a claim of one's own."""
    for stranger in (goods.evidence(rival.who), goods.evidence(seller.who, "picture")):
        with pytest.raises(FieldProblems) as caught:
            claim(seller, listed, evidence=stranger)
        assert list(caught.value.fields) == ["evidence"]


def test_a_domestic_product_needs_no_paper(seller: Actor, listed: UUID) -> None:
    claimed = claim(seller, listed, kind="pdn", value=Decimal(99), number="x", evidence=None)
    row = Claim.objects.get(pk=claimed)
    assert (row.value, row.number, row.valid_to) == (None, "", None)


def test_one_label_is_claimed_once_at_a_time(seller: Actor, listed: UUID) -> None:
    claim(seller, listed)
    with pytest.raises(errors.ClaimedAlready):
        claim(seller, listed)
    claim(seller, listed, kind="sni")


def test_others_neither_claim_nor_decide(
    seller: Actor, rival: Actor, buyer: Actor, listed: UUID
) -> None:
    claimed = claim(seller, listed)
    for actor in (rival, buyer, goods.acting("apip")):
        with pytest.raises(Refused):
            claim(actor, listed, evidence=None)
        with pytest.raises(Refused):
            verify(actor, claimed)
    with pytest.raises(Refused):
        verify(seller, claimed)
    with pytest.raises(errors.NoSuchClaim):
        verify(buyer, uuid4())
    hidden = claim(seller, goods.draft(seller, goods.laptop()))
    with pytest.raises(errors.NoSuchClaim):
        verify(rival, hidden)
