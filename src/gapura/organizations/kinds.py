"""Forms, scales, standings and papers of companies, and how a first check can end. As data."""

from gapura.kernel.texts import N_

FORMS: dict[str, str] = {
    "pt": N_("Limited company (PT)"),
    "cv": N_("Limited partnership (CV)"),
    "ud": N_("Trading business (UD)"),
    "koperasi": N_("Cooperative"),
    "perorangan": N_("Sole proprietorship"),
}
# Founded by a notary's deed; a sole proprietor has none.
FOUNDED_BY_DEED = frozenset({"pt", "cv", "koperasi"})

SCALES: dict[str, str] = {
    "micro": N_("Micro business"),
    "small": N_("Small business"),
    "medium": N_("Medium business"),
    "large": N_("Large business"),
}
# Law 20/2008 with PP 7/2021: what buyers give way to as micro and small business (UMK).
SMALL_SCALES = frozenset({"micro", "small"})

ACTIVE = "active"
BLACKLISTED = "blacklisted"
SUSPENDED = "suspended"
REVOKED = "revoked"
# In the order of their gravity, the lightest first.
STANDINGS: dict[str, str] = {
    ACTIVE: N_("Active"),
    SUSPENDED: N_("Suspended"),
    BLACKLISTED: N_("Blacklisted"),
    REVOKED: N_("Business license revoked"),
}
GRAVITY = {state: place for place, state in enumerate(STANDINGS)}

PAPERS: dict[str, str] = {
    "akta": N_("Deed of establishment (akta) with its last change"),
    "letter": N_("Owner's statement or power of attorney (surat pernyataan, surat kuasa)"),
    "npwp": N_("Company's tax card (NPWP)"),
    "nib": N_("Business registration (NIB) from OSS"),
}

OK = "ok"
# How a look at a business number ends, in the order of the checks.
OUTCOMES: dict[str, str] = {
    "identity_open": N_("Your own identity is not confirmed yet"),
    "already_registered": N_("This company is registered here already"),
    "not_valid": N_("OSS does not know this business number as valid"),
    "owner_differs": N_("OSS names another owner"),
    "tax_differs": N_("The tax number does not fit the company"),
    "blacklisted": N_("The company is on the blacklist"),
    "unavailable": N_("An authority does not answer just now"),
    OK: N_("Everything fits"),
}
