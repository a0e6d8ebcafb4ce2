"""Events of passkeys. Their names are typed by people."""

from gapura.audit.events import Event
from gapura.kernel.texts import N_

PASSKEY_ENROLLED = Event(
    "authentication.passkey.enrolled",
    N_("%(actor)s added the passkey %(name)s"),
    needs=("name", "passkey", "backed_up"),
    optional=("factors", "factors_were"),
    personal=("name",),
)
PASSKEY_RENAMED = Event(
    "authentication.passkey.renamed",
    N_("%(actor)s named the passkey %(old_name)s %(name)s"),
    needs=("name", "old_name", "passkey"),
    personal=("name", "old_name"),
)
PASSKEY_REMOVED = Event(
    "authentication.passkey.removed",
    N_("%(actor)s removed the passkey %(name)s"),
    needs=("name", "passkey"),
    optional=("factors", "factors_were"),
    personal=("name",),
)
PASSKEY_CLONED = Event(
    "authentication.passkey.cloned",
    N_("The passkey %(name)s of %(subject)s was blocked: there seems to be a copy of it"),
    needs=("name", "passkey", "kept", "came"),
    personal=("name",),
)
