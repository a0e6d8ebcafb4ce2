"""What this room holds of people: how they sign in, from where, and what was found suspicious.

Secrets and their hashes are not read: they tell their owner nothing, and a thief much.
"""

from gapura.authentication.models import (
    AccountLock,
    DeedProof,
    Device,
    Disavowal,
    EmailCode,
    KeptForm,
    Passkey,
    PasskeyChallenge,
    Password,
    Recovery,
    RecoveryCode,
    Session,
    Suspicion,
    Totp,
)
from gapura.kernel.holdings import Holding, Table
from gapura.kernel.texts import N_


def _held(
    name: str,
    title: str,
    read: Table,
    *,
    purpose: str = "account",
    keeps: str = "account",
    origin: str = "person",
) -> Holding:
    return Holding(
        f"authentication.{name}", title, "sign_in", purpose, "public", keeps, read, origin
    )


PASSWORDS = _held(
    "password",
    N_("Your password (a hash only)"),
    Table(Password, ("changed_at", "must_change", "reminded_at")),
)
TOTPS = _held(
    "totp", N_("Your authenticator apps"), Table(Totp, ("name", "created_at", "confirmed_at"))
)
PASSKEYS = _held(
    "passkey",
    N_("Your passkeys"),
    Table(Passkey, ("name", "aaguid", "transports", "created_at", "last_used_at", "cloned_at")),
)
CHALLENGES = _held(
    "challenge",
    N_("Questions to your passkeys"),
    Table(PasskeyChallenge, ("purpose", "created_at", "expires_at", "used_at"), "session__person"),
    keeps="minutes",
    origin="system",
)
CODES = _held(
    "recovery_code",
    N_("Your backup codes (hashes only)"),
    Table(RecoveryCode, ("created_at", "used_at")),
)
SESSIONS = _held(
    "session",
    N_("Your sign-ins"),
    Table(
        Session,
        (
            "created_at", "signed_in_at", "last_seen_at", "ended_at", "end_reason", "ip",
            "place", "user_agent", "acr", "methods",
        ),
    ),
    purpose="protect",
    keeps="short",
    origin="system",
)  # fmt: skip
DEVICES = _held(
    "device",
    N_("Devices you signed in from"),
    Table(Device, ("id", "first_seen_at", "last_seen_at", "forgotten_at")),
    purpose="protect",
    keeps="short",
    origin="system",
)
EMAIL_CODES = _held(
    "email_code",
    N_("Codes sent to your mailbox (hashes only)"),
    Table(EmailCode, ("purpose", "created_at", "expires_at", "attempts", "used_at")),
    keeps="minutes",
    origin="system",
)
DEED_PROOFS = _held(
    "deed_proof",
    N_("Deeds you confirmed with a factor"),
    Table(DeedProof, ("deed", "method", "confirmed_at", "used_at")),
    purpose="account_for",
    origin="system",
)
DISAVOWALS = _held(
    "disavowal",
    N_("Links by which you can say that it was not you"),
    Table(Disavowal, ("what", "created_at", "expires_at", "used_at")),
    purpose="protect",
    keeps="short",
    origin="system",
)
FORMS = _held(
    "kept_form",
    N_("A form kept for you while you signed in again"),
    Table(KeptForm, ("path", "fields", "kept_at", "expires_at")),
    keeps="minutes",
)
RECOVERIES = _held(
    "recovery",
    N_("When you asked for a way back into your account"),
    Table(
        Recovery,
        (
            "reference", "kind", "state", "agency", "story", "asked_at", "vouched_at",
            "seconded_at", "ended_at", "end_reason", "new_email",
        ),
    ),
    purpose="protect",
)  # fmt: skip
LOCKS = _held(
    "lock",
    N_("When your account was locked"),
    Table(AccountLock, ("why", "reason", "locked_at", "lifted_at", "lift_reason")),
    purpose="protect",
    origin="others",
)
SUSPICIONS = _held(
    "suspicion",
    N_("What looked as if somebody else used your account"),
    Table(Suspicion, ("kind", "state", "found_at", "seen_at", "action", "decided_at")),
    purpose="protect",
    origin="system",
)
