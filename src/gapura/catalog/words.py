"""Codes of the catalog and the words people read for them, as tables; N_ texts."""

from types import MappingProxyType

from gapura.kernel.texts import N_

# Units of measure; those that can be divided take fractions of up to four decimals.
UNITS = MappingProxyType(
    {
        "piece": N_("piece"),
        "set": N_("set"),
        "pack": N_("pack"),
        "box": N_("box"),
        "ream": N_("ream"),
        "roll": N_("roll"),
        "bottle": N_("bottle"),
        "can": N_("can"),
        "sack": N_("sack"),
        "pair": N_("pair"),
        "portion": N_("portion"),
        "person_month": N_("person-month"),
        "month": N_("month"),
        "day": N_("day"),
        "visit": N_("visit"),
        "package": N_("package"),
        "gram": N_("gram"),
        "kilogram": N_("kilogram"),
        "ton": N_("ton"),
        "liter": N_("liter"),
        "meter": N_("meter"),
        "square_meter": N_("square meter"),
        "cubic_meter": N_("cubic meter"),
    }
)
DIVISIBLE = frozenset({"gram", "kilogram", "ton", "liter", "meter", "square_meter", "cubic_meter"})

TAX_CLASSES = MappingProxyType(
    {
        "ppn": N_("Ordinary goods and services (PPN on 11/12 of the price)"),
        "ppn_luxury": N_("Luxury goods (PPN on the full price)"),
        "ppn_free": N_("Free of PPN"),
    }
)
ORIGINS = MappingProxyType({"local": N_("Made in Indonesia"), "import": N_("Imported")})

STATES = MappingProxyType(
    {
        "draft": N_("Draft"),
        "in_review": N_("In review"),
        "needs_fix": N_("Needs a correction"),
        "listed": N_("In the catalog"),
        "withdrawn": N_("Withdrawn by the company"),
        "frozen": N_("Frozen"),
        "taken_down": N_("Taken down"),
    }
)
VERSION_STATES = MappingProxyType(
    {
        "draft": N_("Draft"),
        "in_review": N_("In review"),
        "published": N_("Published"),
        "rejected": N_("Sent back"),
        "superseded": N_("Replaced by a newer version"),
    }
)
CLAIM_STATES = MappingProxyType(
    {
        "claimed": N_("Waiting for the curator"),
        "verified": N_("Verified"),
        "rejected": N_("Not confirmed"),
        "expired": N_("Expired"),
    }
)

# Labels as the buyer sees them; `umk` comes from the company's scale in the business registry.
LABELS = MappingProxyType(
    {
        "tkdn": N_("TKDN certificate"),
        "bmp": N_("Company benefit (BMP)"),
        "sni": N_("SNI certificate"),
        "pdn": N_("Domestic product (PDN)"),
        "umk": N_("Micro or small business (UMK)"),
    }
)
# What a company can claim; the rest is derived.
CLAIMABLE = ("tkdn", "bmp", "sni", "pdn")

REJECT_REASONS = MappingProxyType(
    {
        "wrong_category": N_("The category does not fit the product"),
        "unclear_name": N_("The name does not say what the product is"),
        "wrong_attributes": N_("Properties are missing or wrong"),
        "unfit_picture": N_("A picture is missing, unclear or shows something else"),
        "unreasonable_price": N_("The price is not reasonable"),
        "duplicate": N_("The same product is in the catalog already"),
        "forbidden": N_("This must not be sold through the catalog"),
        "other": N_("Another reason, see the note"),
    }
)
FREEZE_REASONS = MappingProxyType(
    {
        "import_with_local_substitute": N_("Imported although a domestic product exists"),
        "unreasonable_price": N_("The price is not reasonable"),
        "wrong_specification": N_("The product differs from its description"),
        "wrong_supplier": N_("The company may not sell this product"),
        "false_claim": N_("A label or certificate is not true"),
        "other": N_("Another reason, see the note"),
    }
)
CLAIM_REASONS = MappingProxyType(
    {
        "not_in_registry": N_("The certificate is not in the registry"),
        "another_product": N_("The certificate is for another product or company"),
        "expired": N_("The certificate has expired"),
        "unreadable": N_("The evidence cannot be read"),
        "other": N_("Another reason, see the note"),
    }
)
