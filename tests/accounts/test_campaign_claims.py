"""What the log must tell of campaigns and holds: a whole life of them, and what is slipped in."""

from datetime import timedelta

import pytest

from gapura.accounts.models import Campaign, PersonHold
from gapura.accounts.services import (
    cancel_campaign,
    extend_campaign,
    lift_hold,
    place_hold,
    report_change,
)
from gapura.audit.services import checkpoint, seal_all, verify_log
from gapura.kernel import clock
from tests.accounts.people import SYSTEM, acting, verified
from tests.accounts.test_campaigns import WHY, admin, running

pytestmark = pytest.mark.django_db(transaction=True)
KIND = "reverification"


def findings() -> set[tuple[str, str]]:
    """Claim and column that do not agree with the log."""
    seal_all()
    checkpoint(now=True)
    found = verify_log(tables=True).findings
    all_ = {(str(f.values.get("claim")), str(f.values.get("column", f.kind))) for f in found}
    return {one for one in all_ if one[0] in ("accounts.campaign", "accounts.hold")}


def test_a_campaigns_life_agrees_with_the_log_and_nothing_is_slipped_in() -> None:
    """The attack: whoever reaches the database frees the held, or holds somebody else."""
    person, by = verified(), admin()
    for source in ("one", "two"):
        place_hold(actor=SYSTEM, person_id=person.id, kind=KIND, source=source)
    lift_hold(actor=SYSTEM, person_id=person.id, kind=KIND, source="one")
    report_change(actor=acting(verified()), change="name", reason="I married in October.")
    campaign = running()
    later = clock.today() + timedelta(days=60)
    extend_campaign(actor=by, campaign_id=campaign.id, due_on=later, grace_days=9, reason=WHY)
    assert findings() == set()
    Campaign.objects.filter(pk=campaign.id).update(
        held_from=clock.now() + timedelta(days=900), started_at=clock.now() - timedelta(days=9)
    )
    PersonHold.objects.filter(source="two").update(ends_at=clock.now() + timedelta(minutes=1))
    assert findings() == {
        ("accounts.campaign", "held"),
        ("accounts.campaign", "started"),
        ("accounts.hold", "ends"),
    }


def test_a_canceled_campaign_agrees_with_the_log() -> None:
    campaign = running()
    cancel_campaign(actor=admin(), campaign_id=campaign.id, reason=WHY)
    assert findings() == set()
