"""Verbs of companies and their products: founded, offered, changed, claimed, reviewed, chosen."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from uuid import UUID

from gapura.access.services import issue_grant
from gapura.catalog import services
from gapura.catalog.queries import product_for, review_of
from gapura.catalog.services import ReadyProduct
from gapura.documents.services import receive
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.ops.seeding.doing.world import Verb, World
from gapura.ops.seeding.founding import enter_company
from gapura.ops.seeding.goods import Good
from gapura.ops.seeding.letters import letter_pdf
from gapura.ops.seeding.people import SYSTEM, prove
from gapura.ops.seeding.pictures import picture
from gapura.ops.seeding.rounds import Deed

_OVERSEER = "admin"
# Why a product is not in the catalog, for those that were brought in in such a state.
_WHY: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "needs_fix": ("wrong_attributes", "Ukuran pada gambar berbeda dengan spesifikasi."),
        "frozen": ("unreasonable_price", "Harga naik lebih dari seperempat dalam satu minggu."),
        "taken_down": ("wrong_specification", "Barang yang dikirim berbeda dengan keterangan."),
    }
)
_NOTE = "Mohon lengkapi foto produk dari depan dan samping."
_DETAIL: Mapping[str, str] = MappingProxyType({"tkdn": "41.25", "bmp": "8.5"})


def _found(world: World, deed: Deed) -> None:
    person_id, company = world.id_of(deed.who), deed.values["company"]
    prove(person_id, world.actor(_OVERSEER))
    enter_company(world.actor(_OVERSEER), company)
    issue_grant(actor=SYSTEM, person_id=person_id, role="admin_perusahaan", company=company)


def _offer(world: World, deed: Deed) -> None:
    goods: tuple[Good, ...] = deed.values["goods"]
    sellers: Mapping[str, str] = deed.values["sellers"]
    keeper = world.actor(deed.who)
    ready = [_ready(world, good, sellers[good.company], keeper) for good in goods]
    ids = services.load_products(actor=SYSTEM, products=ready)
    for good, product in zip(goods, ids, strict=True):
        world.keep_product(good.company, good.fields.name, product)


def _ready(world: World, good: Good, seller: str, keeper: Actor) -> ReadyProduct:
    reason, note = _WHY.get(good.state, ("", ""))
    return ReadyProduct(
        company=good.company,
        fields=good.fields,
        price=good.price,
        stock=good.stock,
        pictures=(_picture(world, good.picture, keeper),),
        labels=good.labels,
        state=good.state,
        at=clock.now(),
        person=world.id_of(seller),
        reason=reason,
        note=note,
    )


def _picture(world: World, kind: str, keeper: Actor) -> UUID:
    """Each drawing is handed in once, by the personas' company, and shared by all."""
    if kind not in world.pictures:
        world.pictures[kind] = receive(
            actor=keeper, name=f"{kind}.jpg", content=picture(kind), purpose="picture"
        )
    return world.pictures[kind]


def _of(world: World, deed: Deed) -> UUID:
    return world.product(deed.values["company"], deed.values["name"])


def _draft(world: World, deed: Deed) -> None:
    good: Good = deed.values["good"]
    actor = world.actor(deed.who)
    product = services.draft_product(
        actor=actor, fields=good.fields, price=good.price, stock=good.stock
    )
    name = f"{good.picture}.jpg"
    services.add_picture(actor=actor, product=product, name=name, content=picture(good.picture))
    world.keep_product(good.company, good.fields.name, product)


def _submit(world: World, deed: Deed) -> None:
    services.submit_product(actor=world.actor(deed.who), product=_of(world, deed))


def _revise(world: World, deed: Deed) -> None:
    actor, product = world.actor(deed.who), _of(world, deed)
    services.save_version(actor=actor, product=product, fields=deed.values["fields"])
    services.submit_product(actor=actor, product=product)


def _in_review(world: World, deed: Deed) -> dict[str, Any]:
    curator, product = world.actor(deed.who), _of(world, deed)
    version = review_of(curator, product).new
    return {"actor": curator, "product": product, "version": version.id}


def _approve(world: World, deed: Deed) -> None:
    services.approve_product(**_in_review(world, deed))


def _return(world: World, deed: Deed) -> None:
    services.reject_product(**_in_review(world, deed), reason_code="unfit_picture", note=_NOTE)


def _reprice(world: World, deed: Deed) -> None:
    services.set_price(
        actor=world.actor(deed.who),
        product=_of(world, deed),
        amount=Decimal(deed.values["price"]),
    )


def _restock(world: World, deed: Deed) -> None:
    services.set_stock(
        actor=world.actor(deed.who),
        product=_of(world, deed),
        quantity=Decimal(deed.values["quantity"]),
    )


def _claim(world: World, deed: Deed) -> None:
    actor, kind = world.actor(deed.who), deed.values["kind"]
    value = _DETAIL.get(kind)
    number = f"{kind.upper()}-CONTOH-{deed.at:%y%m%d}"
    services.claim_label(
        actor=actor,
        product=_of(world, deed),
        kind=kind,
        value=Decimal(value) if value else None,
        number=number,
        valid_to=clock.today() + timedelta(days=deed.values["lasts"]),
        evidence=receive(actor=actor, name=f"{kind}.pdf", content=_certificate(kind, number)),
    )


def _certificate(kind: str, number: str) -> bytes:
    words = ("Menerangkan bahwa produk yang disebut dalam lampiran memenuhi persyaratan.",)
    return letter_pdf("Lembaga Contoh", number, f"Sertifikat {kind.upper()}", words, "Contoh")


def _decide_claim(world: World, deed: Deed) -> None:
    curator, verified = world.actor(deed.who), deed.values["verified"]
    claims = product_for(curator, _of(world, deed)).claims
    waiting = (claim for claim in claims if claim.state == "claimed")
    services.decide_claim(
        actor=curator,
        claim=next(claim.id for claim in waiting if claim.kind == deed.values["kind"]),
        verified=verified,
        reason="" if verified else "another_product",
        note="" if verified else "Sertifikat ini atas nama perusahaan lain.",
    )


def _choose(world: World, deed: Deed) -> None:
    services.choose_product(
        actor=world.actor(deed.who, deed.values["role"]),
        product=_of(world, deed),
        quantity=Decimal(deed.values["quantity"]),
    )


def _plain(service: Callable[..., None], **words: str) -> Verb:
    """A verb that names the product alone, and perhaps why."""

    def verb(world: World, deed: Deed) -> None:
        service(actor=world.actor(deed.who), product=_of(world, deed), **words)

    return verb


_FREEZE = {"reason_code": "unreasonable_price", "note": "Harga perlu dijelaskan oleh penyedia."}
VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "found": _found,
        "offer": _offer,
        "draft_product": _draft,
        "submit_product": _submit,
        "revise": _revise,
        "approve_product": _approve,
        "return_product": _return,
        "withdraw_product": _plain(services.withdraw_product),
        "relist": _plain(services.relist_product),
        "freeze": _plain(services.freeze_product, **_FREEZE),
        "unfreeze": _plain(services.unfreeze_product, note="Penjelasan penyedia diterima."),
        "reprice": _reprice,
        "restock": _restock,
        "claim_label": _claim,
        "decide_claim": _decide_claim,
        "choose": _choose,
    }
)
