"""What is recorded about the rights over data. What people write stays out of the log."""

from gapura.audit.events import Event, Readers
from gapura.kernel.texts import N_
from gapura.privacy.topics import FIELDS, KIND_WORDS

_KIND = {"kind": KIND_WORDS}

REQUEST_ASKED = Event(
    "privacy.request.asked",
    N_("%(actor)s made the request %(subject)s about their own data: %(kind)s"),
    needs=("kind", "desk", "due_at"),
    optional=("field", "digest"),
    words={**_KIND, "field": FIELDS},
)
REQUEST_TAKEN = Event("privacy.request.taken", N_("%(actor)s took on the data request %(subject)s"))
REQUEST_FULFILLED = Event(
    "privacy.request.fulfilled",
    N_("%(actor)s fulfilled the data request %(subject)s: %(kind)s"),
    needs=("kind", "hours"),
    words=_KIND,
)
REQUEST_REFUSED = Event(
    "privacy.request.refused",
    N_("%(actor)s refused the data request %(subject)s: %(kind)s"),
    needs=("kind", "hours"),
    words=_KIND,
)
REQUEST_WITHDRAWN = Event(
    "privacy.request.withdrawn", N_("%(actor)s withdrew the data request %(subject)s")
)
REQUEST_WARNED = Event(
    "privacy.request.warned",
    N_("The data request %(subject)s is still open and is due at %(due_at)s"),
    needs=("due_at",),
)
REQUEST_ESCALATED = Event(
    "privacy.request.escalated",
    N_("The data request %(subject)s was not answered by %(due_at)s and went to the officer"),
    needs=("due_at",),
)
RESTRICTED = Event(
    "privacy.restriction.begun",
    N_("The processing of the data of %(subject)s is restricted (%(reference)s)"),
    needs=("reference",),
)
LIFTED = Event(
    "privacy.restriction.lifted",
    N_("%(actor)s lifted the restriction on processing the data of %(subject)s"),
)
COPY_MADE = Event(
    "privacy.copy.made",
    N_("The copy of the data of %(subject)s was made: %(rows)s rows"),
    needs=("rows", "digest", "digest_pdf", "bytes"),
    readers=Readers.PERSON,
)
COPY_FETCHED = Event(
    "privacy.copy.fetched",
    N_("%(actor)s downloaded a copy of their own data (%(format)s)"),
    needs=("format", "bytes"),
    readers=Readers.PERSON,
)
