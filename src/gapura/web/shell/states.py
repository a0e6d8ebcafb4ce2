"""Every state in a word and a color, so that all pages say the same. `parts.state` shows one."""

from collections.abc import Mapping

from gapura.catalog.queries import CLAIM_STATES, STATES, VERSION_STATES
from gapura.kernel.texts import N_

Words = dict[str, tuple[str, str]]

REQUESTS: Words = {
    "draft": (N_("Draft"), "grey"),
    "submitted": (N_("Submitted"), "blue"),
    "in_review": (N_("Being checked"), "yellow"),
    "needs_correction": (N_("Needs correction"), "orange"),
    "approved": (N_("Approved"), "teal"),
    "rejected": (N_("Rejected"), "red"),
    "withdrawn": (N_("Withdrawn"), "grey"),
}

GRANTS: Words = {
    "approved": (N_("Waiting for activation"), "yellow"),
    "active": (N_("Active"), "teal"),
    "suspended": (N_("Suspended"), "red"),
    "revoked": (N_("Ended"), "grey"),
}

DUPLICATES: Words = {
    "found": (N_("To be looked at"), "orange"),
    "asked": (N_("The owners were asked"), "blue"),
    "announced": (N_("Closing announced"), "yellow"),
    "objected": (N_("Somebody objected"), "red"),
    "upheld": (N_("Objection turned down"), "yellow"),
    "different": (N_("Two people"), "teal"),
    "closed": (N_("One account closed"), "grey"),
    "gone": (N_("Nothing to decide"), "grey"),
}

REVIEWS: Words = {
    "open": (N_("Open"), "blue"),
    "closed": (N_("Over"), "teal"),
    "cancelled": (N_("Broken off"), "grey"),
}

REVIEW_LINES: Words = {
    "open": (N_("Waiting for an answer"), "blue"),
    "confirmed": (N_("Confirmed"), "teal"),
    "removed": (N_("Access ended"), "red"),
    "gone": (N_("Ended meanwhile"), "grey"),
    "kept": (N_("Not confirmed"), "orange"),
    "suspended": (N_("Suspended, not confirmed"), "orange"),
    "lapsed": (N_("Ended, not confirmed"), "red"),
}

RECOVERIES: Words = {
    "asked": (N_("Nobody has vouched yet"), "blue"),
    "vouched": (N_("Needs a second person"), "yellow"),
    "waiting": (N_("Waiting"), "teal"),
    "used": (N_("Used"), "grey"),
    "stopped": (N_("Stopped"), "red"),
    "refused": (N_("Refused"), "red"),
    "lapsed": (N_("Over unused"), "grey"),
}

SUSPICIONS: Words = {
    "open": (N_("To be looked at"), "orange"),
    "proposed": (N_("Needs a second person"), "yellow"),
    "settled": (N_("Acted on"), "teal"),
    "dismissed": (N_("Nothing was wrong"), "grey"),
}

PROFILE: Words = {
    "registered": (N_("E-mail not confirmed"), "grey"),
    "contact_verified": (N_("E-mail confirmed"), "blue"),
    "identity_pending": (N_("Identity being checked"), "yellow"),
    "verified": (N_("Verified"), "teal"),
    "needs_correction": (N_("Needs correction"), "orange"),
    "needs_reverification": (N_("Identity to be checked again"), "orange"),
    "suspended": (N_("Suspended"), "red"),
    "closed": (N_("Closed"), "grey"),
}

IDENTITIES: Words = {
    "waiting": (N_("Waiting to be checked"), "blue"),
    "claimed": (N_("Being checked"), "yellow"),
    "confirmed": (N_("Confirmed"), "teal"),
    "sent_back": (N_("Needs correction"), "orange"),
    "refused": (N_("Refused"), "red"),
    "withdrawn": (N_("Withdrawn"), "grey"),
    "overtaken": (N_("Settled otherwise"), "grey"),
}

CLIENTS: Words = {
    "active": (N_("Active"), "teal"),
    "suspended": (N_("Suspended"), "red"),
    "closed": (N_("Closed"), "grey"),
}

DATA_REQUESTS: Words = {
    "received": (N_("Received"), "blue"),
    "in_review": (N_("In review"), "yellow"),
    "fulfilled": (N_("Fulfilled"), "teal"),
    "refused": (N_("Refused"), "red"),
    "withdrawn": (N_("Withdrawn"), "grey"),
}

ERASURES: Words = {
    "cooling": (N_("Can be taken back"), "yellow"),
    "undone": (N_("Taken back"), "grey"),
    "refused": (N_("Refused"), "red"),
    "stopped": (N_("Not carried out"), "orange"),
    "done": (N_("Erased"), "teal"),
}

BREACHES: Words = {
    "open": (N_("Open"), "red"),
    "closed": (N_("Closed"), "grey"),
}

CASES: Words = {
    "open": (N_("Open"), "blue"),
    "answered": (N_("Answered"), "teal"),
    "closed": (N_("Closed"), "grey"),
}


def _colored(words: Mapping[str, str], colors: Mapping[str, str]) -> Words:
    return {state: (text, colors[state]) for state, text in words.items()}


PRODUCTS = _colored(
    STATES,
    {
        "draft": "grey",
        "in_review": "yellow",
        "needs_fix": "orange",
        "listed": "teal",
        "withdrawn": "grey",
        "frozen": "red",
        "taken_down": "red",
    },
)

VERSIONS = _colored(
    VERSION_STATES,
    {
        "draft": "grey",
        "in_review": "yellow",
        "published": "teal",
        "rejected": "orange",
        "superseded": "grey",
    },
)

CLAIMS = _colored(
    CLAIM_STATES,
    {"claimed": "yellow", "verified": "teal", "rejected": "orange", "expired": "grey"},
)
