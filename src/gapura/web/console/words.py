"""The words of the log's pages: kinds of acts, results, marks; those of fields: field_names."""

from collections.abc import Mapping

from gapura.accounts.queries import KINDS
from gapura.audit.events import event_named
from gapura.audit.queries import Standing
from gapura.kernel.texts import N_
from gapura.purchasing.queries import DELIVERY_NAMES, STATE_NAMES
from gapura.web.shell.states import (
    CASES,
    CLIENTS,
    GRANTS,
    IDENTITIES,
    PRODUCTS,
    PROFILE,
    REQUESTS,
    REVIEW_LINES,
    REVIEWS,
    Words,
)

# The start of event names, and what people call these acts.
ACTS = {
    "access.appointment.": N_("Officers named in letters"),
    "access.import.": N_("Files of officers"),
    "access.history.": N_("Questions about past holders"),
    "access.holder.": N_("Looks at somebody's access"),
    "access.legacy.": N_("Old accounts that were linked"),
    "access.review.": N_("Access reviews"),
    "access.review_line.": N_("Answers in access reviews"),
    "access.register.": N_("Downloads of the register"),
    "access.filter.": N_("Kept filters"),
    "journeys.": N_("People who leave"),
    "authentication.": N_("Signing in and security"),
    "accounts.": N_("Accounts and identities"),
    "access.request.": N_("Access requests"),
    "access.grant.": N_("Roles given and ended"),
    "access.finding.": N_("Roles that exclude each other"),
    "access.delegation.": N_("Duties that were delegated"),
    "access.letter.": N_("Looks at appointment letters"),
    "access.invitation.": N_("Invitations to companies"),
    "access.join.": N_("Requests to join a company"),
    "access.staff.": N_("Duties of company staff"),
    "access.succession.": N_("Companies that change hands"),
    "privacy.breach.": N_("Personal data breaches"),
    "privacy.": N_("Rights over personal data"),
    "organizations.": N_("Agencies, units and letters"),
    "catalog.": N_("Catalog"),
    "purchasing.": N_("Orders, deliveries and payments"),
    "evaluations.": N_("Ratings of suppliers"),
    "journeys.calendar.": N_("Holiday calendar"),
    "helpdesk.": N_("Requests for help"),
    "audit.": N_("Looks into the log"),
    "reports.": N_("Alerts and reports"),
    "sso.": N_("Connected applications"),
    "web.": N_("Pages that were refused"),
    "ops.": N_("Work on the server"),
}

RESULTS: Words = {
    "done": (N_("Succeeded"), "grey"),
    "refused": (N_("Refused"), "orange"),
    "failed": (N_("Failed"), "red"),
}

STANDINGS: Words = {
    Standing.PROVEN: (N_("Verified"), "teal"),
    Standing.WAITING: (N_("Waiting"), "grey"),
    Standing.ALTERED: (N_("Altered"), "red"),
    Standing.UNPROVEN: (N_("Cannot be verified now"), "orange"),
}

STANDING_MEANS = {
    Standing.PROVEN: N_("What you see here is what was written at that time. This was computed "
                        "just now from the entry itself up to the signed checkpoint."),
    Standing.WAITING: N_("The entry is younger than the newest checkpoint. The next one, within "
                         "minutes, covers it."),
    Standing.ALTERED: N_("The entry does not fit the signed checkpoint: somebody has changed it "
                         "after it was written. Tell the platform administrator at once."),
    Standing.UNPROVEN: N_("A part of the tree is missing or contradicts its checkpoint. Tell the "
                          "platform administrator at once."),
}  # fmt: skip

YES, NO = N_("yes"), N_("no")
SYSTEM = N_("The system")
EMPTY = "\u2013"

# Whose states the events tell of, by the start of their names.
_STATES = {
    "access.grant.": GRANTS,
    "access.request.": REQUESTS,
    "access.review.": REVIEWS,
    "access.review_line.": REVIEW_LINES,
    "accounts.": PROFILE,
    "accounts.identity_case.": IDENTITIES,
    "catalog.product.": PRODUCTS,
    "helpdesk.": CASES,
    "sso.client.": CLIENTS,
}
_CODES: Mapping[str, Mapping[str, str]] = {
    "kind": {code: kind.name for code, kind in KINDS.items()},
    "language": {"id": "Bahasa Indonesia", "en": "English"},
}


def words_of(event_name: str) -> dict[str, Mapping[str, str]]:
    """The message ids of an event's recorded codes, by field: what it says itself comes first."""
    event = event_named(event_name)
    states = {
        code: word
        for start, words in _STATES.items()
        if event_name.startswith(start)
        for code, (word, _color) in words.items()
    }
    if event_name.startswith("purchasing."):
        states = {**STATE_NAMES, **DELIVERY_NAMES}
    return {**_CODES, "state": states, **(event.words if event else {})}
