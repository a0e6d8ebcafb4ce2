"""The link "this was not me" in a notice: made here, and taken once."""

from datetime import timedelta
from uuid import UUID

from gapura.authentication.errors import DisavowalOver
from gapura.authentication.models import Disavowal
from gapura.authentication.tokens import new_token, token_hash
from gapura.kernel import clock

# login.gov's disavowal link works as long.
LINK_LIFE = timedelta(hours=240)
PAGE = "/login/not-me/"


def link_for(person: UUID, what: str, session: UUID | None = None) -> str:
    """A new address path for one notice; `what` is a key of `events.safety.WHATS`.

    Whoever opens it sees what it is about and may lock the account, once, within ten days.
    """
    token, now = new_token(), clock.now()
    Disavowal.objects.create(
        person_id=person,
        session_id=session,
        what=what,
        token_hash=token_hash(token),
        created_at=now,
        expires_at=now + LINK_LIFE,
    )
    return f"{PAGE}{token}"


def take(token: str) -> Disavowal:
    """Use a link up; of two at once only one gets it.

    :raises DisavowalOver: used, too old, or never sent.
    """
    now = clock.now()
    rows = Disavowal.objects.filter(
        token_hash=token_hash(token), used_at__isnull=True, expires_at__gt=now
    )
    row = rows.select_for_update().first()
    if row is None or not rows.filter(pk=row.pk).update(used_at=now):
        raise DisavowalOver()
    return row
