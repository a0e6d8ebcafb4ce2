"""Loads a product for a verb: seen, allowed and locked; and the draft that a change writes to."""

from uuid import UUID

from gapura.audit.events import Event
from gapura.audit.services import Subject, record
from gapura.catalog import errors
from gapura.catalog.models import Picture, Product, ProductVersion
from gapura.catalog.permissions import Can
from gapura.catalog.queries.views import Seen
from gapura.catalog.states import DRAFT, IN_REVIEW, TAKEN_DOWN
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.permissions import may, require
from gapura.organizations.queries import standing_of

_ACTIVE = "active"
_COPIED = (
    "category_id",
    "name",
    "description",
    "attributes",
    "unit",
    "tax_class",
    "origin",
    "brand",
)


def load(actor: Actor, product: UUID, permission: Can) -> Product:
    """The product, locked until the end of the transaction.

    :raises NoSuchProduct: not there, or not for this actor.
    :raises Refused: the actor may see it, but not do this.
    """
    # Its versions are read after the lock is held: joined ones would be as old as the waiting.
    row = Product.objects.select_for_update().filter(pk=product).first()
    if row is None or not may(actor, Can.SEE, seen(row)):
        raise errors.NoSuchProduct()
    require(actor, permission, seen(row))
    return row


def seen(row: Product) -> Seen:
    """What the rules ask of a product."""
    return Seen(row.company_id, row.state)


def grant_of(actor: Actor) -> ActiveGrant:
    """The active grant."""
    grant = actor.grant
    assert grant is not None  # noqa: S101 - every permission that leads here asks for a role
    return grant


def require_active(company: str) -> None:
    """New offers come from companies in good standing only, decided at this moment.

    :raises CompanyNotActive: blacklisted, suspended or revoked today.
    """
    if standing_of(company, clock.today()) != _ACTIVE:
        raise errors.CompanyNotActive()


def newest(row: Product) -> ProductVersion:
    """The pending version, else the one in the catalog."""
    version = row.pending or row.current
    assert version is not None  # noqa: S101 - a product is made together with its first version
    return version


def open_draft(actor: Actor, row: Product) -> ProductVersion:
    """The draft to write to: the one there is, or a new version that begins as the newest one.

    :raises InReview: a version waits for the curator.
    :raises ProductTakenDown: nothing is changed any more.
    """
    if row.state == TAKEN_DOWN:
        raise errors.ProductTakenDown()
    base = newest(row)
    if base.state == IN_REVIEW:
        raise errors.InReview()
    if base.state == DRAFT:
        return base
    return copy_version(actor, row, base)


def copy_version(actor: Actor, row: Product, base: ProductVersion) -> ProductVersion:
    """A new draft with the content and the pictures of `base`; it becomes the pending one."""
    last = row.versions.order_by("-number").values_list("number", flat=True)[0]
    draft = ProductVersion.objects.create(
        product=row,
        number=last + 1,
        created_by=actor.person,
        created_at=clock.now(),
        **{name: getattr(base, name) for name in _COPIED},
    )
    pictures = base.pictures.order_by("position")
    Picture.objects.bulk_create(
        Picture(version=draft, document_id=one.document_id, position=one.position)
        for one in pictures
    )
    Product.objects.filter(pk=row.pk).update(pending=draft)
    row.pending = draft
    return draft


def tell(actor: Actor, event: Event, row: Product, **facts: object) -> UUID:
    """Record an event about a product; its name is always among the facts. Answers its id."""
    subject = Subject("product", str(row.id), row.name)
    return record(actor, event, subject, facts={"name": row.name, **facts})
