"""Forms, scales, standings and papers of companies, and how a first check can end. As data."""

from gapura.kernel.texts import N_

# Who keeps the register of letters of an agency: its verifiers and administrators, and those who
# appoint officers (budget users) for their own unit.
LETTER_KEEPERS = frozenset({"verifikator", "admin_instansi", "pa", "kpa"})

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
    "kswp": N_("Proof of tax compliance (KSWP)"),
    "pkp": N_("VAT collector's letter (PKP or non-PKP)"),
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

OSS, TAX, BLACKLIST = "oss", "tax", "blacklist"
# What is compared with each authority's answer; the words are those of the pages.
COMPARED: dict[str, dict[str, str]] = {
    OSS: {
        "licence": N_("Business license"),
        "owner": N_("Owner"),
        "name": N_("Name"),
        "form": N_("Legal form"),
        "scale": N_("Size of business"),
        "kblis": N_("Lines of business (KBLI)"),
        "region": N_("Region"),
        "npwp": N_("Tax number (NPWP)"),
    },
    TAX: {
        "tax_status": N_("Standing at the tax office"),
        "tax_name": N_("Name at the tax office"),
        "taxable": N_("Collects VAT (PKP)"),
    },
}
COMPARED_FIELDS = {field: name for fields in COMPARED.values() for field, name in fields.items()}
# Facts that are the authority's alone: our copy follows when the company says that they are right.
ADOPTABLE = frozenset({"name", "form", "scale", "kblis", "region", "taxable"})
# How a difference ended.
SETTLED: dict[str, str] = {
    "agrees": N_("The authority now says the same as we do"),
    "changed": N_("The authority now says something else again"),
    "adopted": N_("The company took over what the authority says"),
}

# Whose answers about a company are kept as they change.
ANSWERING = (OSS, TAX, BLACKLIST)
ANSWERING_WORDS: dict[str, str] = {
    OSS: N_("Business licensing (OSS)"),
    TAX: N_("Tax office (DJP)"),
    BLACKLIST: N_("National blacklist (Daftar Hitam)"),
}
# Which kind of change a unit or an agency goes through.
PLACE_CHANGES: dict[str, str] = {
    "renamed": N_("New name"),
    "moved": N_("New place in the tree"),
    "merged": N_("Merged into another unit"),
    "closed": N_("Closed"),
}
ENDINGS = ("merged", "closed")
# What becomes of the roles at a unit that another one takes over.
STAY_OR_END: dict[str, str] = {
    "stay": N_("They go on until their own last day"),
    "end": N_("They end on that day"),
}
# What is confirmed of a unit once a year.
CONFIRMED: dict[str, str] = {
    "address": N_("Address"),
    "npwp": N_("Tax number (NPWP)"),
    "head_name": N_("Head of the unit"),
    "head_position": N_("Position of the head"),
}
