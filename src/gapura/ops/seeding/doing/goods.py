"""Verbs of the catalog: companies come, offer products; a curator lists them; buyers choose."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from uuid import UUID

from gapura.access.services import issue_grant
from gapura.catalog import services
from gapura.catalog.queries import products_for
from gapura.kernel.actor import Actor
from gapura.ops.seeding.doing.world import Verb, World
from gapura.ops.seeding.goods import COMPANIES
from gapura.ops.seeding.people import SYSTEM, prove
from gapura.ops.seeding.rounds import Deed
from gapura.organizations.services import register_company

_OVERSEER = "admin"


def _found(world: World, deed: Deed) -> None:
    person_id, company = world.id_of(deed.who), deed.values["company"]
    prove(person_id, world.actor(_OVERSEER))
    register_company(actor=world.actor(_OVERSEER), code=company, name=COMPANIES[company])
    issue_grant(actor=SYSTEM, person_id=person_id, role="admin_perusahaan", company=company)


def _offer(world: World, deed: Deed) -> None:
    services.upload_product(
        actor=world.actor(deed.who),
        name=deed.values["name"],
        category=deed.values["category"],
        price=Decimal(deed.values["price"]),
    )


def _publish(world: World, deed: Deed) -> None:
    curator = world.actor(deed.who)
    services.publish_product(actor=curator, product=_named(curator, deed.values["name"]))


def _choose(world: World, deed: Deed) -> None:
    buyer = world.actor(deed.who, deed.values["role"])
    product = _named(buyer, deed.values["name"])
    quantity = Decimal(deed.values["quantity"])
    services.choose_product(actor=buyer, product=product, quantity=quantity)


def _named(actor: Actor, name: str) -> UUID:
    """The product of exactly this name, as far as the actor sees it."""
    found = products_for(actor, text=name).products
    return next(one.id for one in found if one.name == name)


VERBS: Mapping[str, Verb] = MappingProxyType(
    {"found": _found, "offer": _offer, "publish": _publish, "choose": _choose}
)
