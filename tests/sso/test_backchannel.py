"""Back-channel logout: who is told that a sign-in ended, when, with what, and how often."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.conf import settings as site
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from gapura.accounts.models import Person
from gapura.accounts.services import close_person, suspend_person
from gapura.audit.models import LogEvent
from gapura.authentication import services as authentication
from gapura.authentication.models import Session
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.permissions import Refused
from gapura.sso import services
from gapura.sso.errors import NoSuchDelivery, StillTrying
from gapura.sso.models import Authorization, Client, LogoutDelivery
from gapura.sso.queries.keys import ring
from gapura.sso.rules import LOGOUT_WAITS
from gapura.sso.services.telling import JOB, queue_logouts
from tests.authentication.world import SYSTEM, person
from tests.jobs import do_jobs
from tests.outside.receiver import Receiver, receiving
from tests.reports.watched import who
from tests.sessions import acting
from tests.sso.world import authorization, client

pytestmark = pytest.mark.django_db
SENDER = system_actor("logout")
ADMIN = who("admin_platform", "", username="admin")
URI = "https://app.example.go.id/logged-out"


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    """As in the demo, to this machine."""
    settings.WEBHOOKS_TO_LOOPBACK = True
    services.ensure_keys(actor=SYSTEM)
    with receiving() as found:
        yield found


def app(url: str = URI, **values: Any) -> Client:
    """An application that wants to be told."""
    return client(**{"backchannel_logout_uri": url, **values})


def signed_on(of: Client, by: Person, **values: Any) -> tuple[Actor, Authorization]:
    """Somebody signed in there, with the session that it rests on."""
    here = acting(by)
    return here, authorization(of, by, session=here.session, **values)


def told() -> list[tuple[str, str]]:
    """Which applications have a message, and why."""
    rows = LogoutDelivery.objects.order_by("id").select_related("client")
    return [(row.client.name, row.why) for row in rows]


def newest() -> LogoutDelivery:
    return LogoutDelivery.objects.latest("id")


def send(row: LogoutDelivery) -> bool:
    return services.deliver_logout(actor=SENDER, delivery=row.id)


def claims_of(token: str) -> dict[str, Any]:
    part = token.split(".")[1]
    return dict(json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4))))


ENDS: dict[str, tuple[Callable[[Actor], object], str]] = {
    "signs out": (lambda here: authentication.sign_out(actor=here), "signed_out"),
    "signs out everywhere": (
        lambda here: authentication.sign_out_everywhere(actor=here),
        "signed_out_everywhere",
    ),
    "ends it on another device": (
        lambda here: authentication.end_session(actor=acting_again(here), session=_id(here)),
        "ended_by_owner",
    ),
    "ends all others": (
        lambda here: authentication.end_other_sessions(actor=acting_again(here)),
        "ended_by_owner",
    ),
    "is locked": (
        lambda here: authentication.lock_account(
            actor=SYSTEM, person=here.who, why="desk", reason="Tanda-tanda orang asing."
        ),
        "locked",
    ),
    "must choose a new password": (
        lambda here: authentication.require_change(actor=SYSTEM, person=here.who, why="listed"),
        "password_demanded",
    ),
    "is suspended": (
        lambda here: suspend_person(actor=SYSTEM, person_id=here.who, reason="Sedang diperiksa."),
        "suspended",
    ),
    "is closed": (
        lambda here: close_person(actor=SYSTEM, person_id=here.who, reason="Sudah pensiun."),
        "closed",
    ),
}


def acting_again(here: Actor) -> Actor:
    return acting(Person.objects.get(pk=here.who))


def _id(here: Actor) -> Any:
    return here.session


@pytest.mark.parametrize("end", ENDS)
def test_an_application_is_told_when_somebody(end: str) -> None:
    act, why = ENDS[end]
    here, _ = signed_on(app(name="SPSE"), person())
    act(here)
    assert told() == [("SPSE", why)]


def test_only_applications_of_that_session_that_want_it_are_told() -> None:
    someone = person()
    here, _ = signed_on(app(name="SPSE"), someone)
    signed_on(app(name="Other session"), someone)
    signed_on(app(name="Other person"), person())
    authorization(client(name="Silent"), someone, session=here.session)
    authorization(app(name="Ended"), someone, session=here.session, ended_at=clock.now())
    authorization(app(name="Stopped", state="suspended"), someone, session=here.session)
    authentication.sign_out(actor=here)
    assert told() == [("SPSE", "signed_out")]


def test_several_sign_ons_of_one_session_are_one_message() -> None:
    here, row = signed_on(app(), person())
    authorization(row.client, row.person, session=here.session)
    authentication.sign_out(actor=here)
    assert len(told()) == 1


def test_a_session_that_ends_by_its_own_time_tells_nobody() -> None:
    """Whoever works in an application for an hour without a look at this site stays there."""
    here, _ = signed_on(app(), person())
    with clock.frozen(clock.now() + timedelta(hours=20)):
        acting_again(here)
        authentication.end_other_sessions(actor=acting_again(here))
        Session.objects.filter(person=here.who).update(ended_at=None)
    LogoutDelivery.objects.all().delete()
    with clock.frozen(clock.now() + timedelta(hours=20)):
        services.queue_due_logouts(actor=SENDER)
    assert told() == []


def test_the_message_is_written_with_the_end_or_not_at_all() -> None:
    """A crash between the two would leave an application that believes in a dead session."""
    here, _ = signed_on(app(), person())

    class Crash(Exception):
        pass

    with pytest.raises(Crash), transaction.atomic():
        authentication.sign_out(actor=here)
        assert len(told()) == 1
        raise Crash()
    assert told() == []
    assert Session.objects.get(person=here.who).ended_at is None


def test_nobody_to_tell_costs_one_query(django_assert_num_queries: Any) -> None:
    someone = person()
    with django_assert_num_queries(1):
        assert queue_logouts(someone.id) == 0


def test_the_token_is_what_the_standard_says(receiver: Receiver) -> None:
    """OpenID Connect Back-Channel Logout 1.0, 2.4 and 2.5."""
    here, row = signed_on(app(receiver.url), person())
    authentication.sign_out(actor=here)
    assert do_jobs(JOB) == 1
    ((headers, body),) = receiver.got
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    form = parse_qs(body.decode(), strict_parsing=True)
    assert list(form) == ["logout_token"]
    claims = ring().verify(form["logout_token"][0], typ=("logout+jwt",))
    assert claims == claims_of(form["logout_token"][0])
    assert (claims["iss"], claims["aud"]) == (site.PUBLIC_URL, row.client.client_id)
    assert (claims["sub"], claims["sid"]) == (row.subject, row.sid)
    assert claims["events"] == {"http://schemas.openid.net/event/backchannel-logout": {}}
    assert "nonce" not in claims
    assert claims["exp"] - claims["iat"] <= 120
    after = newest()
    assert (after.next_at, after.delivered_at is not None, after.tries) == (None, True, 1)
    entry = LogEvent.objects.get(name="sso.logout.delivered")
    assert (entry.subject_id, entry.facts["tries"]) == (str(row.client_id), 1)


def test_it_is_tried_ever_more_slowly_and_then_given_up(receiver: Receiver) -> None:
    here, _ = signed_on(app(receiver.url), person())
    receiver.status = 503
    authentication.sign_out(actor=here)
    waits = []
    for _ in range(len(LOGOUT_WAITS) + 1):
        row = newest()
        assert row.next_at is not None
        with clock.frozen(row.next_at):
            assert not send(row)
            after = newest()
            waits.append(after.next_at - row.next_at if after.next_at else None)
    assert waits == [*LOGOUT_WAITS, None]
    row = newest()
    assert (row.fault, row.tries, row.dead_at is not None) == ("status_503", len(waits), True)
    assert LogEvent.objects.get(name="sso.logout.given_up").facts["fault"] == "status_503"
    tokens = [parse_qs(body.decode())["logout_token"][0] for _, body in receiver.got]
    jtis = {claims_of(token)["jti"] for token in tokens}
    assert len(jtis) == len(waits), "a new token at each try"


def test_a_message_is_sent_once_by_two_workers(receiver: Receiver) -> None:
    here, _ = signed_on(app(receiver.url), person())
    authentication.sign_out(actor=here)
    row = newest()
    assert send(row)
    assert not send(row)
    assert len(receiver.got) == 1


def test_what_was_taken_late_is_told_as_taken(receiver: Receiver) -> None:
    here, _ = signed_on(app(receiver.url), person())
    receiver.status = 500
    authentication.sign_out(actor=here)
    send(newest())
    receiver.status = 200
    row = newest()
    assert row.next_at is not None
    with clock.frozen(row.next_at):
        assert services.queue_due_logouts(actor=SENDER) == 1
        do_jobs(JOB)
    assert (newest().delivered_at is not None, newest().tries, newest().fault) == (True, 2, "")


def test_an_application_that_is_down_holds_up_nobody_else(receiver: Receiver) -> None:
    """Each try without an answer costs a worker seconds: after three the rest has to wait."""
    down = app("http://127.0.0.1:9/none")
    for _ in range(5):
        authentication.sign_out(actor=signed_on(down, person())[0])
    well = app(receiver.url)
    authentication.sign_out(actor=signed_on(well, person())[0])
    do_jobs(JOB)
    tried = LogoutDelivery.objects.filter(client=down, tries=1)
    assert (tried.count(), LogoutDelivery.objects.filter(client=down, tries=0).count()) == (3, 2)
    assert {row.fault for row in tried} == {"unreachable"}
    assert len(receiver.got) == 1
    ProcrastinateJob.objects.filter(task_name=JOB).delete()
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        services.queue_due_logouts(actor=SENDER)
        do_jobs(JOB)
    assert not LogoutDelivery.objects.filter(client=down, tries=0).exists()


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("http://app.example.go.id/x", "address_scheme"),
        ("https://10.0.0.1/x", "address_private"),
        ("https://169.254.169.254/latest", "address_private"),
        ("https://[::1]/x", "address_private"),
    ],
)
def test_addresses_inside_are_never_called(address: str, fault: str) -> None:
    """Server-side request forgery, should one ever get past the registration."""
    services.ensure_keys(actor=SYSTEM)
    here, _ = signed_on(app(address), person())
    authentication.sign_out(actor=here)
    assert not send(newest())
    assert newest().fault == fault


def test_a_second_sign_on_in_the_same_session_is_told_anew() -> None:
    someone = person()
    here, row = signed_on(app(), someone)
    services.withdraw_consent(actor=here, client=row.client_id)
    first = newest()
    with clock.frozen(clock.now() + timedelta(seconds=5)):
        authorization(row.client, someone, session=here.session)
        authentication.sign_out(actor=here)
    assert newest().id != first.id
    assert told() == [(row.client.name, "signed_out")]


def test_a_given_up_message_is_tried_once_more_by_whoever_looks_after_it() -> None:
    here, row = signed_on(app(agency="T1"), person())
    authentication.sign_out(actor=here)
    with pytest.raises(StillTrying):
        services.resend_logout(actor=ADMIN, delivery=newest().id)
    LogoutDelivery.objects.update(next_at=None, dead_at=clock.now(), fault="gone", tries=8)
    with pytest.raises(NoSuchDelivery):
        services.resend_logout(actor=who("admin_instansi", "T2"), delivery=newest().id)
    assert services.resend_logout(actor=ADMIN, delivery=newest().id) == row.client_id
    assert (newest().tries, newest().dead_at, newest().fault) == (0, None, "")


@pytest.mark.parametrize("actor", [ADMIN, who(), Actor()], ids=["admin", "no role", "nobody"])
def test_nobody_but_the_worker_delivers(actor: Actor) -> None:
    here, _ = signed_on(app(), person())
    authentication.sign_out(actor=here)
    with pytest.raises(Refused):
        services.deliver_logout(actor=actor, delivery=newest().id)
    with pytest.raises(Refused):
        services.queue_due_logouts(actor=actor)
