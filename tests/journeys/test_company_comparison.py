"""The nightly look at OSS and the tax office, with the played authorities."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from gapura.access.services import issue_grant
from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.journeys import onboarding
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.permissions import Refused
from gapura.notifications.models import Mail
from gapura.ops.simulator import facts as played
from gapura.organizations.errors import NoSuchDifference
from gapura.organizations.models import (
    Company,
    CompanyAnswer,
    CompanyDifference,
    CompanyStanding,
)
from gapura.organizations.queries import CompanyFacts, company, open_differences, standing_of
from gapura.organizations.services import adopt_difference
from gapura.organizations.services import register_company as enter_company
from tests.access import world
from tests.authentication.world import person
from tests.simulator import Authorities

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("standing")
TOMORROW = timedelta(days=1)


@pytest.fixture(autouse=True)
def _up(db: None, authorities: Authorities) -> Iterator[None]:
    authorities.recovered()
    yield
    authorities.recovered()


def supplier(nib: str = "1234567211234", **changes: object) -> tuple[str, Person]:
    """A company as the authorities know it, but for the changes, and its administrator."""
    active = nib[-4:] != "9999"
    told = played.business({"nib": nib if active else "1234567211234"})
    known: dict[str, object] = {
        "form": told["form"],
        "scale": told["scale"],
        "kblis": tuple(told["kblis"]),
        "npwp": played.npwp_of(nib),
        "taxable": True,
    }
    facts = CompanyFacts(**(known | changes))  # type: ignore[arg-type]
    name = played.company_name(nib)
    code = enter_company(actor=SYSTEM, name=name, nib=nib, facts=facts).code
    Company.objects.filter(pk=code).update(region=None)
    boss = person()
    issue_grant(actor=world.SYSTEM, person_id=boss.id, role="admin_perusahaan", company=code)
    return code, boss


def fields(code: str) -> set[str]:
    # The made-up world has no regions.
    return {each.field for each in open_differences(code)} - {"region"}


def mails(template: str) -> int:
    return Mail.objects.filter(template=f"journeys/mail/{template}.txt").count()


def test_what_differs_is_noted_with_its_source_and_its_administrators_told_once() -> None:
    code, _boss = supplier(scale="large", taxable=False)
    assert onboarding.compare_companies(actor=SYSTEM) == 2
    assert fields(code) == {"scale", "taxable"}
    row = CompanyDifference.objects.get(company=code, field="scale")
    assert (row.ours, row.theirs, row.authority) == ("large", "micro", "oss")
    assert (len(row.result_hash), row.reference != "") == (64, True)
    kept = CompanyAnswer.objects.get(company=code, authority="oss")
    assert (kept.result_hash, kept.said["scale"]) == (row.result_hash, "micro")
    told = LogEvent.objects.filter(name="organizations.difference.found", subject_id=code)
    assert row.result_hash in {each.facts["result_hash"] for each in told}
    assert mails("company_differs") == 2, "one for each authority"
    assert onboarding.compare_companies(actor=SYSTEM) == 0
    with clock.frozen(clock.now() + TOMORROW):
        assert onboarding.compare_companies(actor=SYSTEM) == 2
    assert mails("company_differs") == 2
    assert standing_of(code, clock.today()) == "active"


def test_a_difference_ends_when_both_say_the_same_again() -> None:
    code, _boss = supplier(scale="large")
    onboarding.compare_companies(actor=SYSTEM)
    Company.objects.filter(pk=code).update(scale="micro")
    with clock.frozen(clock.now() + TOMORROW):
        onboarding.compare_companies(actor=SYSTEM)
    assert fields(code) == set()
    assert CompanyDifference.objects.get(company=code, field="scale").settled == "agrees"


def test_a_silent_authority_cuts_nothing_and_holds_up_no_other(authorities: Authorities) -> None:
    code, _boss = supplier(scale="large", taxable=False)
    onboarding.compare_companies(actor=SYSTEM)
    authorities.mode("oss", "down")
    with clock.frozen(clock.now() + TOMORROW):
        assert onboarding.compare_companies(actor=SYSTEM) == 1
        assert fields(code) == {"scale", "taxable"}
        assert standing_of(code, clock.today()) == "active"
    assert not CompanyStanding.objects.exists()


def test_a_revoked_license_is_recorded_and_lifted_by_the_authority_only() -> None:
    code, _boss = supplier("1234567219999")
    onboarding.compare_companies(actor=SYSTEM)
    row = CompanyStanding.objects.get(company=code)
    assert (row.state, row.source, len(row.result_hash)) == ("revoked", "oss", 64)
    assert mails("licence_revoked") == 1
    Company.objects.filter(pk=code).update(nib="1234567211234")
    with clock.frozen(clock.now() + TOMORROW):
        onboarding.compare_companies(actor=SYSTEM)
        assert standing_of(code, clock.today()) == "active"
    assert mails("licence_valid") == 1


def test_an_inactive_tax_number_is_told_and_stops_nothing() -> None:
    code, _boss = supplier("1234567216666")
    onboarding.compare_companies(actor=SYSTEM)
    assert fields(code) == {"tax_status"}
    assert standing_of(code, clock.today()) == "active"


def test_the_companys_administrator_takes_over_what_the_authority_says() -> None:
    code, boss = supplier(scale="large", kblis=("46100",), taxable=False)
    onboarding.compare_companies(actor=SYSTEM)
    for each in open_differences(code):
        if each.field != "region":
            adopt_difference(actor=world.actor(boss), difference=each.id)
    seen = company(code)
    assert (seen.scale, seen.taxable, len(seen.kblis) > 1) == ("micro", True, True)
    assert LogEvent.objects.filter(name="organizations.difference.adopted").count() == 3


def test_nobody_else_settles_a_difference_and_only_adoptable_ones() -> None:
    code, boss = supplier("1234567216666", scale="large")
    _other, rival = supplier("1234567311234")
    onboarding.compare_companies(actor=SYSTEM)
    one = {each.field: each.id for each in open_differences(code)}
    with pytest.raises(NoSuchDifference):
        adopt_difference(actor=world.actor(rival), difference=one["scale"])
    with pytest.raises(NoSuchDifference):
        adopt_difference(actor=world.actor(boss), difference=one["tax_status"])
    wrong = (world.actor(boss, acr=1), world.actor(person()), world.actor(world.platform_admin()))
    for actor in wrong:
        with pytest.raises(Refused):
            adopt_difference(actor=actor, difference=one["scale"])


def test_no_person_starts_the_nightly_look() -> None:
    _code, boss = supplier()
    for actor in (world.actor(boss), world.actor(world.platform_admin()), Actor()):
        with pytest.raises(Refused):
            onboarding.compare_companies(actor=actor)
