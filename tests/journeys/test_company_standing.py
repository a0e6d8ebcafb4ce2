"""The nightly look at the blacklist, with the played authority."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from gapura.access.services import issue_grant
from gapura.journeys import onboarding
from gapura.journeys.onboarding import standing
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import Busy
from gapura.notifications.models import Mail
from gapura.organizations.models import Company, CompanyAnswer, CompanyStanding
from gapura.organizations.queries import CompanyFacts, standing_of
from gapura.organizations.services import register_company as enter_company
from gapura.outside.answers import BlacklistAnswer, Proof
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


def answer(*, listed: bool, decision: str = "KEP-1/2026", since: int = -30) -> BlacklistAnswer:
    """What the blacklist says."""
    first = clock.today() + timedelta(days=since) if listed else None
    proof = Proof("blacklist", "DH-1", "ab" * 32, clock.now())
    return BlacklistAnswer(listed, first, None, decision if listed else "", proof)


def night(monkeypatch: pytest.MonkeyPatch, day: int, told: BlacklistAnswer) -> None:
    """What the nightly look finds so many days on."""
    monkeypatch.setattr(standing, "check_blacklist", lambda **_asked: told)
    with clock.frozen(clock.now() + timedelta(days=day)):
        onboarding.recheck_companies(actor=SYSTEM)


def test_a_blacklist_that_says_yes_no_and_yes_again_keeps_one_history(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It used to end the whole run: the days of the first listing were recorded already."""
    code, start = listed_company(), clock.today()
    yes, no = answer(listed=True), answer(listed=False)
    for day, told in ((0, yes), (1, no), (2, yes), (3, yes), (4, no), (5, yes)):
        night(monkeypatch, day, told)
    stood = [standing_of(code, start + timedelta(days=day)) for day in range(-31, 7)]
    assert stood[:1] + stood[1:32] == ["active"] + ["blacklisted"] * 31
    assert stood[32:] == ["active", "blacklisted", "blacklisted", "active", *["blacklisted"] * 2]
    answers = CompanyAnswer.objects.filter(company=code).order_by("first_at")
    assert [each.said["listed"] for each in answers] == [
        "blacklisted", "not_listed", "blacklisted", "not_listed", "blacklisted",
    ]  # fmt: skip
    assert Mail.objects.filter(template="journeys/mail/blacklisted.txt").count() == 3


def test_the_same_listing_under_another_decision_leaves_no_day_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    code, start = listed_company(), clock.today()
    for day, decision in enumerate(("KEP-1/2026", "KEP-2/2026", "KEP-1/2026")):
        night(monkeypatch, day, answer(listed=True, decision=decision))
    assert {standing_of(code, start + timedelta(days=day)) for day in range(-30, 9)} == {
        "blacklisted"
    }


def test_an_answer_that_cannot_be_kept_holds_up_no_other_company(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    codes = {listed_company(), other_company()}
    upside_down = BlacklistAnswer(
        listed=True, since=None, until=clock.today(), decision="\u202e" * 5,
        proof=Proof("blacklist", "\u202e", "ab" * 32, clock.now()),
    )  # fmt: skip
    night(monkeypatch, 0, upside_down)
    assert not Company.objects.filter(code__in=codes, checked_at__isnull=True).exists()
    assert not CompanyStanding.objects.exists()


def other_company() -> str:
    facts = CompanyFacts(npwp="0012345674901000")
    return enter_company(actor=SYSTEM, name="PT Lain", nib="1234567210001", facts=facts).code


def test_a_company_asks_again_and_hears_which_authority_is_silent(
    authorities: Authorities,
) -> None:
    code = listed_company()
    who = world.person("pemilik", kind="citizen")
    issue_grant(actor=world.SYSTEM, person_id=who.id, role="admin_perusahaan", company=code)
    authorities.mode("tax", "down")
    assert onboarding.ask_again(actor=world.actor(who)) == ["tax"]
    assert standing_of(code, clock.today()) == "blacklisted"
    with pytest.raises(Busy):
        onboarding.ask_again(actor=world.actor(who))
