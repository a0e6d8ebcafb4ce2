"""/oversight/alerts, /rules and /webhooks: what overseers see and do; all without JavaScript."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.ops.seeding.cast import ABROAD, HOME
from gapura.reports.models import Alert, Delivery, RuleSetting, Webhook
from tests.house.things_oversight import REASON, alerted, hook
from tests.personas import ClientFor
from tests.web.browser import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("personas")]
ALERTS, RULES, HOOKS = "/oversight/alerts", "/oversight/rules", "/oversight/webhooks"


@pytest.fixture
def in_english(client_for: ClientFor) -> ClientFor:
    """`client_for` in the language of the texts below."""

    def make(username: str, **options: Any) -> Client:
        client = client_for(username, **options)
        client.cookies["lang"] = "en"
        return client

    return make


def test_an_auditor_takes_an_alert_and_says_what_came_of_it(in_english: ClientFor) -> None:
    in_english("ppk")
    auditor, alert = in_english("apip"), alerted("ppk", HOME)
    page = text_of(auditor.get(ALERTS))
    assert "A dormant account is used" in page
    assert Person.objects.get(username="ppk").username in page
    page = text_of(auditor.get(f"{ALERTS}/{alert}"))
    assert "Say what came of it" in page
    assert "signed in" in page, "the evidence in words"
    assert f"/console/log/{Alert.objects.get(pk=alert).evidence.get().entry}" in str(
        auditor.get(f"{ALERTS}/{alert}").content
    )
    assert auditor.post(f"{ALERTS}/{alert}/take")["Location"] == f"{ALERTS}/{alert}"
    answer = auditor.post(f"{ALERTS}/{alert}/dispose", {"outcome": "uphold", "reason": "x"})
    assert answer.status_code == 422
    body = {"outcome": "uphold", "reason": REASON}
    assert auditor.post(f"{ALERTS}/{alert}/dispose", body).status_code == 303
    page = text_of(auditor.get(f"{ALERTS}/{alert}"))
    assert REASON in page
    assert "Finding" in page
    assert "No alert is open" in text_of(auditor.get(ALERTS))
    assert "A dormant account is used" in text_of(auditor.get(f"{ALERTS}?tab=worth"))
    assert auditor.post(f"{ALERTS}/{alert}/reopen", {"reason": REASON}).status_code == 303
    assert Alert.objects.get(pk=alert).state == "raised"


def test_looking_at_the_evidence_is_recorded(in_english: ClientFor) -> None:
    in_english("ppk")
    alert = alerted("ppk", HOME)
    before = LogEvent.objects.filter(name="audit.log.explored").count()
    in_english("apip").get(f"{ALERTS}/{alert}")
    assert LogEvent.objects.filter(name="audit.log.explored").count() == before + 1


@pytest.mark.parametrize("username", ["ppk", "verifikator", "warga", "penyedia", "luar"])
def test_others_find_nothing(username: str, client_for: ClientFor) -> None:
    """IDOR: neither the list nor an alert, a rule or a webhook is there for them."""
    client_for("pp")
    client = client_for(username)
    alert, webhook = alerted("pp", HOME), hook()
    for path in (ALERTS, f"{ALERTS}/{alert}", RULES, f"{RULES}/mass_export", HOOKS,
                 f"{HOOKS}/{webhook}"):  # fmt: skip
        assert client.get(path).status_code in {302, 303, 404}, path
    body = {"outcome": "explain", "reason": REASON}
    assert client.post(f"{ALERTS}/{alert}/dispose", body).status_code in {302, 303, 404}
    assert Alert.objects.get(pk=alert).state == "raised"


def test_an_agency_sees_its_own_alerts_only(client_for: ClientFor) -> None:
    client_for("luar")
    abroad = alerted("luar", ABROAD)
    for username in ("apip", "admin_instansi"):
        client = client_for(username)
        assert client.get(f"{ALERTS}/{abroad}").status_code == 404
        assert client.post(f"{ALERTS}/{abroad}/take").status_code == 404
    assert client_for("admin").get(f"{ALERTS}/{abroad}").status_code == 200


def test_nobody_sees_the_alert_about_themselves(client_for: ClientFor) -> None:
    client = client_for("admin_instansi")
    own = alerted("admin_instansi", HOME)
    assert str(own) not in str(client.get(ALERTS).content)
    assert client.get(f"{ALERTS}/{own}").status_code == 404
    assert client_for("apip").get(f"{ALERTS}/{own}").status_code == 200


def test_the_list_costs_few_statements_however_long_it_is(client_for: ClientFor) -> None:
    client = client_for("apip")
    client_for("ppk")
    row = Alert.objects.get(pk=alerted("ppk", HOME))
    client.get(ALERTS)
    with CaptureQueriesContext(connection) as few:
        client.get(ALERTS)
    for number in range(60):
        row.pk, row.key = uuid4(), f"k{number}"
        row.reference, row.subject = f"PRG-2026-8{number:05d}", f"s{number}"
        row._state.adding = True
        row.save(force_insert=True)
    with CaptureQueriesContext(connection) as many:
        page = client.get(f"{ALERTS}?page=2")
    assert page.status_code == 200
    assert len(many) == len(few) <= 10


def test_rules_are_shown_with_their_numbers_and_changed_with_a_reason(
    in_english: ClientFor,
) -> None:
    admin = in_english("admin")
    page = text_of(admin.get(RULES))
    assert "within 10 minutes" in page
    assert "Not known yet" in page
    body = {
        "least": "25", "within": "30", "active": "on", "tells": ["apip", "admin_platform"],
        "reason": REASON,
    }  # fmt: skip
    assert admin.post(f"{RULES}/hasty_approval/change", {**body, "least": "0"}).status_code == 422
    assert admin.post(f"{RULES}/hasty_approval/change", {**body, "least": ""}).status_code == 422
    answer = admin.post(f"{RULES}/hasty_approval/change", body)
    assert answer["Location"] == f"{RULES}/hasty_approval"
    row = RuleSetting.objects.get()
    assert (row.parameters, sorted(row.tells)) == (
        {"least": 25, "within": 30},
        ["admin_platform", "apip"],
    )
    page = text_of(admin.get(f"{RULES}/hasty_approval"))
    assert "at least 25" in page
    assert REASON in page
    assert admin.post(f"{RULES}/hasty_approval/change", body).status_code == 422, "nothing new"
    assert admin.get(f"{RULES}/none").status_code == 404


def test_auditors_read_the_rules_but_do_not_set_them(in_english: ClientFor) -> None:
    auditor = in_english("apip")
    page = text_of(auditor.get(f"{RULES}/hasty_approval"))
    assert "Change the rule" not in page
    assert auditor.post(f"{RULES}/hasty_approval/change", {"reason": REASON}).status_code == 404


def test_a_webhook_is_registered_shown_once_and_closed(in_english: ClientFor) -> None:
    admin = in_english("admin")
    assert "No webhook is registered" in text_of(admin.get(HOOKS))
    bad = {"name": "Pusat", "url": "https://10.0.0.1/"}
    answer = admin.post(f"{HOOKS}/register", bad)
    assert answer.status_code == 422
    assert "not open to the internet" in text_of(answer)
    answer = admin.post(f"{HOOKS}/register", {"name": "Pusat", "url": "https://siem.example.org/"})
    assert answer.status_code == 200
    assert "whsec_" in text_of(answer)
    assert "no-store" in answer["Cache-Control"]
    row = Webhook.objects.get()
    for path in (HOOKS, f"{HOOKS}/{row.id}"):
        page = text_of(admin.get(path))
        assert "Pusat" in page
        assert "whsec_" not in page
    assert admin.post(f"{HOOKS}/{row.id}/close").status_code == 303
    assert Webhook.objects.get().closed_at


def test_a_message_that_was_given_up_is_sent_again(in_english: ClientFor) -> None:
    in_english("ppk")
    admin, webhook = in_english("admin"), hook()
    alerted("ppk", HOME)
    message = Delivery.objects.get()
    assert admin.post(f"{HOOKS}/messages/{message.id}/replay").status_code == 409
    Delivery.objects.update(next_at=None, dead_at=message.made_at, fault="status_500")
    page = text_of(admin.get(f"{HOOKS}/{webhook}"))
    assert "it answered 500" in page
    answer = admin.post(f"{HOOKS}/messages/{message.id}/replay")
    assert answer["Location"] == f"{HOOKS}/{webhook}"
    assert Delivery.objects.get().next_at


def test_overseers_have_a_tile_with_the_number(in_english: ClientFor) -> None:
    in_english("ppk")
    auditor = in_english("apip")
    alerted("ppk", HOME)
    page = text_of(auditor.get("/"))
    assert "Alerts" in page
    assert "1 waits" in page
