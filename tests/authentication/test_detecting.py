"""Signs of a stranger: each detector just at its threshold and just below it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from gapura.accounts.models import Person
from gapura.audit.events import Event
from gapura.audit.queries import often_around
from gapura.authentication import events as happened
from gapura.authentication import services
from gapura.authentication.models import Suspicion
from gapura.authentication.places import load_places
from gapura.authentication.rules import EVIDENCE_MOST, LOOK_BACK, SUSPICION_KINDS, THRESHOLDS
from gapura.authentication.services.detecting import detect
from gapura.authentication.services.sessions import note
from gapura.authentication.services.suspicions import Sign, suspect
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused
from tests.authentication.desk import DETECTION, REASON, admin, entry_of
from tests.authentication.world import Browser, at_once, events, later, mails, person

pytestmark = pytest.mark.django_db
_FACTS: dict[str, dict[str, Any]] = {
    happened.SIGN_IN_FAILED.name: {"reason": "password", "step": "password"},
    happened.SIGNED_IN.name: {"acr": 2, "methods": ["password", "totp"], "new_device": False},
    happened.TOTP_ENROLLED.name: {"replaced": True},
    happened.PASSWORD_CHANGED.name: {"sessions_ended": 0},
    happened.DISAVOWED.name: {"what": "sign_in"},
    happened.PASSKEY_CLONED.name: {"name": "Kunci", "passkey": "1", "kept": 2, "came": 1},
}


def write(
    someone: Person, event: Event, times: int = 1, ago: timedelta = timedelta(0), **facts: Any
) -> None:
    """Entries of the log, some time ago."""
    with clock.frozen(clock.now() - ago), transaction.atomic():
        for _ in range(times):
            note(Actor(ip="203.0.113.9"), event, someone, **{**_FACTS[event.name], **facts})


def found() -> list[str]:
    """Run the job; what is suspected now, by kind."""
    detect(actor=DETECTION)
    return sorted(Suspicion.objects.filter(state="open").values_list("kind", flat=True))


def test_every_kind_of_suspicion_has_a_threshold_but_the_one_without_a_source() -> None:
    known = {rule.kind for rule in THRESHOLDS.values()}
    assert set(SUSPICION_KINDS) - known == {"new_country"}
    assert all(rule.source and rule.least > 0 for rule in THRESHOLDS.values())


@pytest.mark.parametrize(("failures", "kinds"), [(5, []), (6, ["failures"])])
def test_many_refused_and_then_let_in(failures: int, kinds: list[str]) -> None:
    someone = person()
    write(someone, happened.SIGN_IN_FAILED, failures, timedelta(minutes=59))
    write(someone, happened.SIGNED_IN)
    assert found() == kinds


def test_refusals_an_hour_before_or_after_or_of_another_do_not_count() -> None:
    someone, other = person(), person()
    write(someone, happened.SIGN_IN_FAILED, 6, timedelta(minutes=61))
    write(other, happened.SIGN_IN_FAILED, 6)
    write(someone, happened.SIGNED_IN)
    assert found() == []


@pytest.mark.parametrize(("failures", "kinds"), [(29, []), (30, ["failures"])])
def test_an_account_under_siege(failures: int, kinds: list[str]) -> None:
    someone = person()
    write(someone, happened.SIGN_IN_FAILED, failures, timedelta(hours=23))
    write(someone, happened.SIGN_IN_FAILED, 20, timedelta(hours=25))
    assert found() == kinds


@pytest.mark.parametrize(
    ("new_device", "hours", "changes", "kinds"),
    [
        (True, 23, 2, ["factors"]),
        (True, 23, 1, []),
        (False, 23, 2, []),
        (True, 25, 2, []),
    ],
)
def test_ways_in_changed_after_a_new_device(
    new_device: bool,
    hours: int,
    changes: int,
    kinds: list[str],
) -> None:
    someone = person()
    write(someone, happened.SIGNED_IN, 1, timedelta(hours=hours), new_device=new_device)
    for event in (happened.TOTP_ENROLLED, happened.PASSWORD_CHANGED)[:changes]:
        write(someone, event)
    assert found() == kinds


@pytest.mark.parametrize(
    ("event", "kind"),
    [(happened.DISAVOWED, "disavowed"), (happened.PASSKEY_CLONED, "cloned_key")],
)
def test_one_is_enough_of_what_the_owner_or_the_key_says(event: Event, kind: str) -> None:
    someone = person()
    write(someone, event, 1, timedelta(hours=25))
    assert found() == []
    write(someone, event)
    assert found() == [kind]


def test_the_link_of_a_notice_brings_the_desk() -> None:
    someone = person()
    token = services.link_for(someone.id, "totp").rpartition("/")[2]
    services.disavow(actor=Browser().actor, token=token)
    assert found() == ["disavowed"]


@pytest.fixture
def _places(tmp_path: Path) -> Iterator[None]:
    path = tmp_path / "places.csv"
    path.write_text(
        "203.0.113.0/24,Jakarta,-6.2,106.8\n198.51.100.0/24,London,51.5,-0.1\n"
        "192.0.2.0/24,Bogor,-6.6,106.8\n"
    )
    settings.PLACES_FILE = path
    load_places()
    yield
    settings.PLACES_FILE = None
    load_places()


@pytest.mark.usefixtures("_places")
@pytest.mark.parametrize(
    ("ip", "hours", "kinds"),
    [
        ("198.51.100.7", 11, ["travel"]),
        ("198.51.100.7", 12, []),
        ("192.0.2.7", 0.1, []),
        ("100.64.0.7", 0.1, []),
    ],
)
def test_nobody_flies_that_fast(ip: str, hours: float, kinds: list[str]) -> None:
    """Jakarta to London is 11,720 km: 11.7 hours at 1,000 km/h."""
    someone = person()
    with clock.frozen(clock.now() - timedelta(hours=hours)):
        Browser(ip="203.0.113.7").sign_in(someone)
    Browser(ip=ip).sign_in(someone)
    assert found() == kinds
    if kinds:
        assert len(Suspicion.objects.get().evidence["entries"]) == 2


def test_without_a_list_of_places_nothing_is_claimed() -> None:
    someone = person()
    with clock.frozen(clock.now() - timedelta(hours=1)):
        Browser(ip="203.0.113.7").sign_in(someone)
    Browser(ip="198.51.100.7").sign_in(someone)
    assert found() == []


def test_the_same_is_found_once_and_more_is_added() -> None:
    someone = person()
    write(someone, happened.DISAVOWED)
    assert found() == ["disavowed"]
    first = Suspicion.objects.get()
    assert found() == ["disavowed"]
    with later(minutes=5):
        write(someone, happened.DISAVOWED, 30)
        assert found() == ["disavowed"]
    row = Suspicion.objects.get()
    assert row.seen_at > first.seen_at
    assert len(row.evidence["entries"]) == EVIDENCE_MOST
    assert len(events("authentication.suspicion.found", someone)) == 1


def test_what_was_decided_is_not_brought_up_again_but_newer_signs_are() -> None:
    someone = person()
    write(someone, happened.DISAVOWED)
    found()
    row = Suspicion.objects.get()
    with later(seconds=1):
        services.dismiss_suspicion(actor=admin(), suspicion_id=row.id, reason=REASON)
        assert found() == []
    with later(minutes=1):
        write(someone, happened.DISAVOWED)
        assert found() == ["disavowed"]


def test_the_job_may_stand_still_for_two_hours() -> None:
    someone = person()
    ago = LOOK_BACK - timedelta(minutes=1)
    write(someone, happened.SIGN_IN_FAILED, 6, ago + timedelta(minutes=5))
    write(someone, happened.SIGNED_IN, 1, ago)
    assert found() == ["failures"]


def test_nobody_but_the_system_raises_a_suspicion() -> None:
    someone = person()
    Browser().sign_in(someone)
    sign = Sign("disavowed", someone.id, (entry_of(someone),))
    for wrong in (admin(), Actor()):
        with pytest.raises(Refused):
            suspect(actor=wrong, sign=sign)
        with pytest.raises(Refused):
            detect(actor=wrong)


def test_looking_around_an_entry_is_bounded() -> None:
    with pytest.raises(ValueError, match="two days"):
        often_around("a.b.c", (), clock.now(), 1, before=timedelta(days=3))


@pytest.mark.django_db(transaction=True)
def test_two_jobs_at_once_open_one_suspicion() -> None:
    someone = person()
    write(someone, happened.DISAVOWED)
    ends = at_once(3, lambda n: detect(actor=DETECTION))
    assert sorted(str(end) for end in ends) == ["0", "0", "1"]
    assert Suspicion.objects.count() == 1


@pytest.mark.usefixtures("personas")
def test_the_desk_gets_one_mail_for_all_that_is_new_and_the_suspect_none() -> None:
    people = {name: Person.objects.get(username=name) for name in ("ppk", "pp", "admin")}
    for someone in people.values():
        write(someone, happened.DISAVOWED)
    assert len(found()) == 3
    local = Person.objects.get(username="admin_instansi")
    assert mails(local).count("suspicions_found") == 1
    assert "suspicions_found" not in mails(people["admin"])
