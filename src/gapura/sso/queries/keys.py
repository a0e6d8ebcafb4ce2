"""The keys that sign: as a ring for the protocol, and as a list for whoever looks after them."""

import base64
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.sso.key_times import signs_from
from gapura.sso.models import SigningKey as Row
from gapura.sso.permissions import Can
from gapura.sso.protocol.jose import KeyState, SigningKey
from gapura.sso.protocol.ring import Ring
from gapura.sso.states import NEXT, PUBLISHED

_REMEMBERED = 16


@dataclass(frozen=True, slots=True)
class KeyView:
    """One key as it stands; `turn` is the first moment at which a `next` one may sign."""

    id: UUID
    kid: str
    alg: str
    state: str
    made_at: datetime
    signs_from: datetime | None
    signed_until: datetime | None
    retired_at: datetime | None
    turn: datetime | None


def ring() -> Ring:
    """Every key that is published, with the private halves. One query; not scoped, for the doors.

    Empty where none was made yet: `services.ensure_keys` makes them.
    """
    rows = Row.objects.filter(state__in=PUBLISHED).order_by("alg", "-made_at", "-id")
    return Ring(tuple(map(_signing, rows)))


def _signing(row: Row) -> SigningKey:
    return _read(row.private or "", row.kid, row.alg, KeyState(row.state))


@lru_cache(_REMEMBERED)
def _read(private: str, kid: str, alg: str, state: KeyState) -> SigningKey:
    """Read once: RSA keys take tens of milliseconds, and a page that anybody opens needs them."""
    return SigningKey.from_der(base64.b64decode(private), kid=kid, algorithm=alg, state=state)


def keys_of(actor: Actor) -> tuple[KeyView, ...]:
    """All keys there ever were, the newest first; never a private half.

    :raises Refused: for others than the platform's administrators and the server's own console.
    """
    require(actor, Can.SEE_KEYS)
    rows = Row.objects.defer("private").order_by("-made_at", "alg")
    return tuple(_view(row) for row in rows)


def _view(row: Row) -> KeyView:
    turn = signs_from(row.made_at) if row.state == NEXT else None
    return KeyView(
        row.id, row.kid, row.alg, row.state, row.made_at, row.signs_from, row.signed_until,
        row.retired_at, turn,
    )  # fmt: skip
