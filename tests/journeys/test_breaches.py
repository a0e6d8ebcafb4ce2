"""The register of breaches: its clock, whom it concerns, the notice, the paper, and who may."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from gapura.audit.models import LogEvent
from gapura.authentication.models import Password, Session
from gapura.journeys.breaches import find_affected
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems
from gapura.notifications.models import Mail, Notice
from gapura.privacy import services
from gapura.privacy.errors import NobodyFound, NobodyToTell, NoSuchBreach, NotAllTold
from gapura.privacy.models import Breach, BreachPerson
from gapura.privacy.queries import breach, breaches
from gapura.privacy.services import BreachText
from tests.access import world
from tests.authentication.world import person
from tests.jobs import do_jobs
from tests.reports.test_claims import differing
from tests.sessions import acting, entered
from tests.sso.world import authorization, client
from tests.web.people import holder

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("tests")
TEXTS = {
    "what": "Daftar alamat surel terkirim ke orang lain.",
    "what_en": "A list of e-mail addresses was sent to others.",
    "how": "Lampiran yang salah pada satu surel.",
    "how_en": "A wrong attachment of one mail.",
    "measures": "Surel ditarik kembali; waspadai penipuan.",
    "measures_en": "The mail was called back; beware of fraud.",
}


@pytest.fixture
def officer(db: None) -> Actor:
    """The platform's administrator, signed in with an app; of whom no password is held."""
    found = acting(holder("admin_platform"))
    Password.objects.all().delete()
    return found


def told(found_at: datetime | None = None, **changes: Any) -> BreachText:
    found = found_at or clock.now() - timedelta(hours=1)
    values = {
        "began_at": found - timedelta(days=1),
        "ended_at": None,
        "found_at": found,
        "classes": ("contact", "identity"),
        "texts": TEXTS,
    }
    return BreachText(**{**values, **changes})


def entered_one(officer: Actor, **changes: Any) -> UUID:
    return services.enter_breach(actor=officer, told=told(**changes))


def looked_for(officer: Actor, key: UUID, way: str, value: str) -> int:
    now = clock.now()
    return find_affected(
        actor=officer,
        breach_id=key,
        way=way,
        value=value,
        since=now - timedelta(days=2),
        until=now + timedelta(minutes=1),
    )


@pytest.mark.parametrize("zone", list(clock.ZONES))
def test_the_hours_are_elapsed_ones_whatever_the_zone(officer: Actor, zone: str) -> None:
    """Art. 46: 3x24 hours. At 71:59 it is in time, at 72:01 late; no zone moves that."""
    found = datetime(2026, 3, 13, 23, 30, tzinfo=ZoneInfo(zone))
    with clock.frozen(found + timedelta(hours=1)):
        key = entered_one(officer, found_at=found)
    assert Breach.objects.get().due_at == found + timedelta(hours=72)
    for minutes, late in ((72 * 60 - 1, False), (72 * 60 + 1, True)):
        with clock.frozen(found + timedelta(minutes=minutes)):
            assert breach(officer, key).late is late


def test_officers_are_warned_once_a_day_before(officer: Actor) -> None:
    found = clock.now()
    entered_one(officer, found_at=found)
    with clock.frozen(found + timedelta(hours=47, minutes=59)):
        assert services.warn_of_breaches(actor=SYSTEM) == 0
    with clock.frozen(found + timedelta(hours=48, minutes=1)):
        assert services.warn_of_breaches(actor=SYSTEM) == 1
        assert services.warn_of_breaches(actor=SYSTEM) == 0
    mail = Mail.objects.get(template="privacy/mail/breach_warned.txt")
    assert mail.person == officer.person
    assert differing("privacy.breach") == set()


def test_people_are_found_by_application_sign_in_class_and_entry_each_once(officer: Actor) -> None:
    app, one, other = client(), person(), person()
    authorization(app, one)
    key = entered_one(officer)
    assert looked_for(officer, key, "client", app.client_id) == 1
    assert looked_for(officer, key, "client", app.client_id) == 0
    entered(other)
    session = Session.objects.filter(person=other).latest("created_at")
    assert looked_for(officer, key, "session", str(session.id)) == 1
    third = person()
    assert looked_for(officer, key, "held", "authentication.password") == 1
    assert set(BreachPerson.objects.values_list("person", flat=True)) == {
        one.id,
        other.id,
        third.id,
    }
    assert looked_for(officer, key, "event", "privacy.breach.entered") == 1
    entry = LogEvent.objects.filter(name="privacy.breach.affected_found").latest("occurred_at")
    assert (entry.facts["way"], entry.facts["added"]) == ("event", 1)


