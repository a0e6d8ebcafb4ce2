"""The life of a product: each verb by its rightful actor, and by every wrong one."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from gapura.access.services import issue_grant
from gapura.audit.models import LogEvent
from gapura.catalog import errors, services
from gapura.catalog.models import Product, ProductVersion
from gapura.catalog.queries import product_for, review_of, review_queue, waiting
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems, Problem
from gapura.notifications.models import Mail
from tests.access import world
from tests.catalog import goods
from tests.web.people import holder

NOTE = "Gambar tidak menunjukkan barang yang dijual."


def state_of(product: UUID) -> str:
    return Product.objects.values_list("state", flat=True).get(pk=product)


def reject(actor: Actor, product: UUID, **changed: object) -> None:
    given = {"version": goods.pending_of(product), "reason_code": "unfit_picture", "note": NOTE}
    services.reject_product(actor=actor, product=product, **{**given, **changed})  # type: ignore[arg-type]


def freeze(actor: Actor, product: UUID) -> None:
    services.freeze_product(
        actor=actor, product=product, reason_code="unreasonable_price", note=NOTE
    )


def take_down(actor: Actor, product: UUID) -> None:
    services.take_down_product(actor=actor, product=product, reason_code="false_claim", note=NOTE)


def test_from_the_draft_into_the_catalog(seller: Actor, curator: Actor, buyer: Actor) -> None:
    product = goods.draft(seller)
    assert "submit" in product_for(seller, product).can
    services.submit_product(actor=seller, product=product)
    assert state_of(product) == "in_review"
    with pytest.raises(errors.NoSuchProduct):
        product_for(buyer, product)
    assert {"approve", "reject", "review"} <= product_for(curator, product).can
    goods.approve(curator, product)
    assert product_for(buyer, product).can == {"choose"}
    names = LogEvent.objects.filter(name__startswith="catalog.product").order_by("id")
    verbs = [name.rpartition(".")[2] for name in names.values_list("name", flat=True)]
    assert verbs == ["drafted", "submitted", "approved"]
    assert Mail.objects.filter(template="catalog/mail/product_approved.txt").count() == 1


def test_nothing_is_reviewed_without_a_picture(seller: Actor) -> None:
    product = goods.draft(seller, pictured=False)
    with pytest.raises(FieldProblems) as caught:
        services.submit_product(actor=seller, product=product)
    assert isinstance(caught.value.fields["pictures"], errors.PictureNeeded)
    assert state_of(product) == "draft"


def test_what_was_submitted_has_a_hash_and_never_changes(seller: Actor, curator: Actor) -> None:
    product = goods.listed(seller, curator)
    first = ProductVersion.objects.get(product=product)
    assert len(first.hash) == 64
    services.save_version(actor=seller, product=product, fields=goods.fields(brand="Lain"))
    services.submit_product(actor=seller, product=product)
    goods.approve(curator, product)
    again = ProductVersion.objects.get(pk=first.pk)
    assert (again.hash, again.brand, again.state) == (first.hash, "Sinar", "superseded")
    assert Product.objects.get(pk=product).current_id != first.pk


def test_a_product_sent_back_is_corrected_and_resubmitted(seller: Actor, curator: Actor) -> None:
    product = goods.submitted(seller)
    reject(curator, product)
    detail = product_for(seller, product)
    assert (detail.state, detail.version.reason, detail.version.note) == (
        "needs_fix",
        "unfit_picture",
        NOTE,
    )
    assert "resubmit" not in detail.can
    with pytest.raises(errors.NothingToSubmit):
        services.submit_product(actor=seller, product=product)
    services.save_version(actor=seller, product=product, fields=goods.fields(brand="Lain"))
    assert "resubmit" in product_for(seller, product).can
    services.submit_product(actor=seller, product=product)
    assert LogEvent.objects.filter(name="catalog.product.resubmitted").count() == 1
    goods.approve(curator, product)
    assert ProductVersion.objects.filter(product=product).count() == 2
    (mail,) = Mail.objects.filter(template="catalog/mail/product_rejected.txt")
    assert NOTE in (mail.body or "")


def test_a_change_that_is_sent_back_leaves_the_catalog_as_it_was(
    seller: Actor, curator: Actor, listed: UUID, buyer: Actor
) -> None:
    services.save_version(actor=seller, product=listed, fields=goods.fields(brand="Lain"))
    services.submit_product(actor=seller, product=listed)
    reject(curator, listed)
    assert state_of(listed) == "listed"
    assert product_for(buyer, listed).version.brand == "Sinar"
    pending = product_for(seller, listed).pending
    assert pending is not None
    assert (pending.state, pending.reason) == ("rejected", "unfit_picture")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"reason_code": "mood"}, "reason"),
        ({"note": "no"}, "note"),
        ({"note": "x" * 1001}, "note"),
        ({"note": "<b>Tidak sesuai gambar</b>"}, "note"),
    ],
)
def test_a_rejection_is_explained(
    changed: dict[str, object], field: str, seller: Actor, curator: Actor
) -> None:
    product = goods.submitted(seller)
    with pytest.raises(FieldProblems) as caught:
        reject(curator, product, **changed)
    assert list(caught.value.fields) == [field]
    assert state_of(product) == "in_review"


def test_a_curator_decides_about_what_was_looked_at(seller: Actor, curator: Actor) -> None:
    """The company changes the product under the curator's eyes."""
    product = goods.submitted(seller)
    looked_at = goods.pending_of(product)
    goods.approve(curator, product)
    services.save_version(actor=seller, product=product, fields=goods.fields(brand="Palsu"))
    services.submit_product(actor=seller, product=product)
    with pytest.raises(errors.OtherVersion):
        services.approve_product(actor=curator, product=product, version=looked_at)
    with pytest.raises(errors.OtherVersion):
        reject(curator, product, version=looked_at)


