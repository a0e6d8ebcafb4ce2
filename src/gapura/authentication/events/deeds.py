"""Events of deeds confirmed with a second factor."""

from gapura.audit.events import Event
from gapura.authentication.events.words import METHODS, REFUSALS
from gapura.kernel.texts import N_

DEED_CONFIRMED = Event(
    "authentication.deed.confirmed",
    N_("%(actor)s confirmed a document with a second factor (%(method)s, SHA-256 %(digest)s)"),
    needs=("digest", "deed", "method"),
    words={"method": METHODS["methods"]},
)
DEED_REFUSED = Event(
    "authentication.deed.refused",
    N_("%(actor)s gave a code or a passkey for a document that was not accepted"),
    needs=("digest", "deed", "reason"),
    words={"reason": REFUSALS},
)
