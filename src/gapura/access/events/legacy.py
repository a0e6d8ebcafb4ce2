"""What is recorded of accounts of the platforms of before."""

from gapura.audit.events import Event, Readers
from gapura.kernel.texts import N_

LEGACY_LINKED = Event(
    "access.legacy.linked",
    N_("%(actor)s linked the account %(username)s of %(platform)s"),
    needs=("platform", "username", "result_hash"),
    personal=("username",),
    readers=Readers.PERSON,
    words={"platform": {"sirup": N_("Procurement plans (SiRUP)")}},
)
