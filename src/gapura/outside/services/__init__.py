"""What others ask of other authorities; never inside a transaction."""

from gapura.outside.answers import (
    About,
    BlacklistAnswer,
    BusinessAnswer,
    Holiday,
    IdentityAnswer,
    LegacyAnswer,
    Proof,
    Refreshed,
    TaxAnswer,
)
from gapura.outside.services.calendar import official_holidays, refresh_holidays
from gapura.outside.services.companies import check_blacklist, check_business, check_tax_number
from gapura.outside.services.documents import fetch_json
from gapura.outside.services.forms import send_form
from gapura.outside.services.legacy import check_legacy_account
from gapura.outside.services.people import check_identity, send_message
from gapura.outside.services.webhooks import check_target, new_secret, send_webhook, sign

__all__ = [
    "About", "BlacklistAnswer", "BusinessAnswer", "Holiday", "IdentityAnswer", "LegacyAnswer",
    "Proof", "Refreshed", "TaxAnswer", "check_blacklist", "check_business", "check_identity",
    "check_legacy_account", "check_target", "check_tax_number", "fetch_json", "new_secret",
    "official_holidays", "refresh_holidays", "send_form", "send_message", "send_webhook", "sign",
]  # fmt: skip
