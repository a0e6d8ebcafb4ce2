"""Pure checks of names, addresses and numbers: no clock, no database; answers are Problems."""

from gapura.accounts.rules.details import (
    Details,
    Identity,
    details_problems,
    identity_problems,
    identity_warnings,
    language_problem,
)
from gapura.accounts.rules.emails import canonical_email, email_problem
from gapura.accounts.rules.kinds import KINDS, Kind
from gapura.accounts.rules.names import (
    free_text_problem,
    name_problem,
    note_problem,
    tidy,
    tidy_note,
)
from gapura.accounts.rules.nik import NikFacts, nik_facts, nik_problems, nik_warnings
from gapura.accounts.rules.nip import nip_problems, nip_warnings
from gapura.accounts.rules.numbers import bare, masked
from gapura.accounts.rules.phones import phone_number, phone_problem
from gapura.accounts.rules.usernames import canonical_username, is_reserved, username_problem

__all__ = [
    "KINDS",
    "Details",
    "Identity",
    "Kind",
    "NikFacts",
    "bare",
    "canonical_email",
    "canonical_username",
    "details_problems",
    "email_problem",
    "free_text_problem",
    "identity_problems",
    "identity_warnings",
    "is_reserved",
    "language_problem",
    "masked",
    "name_problem",
    "nik_facts",
    "nik_problems",
    "nik_warnings",
    "nip_problems",
    "nip_warnings",
    "note_problem",
    "phone_number",
    "phone_problem",
    "tidy",
    "tidy_note",
    "username_problem",
]