def test_withdrawn_and_asked_back(
    seller: Actor, curator: Actor, listed: UUID, buyer: Actor
) -> None:
    services.withdraw_product(actor=seller, product=listed)
    with pytest.raises(errors.NoSuchProduct):
        product_for(buyer, listed)
    with pytest.raises(NoSuchMove):
        services.withdraw_product(actor=seller, product=listed)
    services.relist_product(actor=seller, product=listed)
    assert state_of(listed) == "in_review"
    goods.approve(curator, listed)
    assert product_for(buyer, listed).version.number == 2
    with pytest.raises(NoSuchMove):
        services.relist_product(actor=seller, product=listed)


def test_withdrawing_takes_the_new_version_out_of_review(seller: Actor, listed: UUID) -> None:
    services.save_version(actor=seller, product=listed, fields=goods.fields(brand="Lain"))
    services.submit_product(actor=seller, product=listed)
    services.withdraw_product(actor=seller, product=listed)
    pending = product_for(seller, listed).pending
    assert pending is not None
    assert pending.state == "draft"
    services.relist_product(actor=seller, product=listed)
    assert goods.pending_of(listed) == pending.id


def test_frozen_is_seen_but_not_ordered(curator: Actor, listed: UUID, buyer: Actor) -> None:
    freeze(curator, listed)
    detail = product_for(buyer, listed)
    assert (detail.state, detail.state_reason, detail.state_note) == (
        "frozen",
        "unreasonable_price",
        "",
    )
    assert "choose" not in detail.can
    with pytest.raises(Refused):
        services.choose_product(actor=buyer, product=listed, quantity=Decimal(1))
    services.unfreeze_product(actor=curator, product=listed, note="Harga sudah diperbaiki.")
    assert state_of(listed) == "listed"


def test_what_is_taken_down_stays_down(
    seller: Actor, curator: Actor, listed: UUID, buyer: Actor
) -> None:
    services.save_version(actor=seller, product=listed, fields=goods.fields(brand="Lain"))
    services.submit_product(actor=seller, product=listed)
    take_down(curator, listed)
    with pytest.raises(errors.NoSuchProduct):
        product_for(buyer, listed)
    for act in (services.withdraw_product, services.relist_product):
        with pytest.raises(NoSuchMove):
            act(actor=seller, product=listed)
    with pytest.raises(Problem):
        services.submit_product(actor=seller, product=listed)
    with pytest.raises(errors.ProductTakenDown):
        services.save_version(actor=seller, product=listed, fields=goods.fields(brand="X"))
    with pytest.raises(errors.ProductTakenDown):
        services.set_price(actor=seller, product=listed, amount=Decimal(1))
    with pytest.raises(errors.ProductTakenDown):
        services.set_stock(actor=seller, product=listed, quantity=Decimal(1))