@pytest.mark.parametrize(
    ("way", "value"),
    [
        ("client", "unknown"),
        ("session", "no-uuid"),
        ("session", str(UUID(int=7))),
        ("held", "no.such"),
        ("held", "audit.life"),
        ("event", "no.such.event"),
        ("moon", "x"),
    ],
)
def test_a_search_for_what_is_not_there_says_so(officer: Actor, way: str, value: str) -> None:
    key = entered_one(officer)
    with pytest.raises(NobodyFound):
        looked_for(officer, key, way, value)


def test_each_is_told_once_in_their_language_with_what_the_law_asks(officer: Actor) -> None:
    """Art. 46(2): which data, when and how it was disclosed, what is done about it."""
    here, there = person(language="id"), person(language="en")
    gone = person(state="closed", email="")
    key = entered_one(officer)
    assert looked_for(officer, key, "held", "authentication.password") == 3
    assert services.tell_affected(actor=officer, breach_id=key) == 3
    while do_jobs("privacy.tell_affected"):
        pass
    services.tell_some(key)
    mails = {m.person: m.body or "" for m in Mail.objects.filter(template__contains="breach_told")}
    assert set(mails) == {here.id, there.id}
    for text in (TEXTS["what_en"], TEXTS["how_en"], TEXTS["measures_en"], "How you are reached"):
        assert text in mails[there.id]
    assert TEXTS["what"] in mails[here.id]
    assert Notice.objects.filter(person=there.id).count() == 1
    view = breach(officer, key)
    assert (view.people, view.told, view.unreached) == (3, 3, 1)
    assert view.told_at is not None
    assert not BreachPerson.objects.get(person=gone).reached
    with pytest.raises(NobodyToTell):
        services.tell_affected(actor=officer, breach_id=key)


def test_it_is_closed_only_when_people_and_authority_were_told(officer: Actor) -> None:
    person()
    key = entered_one(officer)
    looked_for(officer, key, "held", "authentication.password")
    close: dict[str, Any] = {
        "actor": officer,
        "breach_id": key,
        "reason": "Lampiran kini diperiksa dua orang.",
    }
    with pytest.raises(NotAllTold):
        services.close_breach(**close)
    services.tell_affected(actor=officer, breach_id=key)
    while do_jobs("privacy.tell_affected"):
        pass
    with pytest.raises(NotAllTold):
        services.close_breach(**close)
    with pytest.raises(FieldProblems):
        services.report_breach(
            actor=officer, breach_id=key, reported_at=clock.now() + timedelta(days=1), number="1"
        )
    services.report_breach(actor=officer, breach_id=key, reported_at=clock.now(), number="B-1/2026")
    services.close_breach(**close)
    with pytest.raises(NoSuchBreach):
        services.tell_affected(actor=officer, breach_id=key)
    assert differing("privacy.breach") == set()


def test_what_is_known_changes_but_not_when_it_was_found(officer: Actor) -> None:
    """Attack: move the clock by entering the finding anew."""
    key = entered_one(officer)
    before = Breach.objects.get()
    later = told(found_at=clock.now(), classes=("work",))
    services.change_breach(actor=officer, breach_id=key, told=later)
    row = Breach.objects.get()
    assert (row.found_at, row.due_at) == (before.found_at, before.due_at)
    assert row.classes == ["work"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"classes": ()}, "classes"),
        ({"classes": ("moon",)}, "classes"),
        ({"texts": {**TEXTS, "how": "x"}}, "how"),
        ({"texts": {**TEXTS, "what": "x" * 2001}}, "what"),
        ({"found_at": datetime.max.replace(year=2200, tzinfo=clock.now().tzinfo)}, "found_at"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    officer: Actor, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(FieldProblems) as refused:
        entered_one(officer, **wrong)
    assert set(refused.value.fields) == {field}
    assert not Breach.objects.exists()


@pytest.mark.parametrize("role", ["admin_instansi", "helpdesk", "apip"])
def test_nobody_but_the_officer_reads_or_enters(role: str) -> None:
    """Attack: an agency learns who was hit, before the people do."""
    world.places()
    other = acting(holder(role))
    with pytest.raises(Refused):
        breaches(other)
    with pytest.raises(Refused):
        entered_one(other)


def test_the_paper_for_the_authority_is_a_pdf_with_its_number(officer: Actor) -> None:
    key = entered_one(officer)
    content, reference = services.breach_paper(actor=officer, breach_id=key)
    assert content[:5] == b"%PDF-"
    assert reference == Breach.objects.get().reference
