"""Reads of people: for sign-in, for their own pages, for whoever checks an identity."""

from gapura.accounts.choices import CHANNELS, FIELDS, STANDINGS
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
    nobody_registered,
    pending_recipient,
    people_at,
    people_by_id,
    person_by_id,
    person_for_sign_in,
    recipient,
)
from gapura.accounts.queries.phones import PhoneView, own_phone
from gapura.accounts.queries.proofs import (
    ProofView,
    born,
    people_to_ask_about,
    registry_proof,
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
    "CHANNELS",
    "FIELDS",
    "KINDS",
    "STANDINGS",
    "Checked",
    "Details",
    "Identity",
    "IdentityCheck",
    "IdentityView",
    "Kind",
    "PhoneView",
    "Profile",
    "ProofView",
    "born",
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
    "nobody_registered",
    "own_identity",
    "own_phone",
    "own_profile",
    "pending_recipient",
    "people_at",
    "people_by_id",
    "people_to_ask_about",
    "person_by_id",
    "person_for_sign_in",
    "recipient",
    "regions",
    "registry_proof",
]