@pytest.mark.parametrize(
    "role", ["pp", "ppk", "apip", "bendahara", "verifikator", "admin_platform"]
)
def test_only_curators_decide(role: str, seller: Actor, curator: Actor) -> None:
    listed = goods.listed(seller, curator)
    waiting_one = goods.submitted(seller, goods.laptop())
    actor = goods.acting(role)
    for act in (freeze, take_down):
        with pytest.raises(Refused):
            act(actor, listed)
    for decide in (goods.approve, reject):
        with pytest.raises((Refused, errors.NoSuchProduct)):
            decide(actor, waiting_one)
    with pytest.raises(Refused):
        review_queue(actor)
    assert waiting(actor) == 0


def test_a_company_does_not_decide_about_its_own(seller: Actor, rival: Actor) -> None:
    product = goods.submitted(seller)
    with pytest.raises(Refused):
        goods.approve(seller, product)
    with pytest.raises(errors.NoSuchProduct):
        goods.approve(rival, product)


def test_a_curator_needs_a_strong_sign_in(seller: Actor, curator: Actor, listed: UUID) -> None:
    weak = replace(curator, acr=1)
    product = goods.submitted(seller, goods.laptop())
    for act, thing in ((goods.approve, product), (reject, product), (freeze, listed)):
        with pytest.raises(Refused):
            act(weak, thing)
    assert state_of(product) == "in_review"


def test_a_curator_never_curates_for_the_own_company(seller: Actor) -> None:
    """Collusion: a curator who also works for the company that offers the product."""
    product = goods.submitted(seller)
    person = holder("kurator")
    issue_grant(actor=world.SYSTEM, person_id=person.id, role="staf_perusahaan", company="PT1")
    both = world.actor(person)
    curating = both.as_grant(next(one for one in both.grants if one.role == "kurator"))
    with pytest.raises(Refused):
        goods.approve(curating, product)
    with pytest.raises(Refused):
        reject(curating, product)
    with pytest.raises(Refused):
        review_of(curating, product)
    assert review_queue(curating).total == 0
    assert waiting(curating) == 0


def test_drafts_are_not_the_curators_business(seller: Actor, curator: Actor) -> None:
    product = goods.draft(seller)
    with pytest.raises(errors.NoSuchProduct):
        product_for(curator, product)
    for act in (freeze, take_down):
        with pytest.raises(errors.NoSuchProduct):
            act(curator, product)
        with pytest.raises(errors.NoSuchProduct):
            act(curator, uuid4())


def test_what_a_company_is_writing_anew_is_not_the_curators_business(
    seller: Actor, curator: Actor, listed: UUID
) -> None:
    back = goods.submitted(seller, goods.laptop())
    reject(curator, back)
    for product, fields in (
        (back, goods.laptop(brand="Rahasia")),
        (listed, goods.fields(brand="Rahasia")),
    ):
        before = product_for(curator, product).version
        services.save_version(actor=seller, product=product, fields=fields)
        seen, own = product_for(curator, product), product_for(seller, product)
        assert (seen.version, seen.pending) == (before, None)
        assert own.pending is not None
        assert own.pending.brand == "Rahasia"


def test_another_company_moves_nothing(rival: Actor, seller: Actor, listed: UUID) -> None:
    hidden = goods.draft(seller, goods.laptop())
    for act in (services.submit_product, services.withdraw_product, services.relist_product):
        with pytest.raises(errors.NoSuchProduct):
            act(actor=rival, product=hidden)
        with pytest.raises(Refused):
            act(actor=rival, product=listed)


def test_the_queue_shows_what_differs(seller: Actor, curator: Actor, listed: UUID) -> None:
    new = goods.submitted(seller, goods.laptop())
    changed = goods.fields(brand="Lain", attributes={"weight": "75"}, origin="import")
    services.save_version(actor=seller, product=listed, fields=changed)
    services.submit_product(actor=seller, product=listed)
    queue = review_queue(curator)
    assert [(row.card.id, row.update) for row in queue.rows] == [(new, False), (listed, True)]
    assert (queue.total, waiting(curator)) == (2, 2)
    view = review_of(curator, listed)
    pairs = {one.field: (one.old, one.new) for one in view.differences}
    assert pairs == {
        "brand": ("Sinar", "Lain"),
        "origin": pairs["origin"],
        "attribute.weight": ("80 g", "75 g"),
        "attribute.size": ("A4", ""),
    }
    assert review_of(curator, new).old is None
    assert view.reference.count == 1
