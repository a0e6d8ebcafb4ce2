"""By which way this room erases each thing it holds of a person."""

from gapura.accounts.models import (
    CampaignLine,
    ContactChange,
    IdentityCase,
    IdentityProof,
    PersonHold,
    PhoneCode,
)
from gapura.accounts.services.erasing import erase_person
from gapura.kernel.erasures import declare, deletes

declare(
    "accounts",
    {
        "person": erase_person,
        "phone_code": deletes(PhoneCode),
        "proof": deletes(IdentityProof),
        "identity_case": deletes(IdentityCase),
        "hold": deletes(PersonHold),
        "campaign_line": deletes(CampaignLine),
        "contact_change": deletes(ContactChange),
    },
)
