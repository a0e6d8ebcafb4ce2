"""What this room writes into the activity log: one event per step of an account's life."""

from gapura.accounts.campaign_events import *  # noqa: F403 - part of this room's front
from gapura.accounts.choices import (
    CHANNELS,
    CORRECTABLE,
    DOCUMENTS,
    FIELDS,
    HOLDS,
    LEVELS,
    OUTCOMES,
    REFUSAL_REASONS,
    STANDINGS,
)
from gapura.accounts.keeping_events import *  # noqa: F403 - the same
from gapura.audit.events import Event, Readers
from gapura.kernel.texts import N_

# NIK and NIP stand here masked (first four, last two digits) and even so as commitments.
# `contact` and `identity` are keyed fingerprints, by which the table is held against the log.
_IDENTITY = ("name", "nik", "nip")

REGISTERED = Event(
    "accounts.person.registered",
    N_("%(subject)s registered an account"),
    needs=("kind", "language"),
    optional=("agency", "contact", "identity"),
    personal=(*_IDENTITY, "email"),
)
REGISTRATION_REPEATED = Event(
    "accounts.person.registration_repeated",
    N_("Someone tried to register with the e-mail address of %(subject)s"),
    readers=Readers.PERSON,
)
REGISTRATION_EXPIRED = Event(
    "accounts.registration.expired",
    N_("The registration of %(subject)s ended because the e-mail address was not confirmed"),
    needs=("reason",),
    readers=Readers.PLATFORM,
)
CONTACT_VERIFIED = Event(
    "accounts.contact.verified",
    N_("%(subject)s confirmed the e-mail address"),
    personal=("email",),
)
CHANGE_BEGUN = Event(
    "accounts.contact.change_begun",
    N_("%(subject)s asked for another e-mail address"),
    personal=("email", "pending_email"),
)
CHANGE_CANCELED = Event(
    "accounts.contact.change_canceled",
    N_("%(subject)s dropped the new e-mail address"),
    personal=("pending_email",),
)
CONTACT_CHANGED = Event(
    "accounts.contact.changed",
    N_("%(subject)s changed the e-mail address"),
    optional=("contact", "contact_were"),
    personal=("email",),
)
PROFILE_UPDATED = Event(
    "accounts.profile.updated",
    N_("%(subject)s changed the profile"),
    optional=("language",),
    personal=("unit_text",),
)
PHONE_CODE_SENT = Event(
    "accounts.phone.code_sent",
    N_("A code was sent to a telephone number that %(subject)s wants to use"),
    needs=("channel",),
    personal=("phone",),
    words={"channel": CHANNELS},
)
PHONE_VERIFIED = Event(
    "accounts.phone.verified",
    N_("%(subject)s confirmed a telephone number"),
    needs=("channel",),
    personal=("phone",),
    words={"channel": CHANNELS},
)
PHONE_REMOVED = Event(
    "accounts.phone.removed",
    N_("%(subject)s removed the telephone number"),
    personal=("phone",),
)
IDENTITY_CHECKED = Event(
    "accounts.identity.checked",
    N_("The civil registry was asked about the identity of %(subject)s: %(outcome)s"),
    needs=("outcome", "fields", "reference", "result_hash"),
    words={"outcome": OUTCOMES, "fields": FIELDS},
)
DOCUMENT_COMPARED = Event(
    "accounts.identity.document_compared",
    N_("%(actor)s compared the identity document of %(subject)s"),
    needs=("registry",),
    words={"registry": STANDINGS},
)
IDENTITY_CORRECTED = Event(
    "accounts.identity.corrected",
    N_("%(subject)s corrected the identity data"),
    optional=("kind", "agency", "identity", "identity_were"),
    personal=_IDENTITY,
)
IDENTITY_SUBMITTED = Event(
    "accounts.identity.submitted",
    N_("%(subject)s handed in the identity data for checking"),
)
IDENTITY_TAKEN_BACK = Event(
    "accounts.identity.taken_back",
    N_("%(subject)s took the identity data back before it was checked"),
)
IDENTITY_VERIFIED = Event(
    "accounts.identity.verified",
    N_("%(actor)s verified the identity of %(subject)s"),
    needs=("kind",),
)
CORRECTION_ASKED = Event(
    "accounts.identity.correction_asked",
    N_("%(actor)s asked %(subject)s to correct the identity data: %(reason)s"),
    needs=("reason",),
)
REVERIFICATION_REQUIRED = Event(
    "accounts.identity.reverification_required",
    N_("The identity of %(subject)s must be checked again: %(reason)s"),
    needs=("reason",),
)
SUSPENDED = Event(
    "accounts.person.suspended",
    N_("%(actor)s suspended the account of %(subject)s: %(reason)s"),
    needs=("reason",),
)
REINSTATED = Event(
    "accounts.person.reinstated",
    N_("%(actor)s reinstated the account of %(subject)s: %(reason)s"),
    needs=("reason",),
)
CLOSED = Event(
    "accounts.person.closed",
    N_("%(actor)s closed the account of %(subject)s: %(reason)s"),
    needs=("reason",),
)
CASE_SENT = Event(
    "accounts.identity_case.sent",
    N_("%(actor)s sent in an identity document: %(document)s"),
    needs=("document", "digest", "level", "due_at"),
    words={"document": DOCUMENTS, "level": LEVELS},
)
DOCUMENT_VIEWED = Event(
    "accounts.identity_case.document_viewed",
    N_("%(actor)s looked at the identity document of %(subject)s"),
    needs=("digest",),
)
DOCUMENT_ERASED = Event(
    "accounts.identity_case.document_erased",
    N_("The identity document of %(subject)s was erased; its fingerprint is kept"),
    needs=("digest",),
)
CASE_CLAIMED = Event(
    "accounts.identity_case.claimed",
    N_("%(actor)s took the identity document of %(subject)s to check it"),
)
CASE_RELEASED = Event(
    "accounts.identity_case.released",
    N_("%(actor)s gave the identity document of %(subject)s back unchecked"),
)
CASE_CONFIRMED = Event(
    "accounts.identity_case.confirmed",
    N_("%(actor)s found the data of %(subject)s to be as in the identity document"),
    needs=("document", "digest", "registry", "checked"),
    words={"document": DOCUMENTS, "registry": STANDINGS},
)
CASE_SENT_BACK = Event(
    "accounts.identity_case.sent_back",
    N_("%(actor)s asked %(subject)s to correct what differs from the identity document"),
    needs=("corrections",),
    personal=("notes",),
    words={"field": CORRECTABLE},
)
CASE_REFUSED = Event(
    "accounts.identity_case.refused",
    N_("%(actor)s refused the identity document of %(subject)s: %(reason_code)s"),
    needs=("reason_code",),
    personal=("reason",),
    words={"reason_code": REFUSAL_REASONS},
)
CASE_ESCALATED = Event(
    "accounts.identity_case.escalated",
    N_("The identity document of %(subject)s was not checked in time and went one level up"),
    needs=("due_at", "new_due_at"),
)
CASE_WITHDRAWN = Event(
    "accounts.identity_case.withdrawn",
    N_("%(actor)s withdrew the identity document"),
)
CASE_OVERTAKEN = Event(
    "accounts.identity_case.overtaken",
    N_("The identity document of %(subject)s needs no check any more"),
    needs=("state",),
)
HOLD_PLACED = Event(
    "accounts.hold.placed",
    N_("The account of %(subject)s is on hold: %(kind)s"),
    needs=("kind", "source", "starts_at", "ends_at"),
    words={"kind": HOLDS},
)
HOLD_LIFTED = Event(
    "accounts.hold.lifted",
    N_("A hold on the account of %(subject)s ended: %(kind)s"),
    needs=("kind", "source"),
    words={"kind": HOLDS},
)
ERASED = Event(
    "accounts.person.erased",
    N_("%(actor)s erased the personal data of %(subject)s"),
    needs=("contact", "contact_were", "identity", "identity_were"),
    readers=Readers.PLATFORM,
)
