"""What this room holds of people: applications they signed in to, and what those are told."""

from gapura.kernel.holdings import Holding, Table
from gapura.kernel.texts import N_
from gapura.sso.models import Authorization, Consent, LogoutDelivery

CONSENTS = Holding(
    "sso.consent",
    N_("What you allowed applications"),
    kind="applications",
    purpose="account",
    basis="consent",
    keeps="account",
    read=Table(Consent, ("client__name", "scopes", "given_at", "changed_at", "withdrawn_at")),
)
AUTHORIZATIONS = Holding(
    "sso.authorization",
    N_("Applications you signed in to, and by which name they know you"),
    kind="applications",
    purpose="account",
    basis="contract",
    keeps="short",
    origin="system",
    read=Table(
        Authorization,
        (
            "client__name", "subject", "scopes", "claims", "signed_in_at", "created_at",
            "last_used_on", "ended_at", "end_reason",
        ),
    ),
)  # fmt: skip
LOGOUTS = Holding(
    "sso.logout",
    N_("Applications that were told of your sign-out"),
    kind="applications",
    purpose="protect",
    basis="public",
    keeps="short",
    origin="system",
    read=Table(LogoutDelivery, ("client__name", "why", "made_at", "delivered_at", "dead_at")),
)
