"""Things of account safety for the walk: the link of a notice, and a form that was kept."""

import json
from collections.abc import Callable

from gapura.authentication.models import KeptForm
from gapura.authentication.rules import KEEP_FORMS
from gapura.authentication.services import link_for
from gapura.kernel import clock
from gapura.ops.seeding.arrival import persona_id

Things = dict[str, object]


def _links() -> Things:
    """Whoever has the link may use it; one that nobody sent is over."""
    link = link_for(persona_id("ppk"), "totp")
    return {"to ppk": link.rpartition("/")[2], "of nobody": "A" * 43}


def _forms() -> Things:
    now = clock.now()
    kept = {"page": "/account/edit", "fields": [["story", "x"]], "files": [], "left_out": False}
    row = KeptForm.objects.create(
        person_id=persona_id("ppk"),
        path="/account/edit",
        fields=json.dumps(kept),
        kept_at=now,
        expires_at=now + KEEP_FORMS,
    )
    return {"of ppk": row.id}


FORMS: dict[str, dict[str, object]] = {}
MAKERS: dict[str, Callable[[], Things]] = {"disavowal": _links, "form_id": _forms}
