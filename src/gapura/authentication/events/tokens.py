"""Events of tokens for programs."""

from gapura.audit.events import Event, Readers
from gapura.kernel.texts import N_

TOKEN_ISSUED = Event(
    "authentication.token.issued",
    N_("A token for a program was issued: %(subject)s"),
    needs=("scopes", "networks", "expires_at"),
    optional=("token_hash",),
    readers=Readers.PLATFORM,
)
TOKEN_REVOKED = Event(
    "authentication.token.revoked",
    N_("The token %(subject)s was revoked: %(reason)s"),
    needs=("reason",),
    readers=Readers.PLATFORM,
)
