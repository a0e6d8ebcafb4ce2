"""The words of figures: what codes in rows are called, as message ids."""

from gapura.access.queries import ROLES
from gapura.authentication.events.desk import SIGNS
from gapura.kernel.texts import N_
from gapura.purchasing.queries import STATE_NAMES
from gapura.reports.rules import RULES_BY_CODE

# The states of requests that somebody has to decide on: an index of the table holds just these.
WAITING_REQUEST = ("submitted", "in_review")
SIGN_NAMES = SIGNS
ROLE_NAMES = {code: role.name for code, role in ROLES.items()}
ORDER_STATES = STATE_NAMES
KIND_NAMES = {
    "ministry": N_("Ministries"),
    "agency": N_("Agencies of the central government"),
}
SIGN_STATES = {
    "open": N_("To be looked at"),
    "proposed": N_("Needs a second person"),
    "settled": N_("Acted on"),
    "dismissed": N_("Nothing was wrong"),
}
ALERT_STATES = {
    "raised": N_("To be looked at"),
    "taken": N_("Being looked at"),
    "explained": N_("Explained"),
    "followed_up": N_("Followed up"),
    "upheld": N_("Finding"),
}
LOCK_NAMES = {
    "not_me": N_("Locked by the owner"),
    "desk": N_("Locked by the security desk"),
    "recovery": N_("Locked during a way back"),
}


def rule_names() -> dict[str, str]:
    """Alert rules by code, in the order in which they are listed."""
    return {code: rule.title for code, rule in RULES_BY_CODE.items()}
