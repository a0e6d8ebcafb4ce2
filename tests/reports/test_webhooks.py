"""Webhooks: who registers them, what they are told, tries, giving up, and sending again."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from pytest_django import Settings

from gapura.access import events as access
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems
from gapura.reports import services
from gapura.reports.errors import NoSuchDelivery, NoSuchWebhook, StillOpen, TooManyWebhooks
from gapura.reports.models import Delivery, Webhook
from gapura.reports.queries import webhook_for, webhooks_for
from gapura.reports.rules import MOST_TRIES
from gapura.reports.services import webhooks
from tests.access.world import places
from tests.authentication.world import at_once
from tests.outside.receiver import Receiver, receiving
from tests.reports.watched import REASON, raised, who, write

ADMIN = who("admin_platform", "", username="admin")
SENDER = system_actor("webhooks")
HERE = "https://siem.example.org/hook"


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    """As in the demo, to this machine."""
    settings.WEBHOOKS_TO_LOOPBACK = True
    with receiving() as found:
        yield found


def register(url: str = HERE, **more: Any) -> UUID:
    return services.register_webhook(actor=ADMIN, name="Pusat data", url=url, **more)[0]


def alert(agency: str = "T1") -> UUID:
    write(who("verifikator", agency), access.APPROVED, times=10)
    return raised("hasty_approval")[-1].id


def newest() -> Delivery:
    return Delivery.objects.latest("id")


def send(row: Delivery) -> bool:
    return services.deliver(actor=SENDER, delivery=row.id)


@pytest.mark.django_db
def test_an_alert_and_what_came_of_it_are_told_without_names(receiver: Receiver) -> None:
    register(receiver.url)
    found = alert()
    assert send(newest())
    services.uphold_alert(actor=who("apip"), alert=found, reason=REASON)
    assert send(newest())
    told = [json.loads(body) for _, body in receiver.got]
    assert [one["type"] for one in told] == ["alert.raised", "alert.disposed"]
    assert told[1]["data"]["state"] == "upheld"
    assert told[0]["data"]["alert"] == str(found)
    text = b"".join(body for _, body in receiver.got).decode()
    assert "budi" not in text.lower()
    assert REASON not in text
    assert {row.next_at for row in Delivery.objects.all()} == {None}


@pytest.mark.django_db
def test_a_webhook_is_told_only_what_it_asked_for() -> None:
    places()
    register(agency="T2")
    register(rules=("mass_export",))
    wanted = register(agency="T1", rules=("hasty_approval",))
    alert("T1")
    assert [row.webhook_id for row in Delivery.objects.all()] == [wanted]


@pytest.mark.parametrize(
    "actor",
    [who("admin_instansi"), who("apip"), who(), Actor(), who("admin_platform", "", acr=1)],
    ids=["local", "apip", "no role", "nobody", "weak"],
)
@pytest.mark.django_db
def test_nobody_but_the_platform_handles_webhooks(actor: Actor) -> None:
    hook = register()
    alert()
    for act in (
        lambda: services.register_webhook(actor=actor, name="Pusat", url=HERE),
        lambda: services.close_webhook(actor=actor, webhook=hook),
        lambda: services.replay_delivery(actor=actor, delivery=newest().id),
        lambda: services.deliver(actor=actor, delivery=newest().id),
        lambda: webhooks_for(actor),
        lambda: webhook_for(actor, hook),
    ):
        with pytest.raises(Refused):
            act()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"url": "http://example.org/"}, "url"),
        ({"url": "https://10.0.0.1/"}, "url"),
        ({"url": "http://127.0.0.1:9/"}, "url"),
        ({"name": "x"}, "name"),
        ({"agency": "NIHIL"}, "agency"),
        ({"rules": ("none",)}, "rules"),
    ],
)
@pytest.mark.django_db
def test_what_cannot_be_registered(wrong: dict[str, Any], field: str) -> None:
    given = {"name": "Pusat data", "url": HERE, **wrong}
    with pytest.raises(FieldProblems) as caught:
        services.register_webhook(actor=ADMIN, **given)
    assert list(caught.value.fields) == [field]


@pytest.mark.django_db
def test_there_are_not_endlessly_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "MOST_WEBHOOKS", 1)
    register()
    with pytest.raises(TooManyWebhooks):
        register()


@pytest.mark.django_db
def test_a_secret_is_told_once_and_kept_sealed() -> None:
    _, secret = services.register_webhook(actor=ADMIN, name="Pusat data", url=HERE)
    assert secret.startswith("whsec_")
    row = Webhook.objects.get()
    assert row.secret == secret
    entries = LogEvent.objects.filter(name="reports.webhook.registered")
    assert all(secret not in json.dumps([e.facts, e.after]) for e in entries)
    assert not hasattr(webhook_for(ADMIN, row.id), "secret")


@pytest.mark.django_db
def test_it_is_tried_ever_more_slowly_and_then_given_up(receiver: Receiver) -> None:
    register(receiver.url)
    receiver.status = 503
    alert()
    waits = []
    for _ in range(MOST_TRIES):
        row = newest()
        assert row.next_at is not None
        with clock.frozen(row.next_at):
            assert not send(row)
            after = newest()
            waits.append((after.next_at - row.next_at).total_seconds() if after.next_at else None)
    assert waits == [5, 60, 300, 1800, 7200, 18000, 36000, 36000, None]
    row = newest()
    assert (row.fault, row.tries, row.dead_at is not None) == ("status_503", MOST_TRIES, True)
    assert LogEvent.objects.filter(name="reports.webhook.given_up").count() == 1
    ids = {headers["webhook-id"] for headers, _ in receiver.got}
    assert ids == {str(row.id)}, "the same id at each try"


@pytest.mark.django_db
def test_gone_is_given_up_at_once(receiver: Receiver) -> None:
    register(receiver.url)
    receiver.status = 410
    alert()
    send(newest())
    assert (newest().dead_at is not None, newest().tries) == (True, 1)


@pytest.mark.django_db
def test_not_before_its_time_and_not_after_it_was_taken(receiver: Receiver) -> None:
    register(receiver.url)
    alert()
    assert send(newest())
    assert not send(newest())
    assert len(receiver.got) == 1


@pytest.mark.django_db
def test_a_message_is_sent_again_by_hand(receiver: Receiver) -> None:
    hook = register(receiver.url)
    alert()
    row = newest()
    with pytest.raises(StillOpen):
        services.replay_delivery(actor=ADMIN, delivery=row.id)
    send(row)
    assert services.replay_delivery(actor=ADMIN, delivery=row.id) == hook
    assert send(row)
    assert {headers["webhook-id"] for headers, _ in receiver.got} == {str(row.id)}
    assert len(receiver.got) == 2
    with pytest.raises(NoSuchDelivery):
        services.replay_delivery(actor=ADMIN, delivery=uuid4())


@pytest.mark.django_db
def test_a_closed_webhook_is_told_nothing_more(receiver: Receiver) -> None:
    hook = register(receiver.url)
    alert()
    services.close_webhook(actor=ADMIN, webhook=hook)
    services.close_webhook(actor=ADMIN, webhook=hook)
    row = newest()
    assert (row.fault, send(row), receiver.got) == ("closed", False, [])
    alert("T2")
    assert Delivery.objects.count() == 1
    with pytest.raises(NoSuchDelivery):
        services.replay_delivery(actor=ADMIN, delivery=row.id)
    with pytest.raises(NoSuchWebhook):
        services.close_webhook(actor=ADMIN, webhook=uuid4())
    assert LogEvent.objects.filter(name="reports.webhook.closed").count() == 1


@pytest.mark.django_db
def test_what_a_dead_worker_left_is_queued_again(receiver: Receiver) -> None:
    """It was claimed, then the worker died: after the lease somebody else sends it."""
    register(receiver.url)
    alert()
    row = newest()
    assert webhooks._claim(row.id) is not None
    assert services.queue_due(actor=SENDER) == 0
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        assert services.queue_due(actor=SENDER) == 1
        assert send(row)
    assert (newest().tries, len(receiver.got)) == (2, 1)


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_it_once(receiver: Receiver) -> None:
    register(receiver.url)
    alert()
    row = newest()
    results = at_once(4, lambda _: send(row))
    assert sorted(map(bool, results)) == [False, False, False, True]
    assert len(receiver.got) == 1
