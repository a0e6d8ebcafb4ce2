"""The nightly look at the blacklist, with the played authority."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from gapura.access.services import issue_grant
from gapura.journeys import onboarding
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.kernel.permissions import Refused
from gapura.notifications.models import Mail
from gapura.organizations.models import Company, CompanyStanding
from gapura.organizations.queries import CompanyFacts, standing_of
from gapura.organizations.services import register_company as enter_company
from tests.access import world
from tests.authentication.world import person
from tests.simulator import Authorities

pytestmark = pytest.mark.django_db
GOOD = "1234567211234"
SYSTEM = system_actor("standing")


@pytest.fixture(autouse=True)
def _up(db: None, authorities: Authorities) -> Iterator[None]:
    authorities.recovered()
    yield
    authorities.recovered()


def listed_company() -> str:
    """A company that came onto the blacklist after it was registered, with its administrator."""
    facts = CompanyFacts(npwp="0012345678901234")
    code = enter_company(actor=SYSTEM, name="PT Tercantum", nib="1234567218888", facts=facts).code
    issue_grant(actor=world.SYSTEM, person_id=person().id, role="admin_perusahaan", company=code)
    return code


def test_the_nightly_look_finds_the_blacklisted_and_tells_them_once() -> None:
    code = listed_company()
    assert onboarding.recheck_companies(actor=SYSTEM) == 1
    assert standing_of(code, clock.today()) == "blacklisted"
    assert onboarding.recheck_companies(actor=SYSTEM) == 0
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert onboarding.recheck_companies(actor=SYSTEM) == 1
    assert CompanyStanding.objects.count() == 1
    assert Mail.objects.filter(template="journeys/mail/blacklisted.txt").count() == 1


def test_the_nightly_look_lifts_what_the_authority_took_back() -> None:
    code = listed_company()
    onboarding.recheck_companies(actor=SYSTEM)
    Company.objects.filter(pk=code).update(nib=GOOD)
    with clock.frozen(clock.now() + timedelta(days=1)):
        onboarding.recheck_companies(actor=SYSTEM)
        assert standing_of(code, clock.today()) == "active"
    assert Mail.objects.filter(template="journeys/mail/standing_lifted.txt").count() == 1


def test_a_silent_blacklist_changes_nothing(authorities: Authorities) -> None:
    code = listed_company()
    onboarding.recheck_companies(actor=SYSTEM)
    authorities.mode("blacklist", "down")
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert onboarding.recheck_companies(actor=SYSTEM) == 0
        assert standing_of(code, clock.today()) == "blacklisted"


def test_no_person_starts_the_nightly_look() -> None:
    listed_company()
    with pytest.raises(Refused):
        onboarding.recheck_companies(actor=world.actor(person()))
    assert not CompanyStanding.objects.exists()
