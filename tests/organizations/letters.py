"""Makes letters for tests: a file handed in, and the arguments of a sound letter."""

from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from gapura.documents.models import Content, Document
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.ids import uuid7
from gapura.organizations.services import register_letter

OWNER = Actor(person=UUID(int=11), username="siti", acr=1)


def colleague(role: str, agency: str = "", acr: int = 2, person: int = 99) -> Actor:
    """Somebody under a role, signed in with an authenticator app."""
    grant = ActiveGrant(uuid7(), role, agency=agency)
    return Actor(person=UUID(int=person), username=role, grant=grant, grants=(grant,), acr=acr)


def document(owner: Actor = OWNER) -> UUID:
    """A file that the owner handed in and the gate let through."""
    key = sha256(uuid7().bytes).hexdigest()
    Content.objects.create(sha256=key, media_type="application/pdf", size=1, page_count=1, gate=1)
    row = Document.objects.create(
        content_id=key,
        name="sk.pdf",
        purpose="letter",
        uploaded_by=owner.who,
        uploaded_at=clock.now(),
    )
    return row.id


def words(**changes: Any) -> dict[str, Any]:
    """The arguments of a sound letter on 14 March 2026."""
    sound = {
        "number": "821/045/BKD/2026",
        "signed_on": date(2026, 1, 5),
        "signer_name": "Dr. Budi Santoso, M.Si.",
        "signer_position": "Sekretaris Jenderal",
        "agency": "K16",
        "unit": "K16.002",
        "valid_from": date(2026, 1, 6),
        "valid_until": date(2026, 12, 31),
    }
    return sound | changes


def letter(actor: Actor = OWNER, **changes: Any) -> UUID:
    """A registered letter."""
    return register_letter(actor=actor, **(words(document=document(actor)) | changes))
