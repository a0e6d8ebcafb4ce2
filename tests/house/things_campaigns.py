"""Things of campaigns for the walk: one of a policy, and one of a single person's change."""

from collections.abc import Callable
from datetime import timedelta

from gapura.accounts.models import Campaign
from gapura.accounts.services import CampaignWish
from gapura.journeys import reverifying
from gapura.kernel import clock
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.people import acting

Things = dict[str, object]
TITLE = "Verifikasi ulang tahun 2026"


def _campaigns() -> Things:
    """One that is prepared; whoever runs the platform may begin and cancel it."""
    found = Campaign.objects.filter(title=TITLE).values_list("id", flat=True).first()
    if found is None:
        today = clock.today()
        wish = CampaignWish(
            title=TITLE,
            reason="Aturan penandatanganan berubah.",
            basis="Peraturan LKPP 2/2026",
            audience="kind",
            among="pppk",
            consequence="remind",
            starts_on=today,
            due_on=today + timedelta(days=30),
            grace_days=7,
        )
        admin = acting(persona_id("admin"), "admin_platform")
        found = reverifying.draft(actor=admin, wish=wish)
    return {"of a policy": found}


MAKERS: dict[str, Callable[[], Things]] = {"campaign_id": _campaigns}
FORMS: dict[str, dict[str, object]] = {
    "campaign-cancel": {"cancel-reason": "Aturannya dicabut kembali."},
}
