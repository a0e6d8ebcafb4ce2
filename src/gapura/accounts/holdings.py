"""What this room holds of people: who they are, how they are reached, how it was verified."""

from gapura.accounts.models import (
    CampaignLine,
    ContactChange,
    IdentityCase,
    IdentityProof,
    Person,
    PersonHold,
    PhoneCode,
)
from gapura.kernel.holdings import Holding, Table
from gapura.kernel.texts import N_

PERSON = Holding(
    "accounts.person",
    N_("Your profile"),
    kind="identity",
    purpose="account",
    basis="public",
    keeps="account",
    read=Table(
        Person,
        (
            "id", "username", "kind", "name", "nik", "nip", "agency", "unit_text", "state",
            "language", "email", "email_verified_at", "pending_email", "phone",
            "phone_verified_at", "created_at", "verified_at", "profile_confirmed_at",
        ),
        "pk",
    ),
)  # fmt: skip
PHONE_CODES = Holding(
    "accounts.phone_code",
    N_("Codes sent to your telephone"),
    kind="contact",
    purpose="verify",
    basis="public",
    keeps="minutes",
    read=Table(PhoneCode, ("phone", "old_phone", "channel", "created_at", "expires_at", "used_at")),
)
PROOFS = Holding(
    "accounts.proof",
    N_("How your identity was verified"),
    kind="identity",
    purpose="verify",
    basis="public",
    keeps="account",
    origin="authority",
    read=Table(
        IdentityProof,
        ("source", "outcome", "fields", "reference", "result_hash", "checked_at", "superseded_at"),
    ),
)
CASES = Holding(
    "accounts.identity_case",
    N_("Identity documents you sent in; the pictures themselves are erased after the decision"),
    kind="identity",
    purpose="verify",
    basis="public",
    keeps="account",
    read=Table(
        IdentityCase,
        (
            "kind", "state", "level", "agency", "sent_at", "due_at", "ended_at", "sha256",
            "reason_code", "reason", "corrections",
        ),
    ),
)  # fmt: skip
HOLDS = Holding(
    "accounts.hold",
    N_("What kept your account from writing, and until when"),
    kind="identity",
    purpose="account",
    basis="public",
    keeps="account",
    read=Table(PersonHold, ("kind", "starts_at", "ends_at", "lifted_at")),
)
CAMPAIGN_LINES = Holding(
    "accounts.campaign_line",
    N_("Campaigns in which you were to verify your account again"),
    kind="identity",
    purpose="verify",
    basis="public",
    keeps="account",
    read=Table(CampaignLine, ("campaign__title", "agency", "done_at")),
)
CONTACT_CHANGES = Holding(
    "accounts.contact_change",
    N_("Changes of your mailbox and telephone that can be undone"),
    kind="contact",
    purpose="protect",
    basis="public",
    keeps="account",
    read=Table(
        ContactChange, ("kind", "old", "new", "changed_at", "undo_until", "ended_at", "end")
    ),
)
