"""What a link "this was not me" is about, for whoever has it."""

from dataclasses import dataclass
from datetime import datetime

from gapura.authentication.errors import DisavowalOver
from gapura.authentication.events.safety import WHATS
from gapura.authentication.models import Disavowal
from gapura.authentication.rules import device_name
from gapura.authentication.tokens import token_hash
from gapura.kernel import clock


@dataclass(frozen=True, slots=True)
class DisavowalView:
    """The deed: `what` is a message id, the rest is of the sign-in it was done in, if known."""

    what: str
    at: datetime
    device: str = ""
    place: str = ""
    ip: str = ""


def disavowal_for(token: str) -> DisavowalView:
    """What a link would disown; it stays unused.

    :raises DisavowalOver: used, too old, or never sent.
    """
    rows = Disavowal.objects.select_related("session").filter(
        token_hash=token_hash(token), used_at__isnull=True, expires_at__gt=clock.now()
    )
    row = rows.first()
    if row is None:
        raise DisavowalOver()
    view = DisavowalView(WHATS[row.what], row.created_at)
    if row.session is None:
        return view
    session = row.session
    return DisavowalView(
        WHATS[row.what],
        row.created_at,
        device_name(session.user_agent),
        session.place,
        session.ip or "",
    )
