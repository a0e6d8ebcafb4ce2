"""What a person had typed when the session ended."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gapura.authentication.errors import NoKeptForm
from gapura.authentication.models import KeptForm
from gapura.authentication.permissions import Can
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require


@dataclass(frozen=True, slots=True)
class KeptView:
    """A form as it was sent to `path`; `files` are names of missing ones."""

    id: UUID
    path: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    left_out: bool
    kept_at: datetime


def kept_form(actor: Actor, form: UUID) -> KeptView:
    """One of the actor's own forms that are kept.

    :raises NoKeptForm: settled, too old, or another person's.
    """
    require(actor, Can.SETTLE_FORM)
    row = KeptForm.objects.filter(pk=form, person=actor.who, expires_at__gt=clock.now()).first()
    if row is None:
        raise NoKeptForm()
    kept = json.loads(row.fields)
    return KeptView(
        row.id,
        row.path,
        tuple((name, value) for name, value in kept["fields"]),
        tuple(kept["files"]),
        kept["left_out"],
        row.kept_at,
    )
