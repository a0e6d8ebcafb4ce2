"""Codes of this room as tables: how an office is held, what a request is for."""

from gapura.kernel.texts import N_

# How an office is held. The first is the officer in their own right; the others stand in.
DEFINITIVE = "definitive"
STANDING_NAMES: dict[str, str] = {
    DEFINITIVE: N_("Appointed in their own right"),
    "plh": N_("Daily acting officer (Plh)"),
    "plt": N_("Acting officer of a vacant post (Plt)"),
    "proxy": N_("By power of attorney (Kuasa)"),
    "substitute": N_("Substitute (Pengganti)"),
    "delegate": N_("By delegation"),
}
STANDINGS: tuple[str, ...] = tuple(STANDING_NAMES)

REQUEST_KIND_NAMES: dict[str, str] = {
    "new": N_("New access"),
    "renewal": N_("Renewal before the end"),
    "reactivation": N_("Reactivation after the end"),
}
REQUEST_KINDS: tuple[str, ...] = tuple(REQUEST_KIND_NAMES)

# Agency roles that may also be held for one unit and all below it.
BOUNDED = ("verifikator",)
# Roles whose duty their holder may delegate for some days.
DELEGABLE = ("verifikator",)
# Who looks after the access of an agency, and who besides oversees it.
LOOK_AFTER = ("verifikator", "admin_instansi")
OVERSEERS = (*LOOK_AFTER, "apip")
# Unit roles that may also be held at a company: state, regional and private enterprises.
OF_COMPANIES = ("pp", "ppk")

# How far a conflict of roles reaches.
REACHES: dict[str, str] = {
    "absolute": N_("anywhere"),
    "agency": N_("in one agency"),
    "unit": N_("in one unit"),
    "package": N_("for the same package"),
}
SEVERITIES: dict[str, str] = {
    "block": N_("not allowed"),
    "warn": N_("allowed, but reported"),
}
# Conditions under which a rule does not apply; see `rules.excepted`.
EXCEPTIONS: dict[str, str] = {
    "regional_budget": N_("where the money comes from a regional budget (APBD)"),
}

# Who answers in a review: the head of the unit, the agency's administrator, the platform's.
REVIEW_LEVELS: dict[str, str] = {
    "unit": N_("Head of the unit"),
    "agency": N_("Agency administrator"),
    "platform": N_("Platform administrator"),
}
# What happens to what nobody answered in a review; the first is the mildest.
OVERDUE: dict[str, str] = {
    "keep": N_("It stays, and is reported as not confirmed"),
    "suspend": N_("It is suspended until somebody confirms it"),
    "revoke": N_("It ends"),
}
# Why somebody is taken an access in a review.
REMOVAL_REASONS: dict[str, str] = {
    "left": N_("No longer works here"),
    "moved": N_("Has another post now"),
    "not_needed": N_("Does not need it for the work"),
    "not_appointed": N_("Was never appointed to it, or the letter is void"),
    "other": N_("Another reason"),
}


def may_be_delegated(role: str, standing: str) -> bool:
    """Whether a grant of this kind can be passed on: a delegated one cannot."""
    return role in DELEGABLE and standing == DEFINITIVE
