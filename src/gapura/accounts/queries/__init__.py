"""Reads of people: for sign-in, for their own pages, for whoever checks an identity."""

from gapura.accounts.queries.checks import (
    Checked,
    check_details,
    check_identity,
    is_same_try,
    regions,
)
from gapura.accounts.queries.people import (
    holder_of,
    is_decoy,
    pending_recipient,
    people_at,
    people_by_id,
    person_by_id,
    person_for_sign_in,
    recipient,
)
from gapura.accounts.queries.views import (
    IdentityCheck,
    IdentityView,
    Profile,
    identity_for,
    own_identity,
    own_profile,
)
from gapura.accounts.rules import (
    KINDS,
    Details,
    Identity,
    Kind,
    canonical_email,
    email_problem,
    free_text_problem,
    masked,
    name_problem,
)

__all__ = [
    "KINDS",
    "Checked",
    "Details",
    "Identity",
    "IdentityCheck",
    "IdentityView",
    "Kind",
    "Profile",
    "canonical_email",
    "check_details",
    "check_identity",
    "email_problem",
    "free_text_problem",
    "holder_of",
    "identity_for",
    "is_decoy",
    "is_same_try",
    "masked",
    "name_problem",
    "own_identity",
    "own_profile",
    "pending_recipient",
    "people_at",
    "people_by_id",
    "person_by_id",
    "person_for_sign_in",
    "recipient",
    "regions",
]
