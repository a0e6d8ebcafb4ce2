"""Keeps what was typed when a session ended by itself, and settles it after the next sign-in."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from gapura.accounts.queries import person_by_id
from gapura.authentication import events
from gapura.authentication.errors import NoKeptForm
from gapura.authentication.models import KeptForm
from gapura.authentication.permissions import Can
from gapura.authentication.queries.endings import ending_of
from gapura.authentication.rules import FORMS_PER_PERSON, KEEP_FORMS
from gapura.authentication.services.sessions import note
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

BYTES_MOST = 64 * 1024
PATH_MOST = 300
# Secrets by their names: none of them is needed twice, and codes are over by then.
_SECRET = re.compile(
    r"^(code|codes|current|new|pin|otp|answer|slip|token|csrfmiddlewaretoken)$"
    r"|passw|sandi|secret|passkey|credential",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as a browser sent it; `files` are the names of what was handed in with it."""

    path: str
    fields: Iterable[tuple[str, str]]
    files: tuple[str, ...] = ()


def keep_form(*, actor: Actor, token: str, typed: Typed) -> bool:
    """Keep a form for the person whose session `token` was, if that ended by itself today.

    Passwords, codes and files are left out; the rest is sealed, for a day, in place of what was
    kept for the same page. False when there is nothing that could be kept.
    """
    ended = ending_of(token)
    sealed = _sealed(typed)
    if ended is None or not ended.by_time or sealed is None:
        return False
    now = clock.now()
    with transaction.atomic():
        KeptForm.objects.update_or_create(
            person_id=ended.person,
            path=typed.path,
            defaults={"fields": sealed, "kept_at": now, "expires_at": now + KEEP_FORMS},
        )
        _drop_surplus(ended.person)
        note(actor, events.FORM_KEPT, person_by_id(ended.person), path=typed.path.split("?")[0])
    return True


def settle_form(*, actor: Actor, form: UUID, outcome: str) -> None:
    """Forget a kept form, because it was `continued` or `discarded`.

    :raises NoKeptForm: settled before, too old, or another person's.
    """
    require(actor, Can.SETTLE_FORM)
    with transaction.atomic():
        row = KeptForm.objects.filter(pk=form, person=actor.who).select_for_update().first()
        if row is None:
            raise NoKeptForm()
        row.delete()
        path, owner = row.path.split("?")[0], person_by_id(actor.who)
        note(actor, events.FORM_SETTLED, owner, path=path, outcome=outcome)


def _sealed(typed: Typed) -> str | None:
    """The JSON to seal; None for too much, and where nothing but secrets was typed."""
    given = list(typed.fields)
    fields = [(name, value) for name, value in given if not _SECRET.search(name)]
    if not fields or len(typed.path) > PATH_MOST:
        return None
    secrets = {name for name, _ in given} - {name for name, _ in fields} - {"csrfmiddlewaretoken"}
    kept = {
        "fields": fields,
        "files": [name[:100] for name in typed.files],
        "left_out": bool(secrets),
    }
    text = json.dumps(kept)
    return text if len(text) <= BYTES_MOST else None


def _drop_surplus(person: UUID) -> None:
    newest_first = KeptForm.objects.filter(person=person).order_by("-kept_at")
    surplus = list(newest_first.values_list("pk", flat=True)[FORMS_PER_PERSON:])
    if surplus:
        KeptForm.objects.filter(pk__in=surplus).delete()
