"""/console/campaigns and /account/reverification: begun once, what the held can still do."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.accounts.models import Campaign, CampaignLine
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from tests.access import world
from tests.simulator import Authorities
from tests.web.browser import Browser, text_of
from tests.web.people import enter, holder, signed_in

HERE = "/console/campaigns"
OWN = "/account/reverification"


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    world.places()


@pytest.fixture
def admin() -> Browser:
    return signed_in("admin_platform")


def given(**changes: Any) -> dict[str, Any]:
    today = clock.today()
    told = {
        "title": "Verification of 2026",
        "reason": "The rules on who may sign changed in October.",
        "basis": "Peraturan LKPP 2/2026",
        "audience": "all",
        "consequence": "read_only",
        "starts_on": today.isoformat(),
        "due_on": (today + timedelta(days=30)).isoformat(),
        "grace_days": "7",
    }
    return told | changes


def begun(admin: Browser, **changes: Any) -> Campaign:
    address = admin.submit(f"{HERE}/new", **given(**changes))["Location"]
    admin.submit(f"{address}/start", address)
    return Campaign.objects.get()


def over(campaign: Campaign) -> None:
    """The grace days are past."""
    Campaign.objects.filter(pk=campaign.pk).update(held_from=clock.now() - timedelta(hours=1))


def test_a_campaign_is_prepared_counted_and_begun_once(admin: Browser) -> None:
    holder("verifikator")
    address = admin.submit(f"{HERE}/new", **given())["Location"]
    assert "It would concern 2 accounts now" in text_of(admin.get(address))
    for _ in range(2):
        assert admin.submit(f"{address}/start", address).status_code == 303
    said = text_of(admin.get(address))
    assert "A campaign begins only once" in said
    assert LogEvent.objects.filter(name="accounts.campaign.started").count() == 1
    assert CampaignLine.objects.count() == 2
    assert "Running" in text_of(admin.get(HERE))


def test_the_numbers_of_a_campaign_cost_the_same_for_one_agency_and_many(admin: Browser) -> None:
    campaign = begun(admin)
    admin.get(f"{HERE}/{campaign.pk}")
    with CaptureQueriesContext(
        connection,
    ) as few:
        admin.get(f"{HERE}/{campaign.pk}")
    for number in range(60):
        CampaignLine.objects.create(
            campaign=campaign, person=world.person(f"p{number}"), agency=f"X{number:02d}"
        )
    with CaptureQueriesContext(connection) as many:
        page = admin.get(f"{HERE}/{campaign.pk}")
    assert len(many) == len(few)
    assert "page=2" in page.content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"due_on": "2026-13-45"}, "is not a day in the calendar"),
        ({"due_on": clock.today().isoformat()}, "People need more time"),
        ({"grace_days": "-3"}, "must be a whole number of days"),
        ({"grace_days": "1"}, "Give more grace days"),
        ({"audience": "agency", "agency": "NONE"}, "Choose which ones"),
        ({"audience": "role", "role": "boss"}, "Choose"),
        ({"title": "short"}, "Write at least 10 characters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_prepared(
    admin: Browser, wrong: dict[str, str], said: str
) -> None:
    page = admin.submit(f"{HERE}/new", **given(**wrong))
    assert page.status_code == 422
    assert said in text_of(page)
    assert not Campaign.objects.exists()


def test_an_officer_of_an_agency_finds_no_campaigns(admin: Browser) -> None:
    campaign = begun(admin)
    officer = signed_in("admin_instansi")
    for path in (HERE, f"{HERE}/new", f"{HERE}/{campaign.pk}"):
        assert officer.get(path).status_code == 404
    for verb in ("start", "extend", "cancel"):
        answer = officer.submit(f"{HERE}/{campaign.pk}/{verb}", "/", reason="I want it so, please.")
        assert answer.status_code in (404, 422)
    campaign.refresh_from_db()
    assert campaign.state == "running"


def test_who_is_held_reads_everything_and_writes_nothing_but_the_own_account(
    admin: Browser,
) -> None:
    officer = enter(holder("verifikator"))
    campaign = begun(admin)
    assert "Your account must be verified again." in text_of(officer.get("/"))
    form = {"name": "Mine", "query": "state=submitted"}
    over(campaign)
    assert "You can only read now" in text_of(officer.get("/"))
    assert officer.get("/requests/queue").status_code == 200
    refused = officer.submit("/requests/queue/filters", "/requests/queue", **form)
    assert refused.status_code == 403
    assert "You can only read now" in text_of(refused)
    assert OWN in refused.content.decode()
    for path in ("/account", "/account/email", "/account/security", OWN, "/help/contact"):
        assert officer.get(path).status_code == 200


def test_a_change_of_the_campaigns_days_lets_the_held_write_again(admin: Browser) -> None:
    officer = enter(holder("verifikator"))
    campaign = begun(admin)
    over(campaign)
    address = f"{HERE}/{campaign.pk}"
    later = (clock.today() + timedelta(days=60)).isoformat()
    more = {"extend-due_on": later, "extend-grace_days": "7", "extend-reason": "Holidays came by."}
    assert "You can only read now" in text_of(admin.get("/")), "held oneself"
    assert admin.submit(f"{address}/extend", address, **more).status_code == 303
    assert "You can only read now" not in text_of(officer.get("/"))
    stop = {"cancel-reason": "The rule was taken back."}
    assert admin.submit(f"{address}/cancel", address, **stop).status_code == 303
    assert "must be verified again" not in text_of(officer.get("/"))


def test_the_own_page_says_why_until_when_and_that_nothing_waits() -> None:
    officer = signed_in("verifikator")
    assert "Nothing waits for you" in text_of(officer.get(OWN))
    begun(signed_in("admin_platform"))
    said = text_of(officer.get(OWN))
    assert "Verification of 2026" in said
    assert "The rules on who may sign changed in October." in said
    assert "My data is right: verify it" in said
    page = officer.submit(f"{OWN}/confirm", OWN)
    assert page["Location"] == OWN
    assert "does not answer at the moment" in text_of(officer.get(OWN))
    assert "Send your identity document" in text_of(officer.get(OWN))


def test_a_reported_change_gives_days_and_then_the_form_to_correct() -> None:
    officer = signed_in("verifikator")
    told = {"change": "name", "reason": "I married in October."}
    assert officer.submit(f"{OWN}/change", **{**told, "change": "x"}).status_code == 422
    assert officer.submit(f"{OWN}/correct", OWN)["Location"] == OWN, "nothing was reported"
    assert officer.submit(f"{OWN}/change", **told)["Location"] == OWN
    said = text_of(officer.get(OWN))
    assert "The name changed" in said
    assert "Correct my data now" in said
    assert officer.submit(f"{OWN}/correct", OWN)["Location"] == "/account/identity"
    assert "Full name" in text_of(officer.get("/account/identity"))


def test_the_registrys_word_is_enough(authorities: Authorities) -> None:
    person = holder("verifikator")
    officer = enter(person)
    begun(signed_in("admin_platform"), audience="agency", agency="T1")
    answer = officer.submit(f"{OWN}/confirm", OWN)
    assert answer["Location"] == OWN
    assert "Your account is verified again" in text_of(officer.get(OWN))
