"""Erasure: what stands against it, the time to take it back, and that nothing is left behind."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gapura.access.models import Grant
from gapura.access.services import issue_grant
from gapura.accounts.models import Person
from gapura.accounts.services.erasing import NOBODY
from gapura.audit.models import LogEvent
from gapura.authentication.queries import Method
from gapura.journeys.erasing import ask, carry_out_due, drop_names_due, look
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.permissions import Refused
from gapura.notifications.models import Mail
from gapura.privacy.errors import ErasureObstructed, ErasureOpen, NoSuchErasure
from gapura.privacy.models import Erasure
from gapura.privacy.services import (
    fetch_certificate,
    refuse_erasure,
    undo_by_link,
    undo_erasure,
)
from tests.access import world
from tests.authentication.world import person
from tests.journeys.hunting import places_of
from tests.reports.test_claims import differing
from tests.sessions import acting, app_of
from tests.web.people import holder

SYSTEM = system_actor("tests")
UNDO = timedelta(hours=72)


def carried_out(hours: float = 72) -> Erasure:
    """The only erasure, once its time to be undone is over."""
    with clock.frozen(clock.now() + timedelta(hours=hours, seconds=1)):
        carry_out_due(actor=SYSTEM)
    return Erasure.objects.get()


def token(template: str) -> str:
    """What the newest mail of that kind holds after the last slash of its link."""
    mail = Mail.objects.filter(template=f"privacy/mail/{template}.txt").latest("created_at")
    line = next(
        line
        for line in (mail.body or "").splitlines()
        if "/erasure/" in line or "/certificate/" in line
    )
    return line.rsplit("/", 1)[1]


@pytest.mark.django_db
def test_it_can_be_taken_back_until_the_last_second_by_the_owner() -> None:
    someone = acting(person())
    ask(actor=someone)
    assert carried_out(71.99).state == "cooling"
    undo_erasure(actor=someone)
    assert carried_out().state == "undone"
    assert Person.objects.get(pk=someone.who).name == "Rara Anggraini"
    assert differing("privacy.erasure") == set()


@pytest.mark.django_db
def test_the_link_in_the_mail_takes_it_back_without_a_sign_in_and_once() -> None:
    """Attack: somebody with a stolen session erases the owner, who cannot get in any more."""
    ask(actor=acting(person()))
    link = token("erasure_asked")
    with pytest.raises(NoSuchErasure):
        undo_by_link(token=link + "x")
    undo_by_link(token=link)
    assert Erasure.objects.get().state == "undone"
    with pytest.raises(NoSuchErasure):
        undo_by_link(token=link)


@pytest.mark.django_db
def test_the_link_is_not_kept_in_clear() -> None:
    """Attack: whoever reads the tables takes the link from the bell or from the register."""
    ask(actor=acting(person()))
    link = token("erasure_asked")
    Mail.objects.update(body=None)
    assert places_of([link]) == set()


@pytest.mark.django_db
def test_a_proof_from_this_morning_is_not_enough() -> None:
    """Attack: a screen left unlocked; what is erased nobody gets back."""
    someone = acting(person())
    with clock.frozen(clock.now() + timedelta(hours=3)), pytest.raises(Refused):
        ask(actor=someone)
    assert not Erasure.objects.exists()


@pytest.mark.django_db
def test_whoever_has_an_app_shows_it_and_an_email_code_is_enough_for_the_others() -> None:
    """Attack: a stolen password with a stolen mailbox."""
    someone = person()
    app_of(someone)
    with pytest.raises(Refused):
        ask(actor=acting(someone, Method.EMAIL_CODE))
    ask(actor=acting(someone))
    ask(actor=acting(person(), Method.EMAIL_CODE))
    assert Erasure.objects.count() == 2


@pytest.mark.django_db
def test_asking_twice_is_one_erasure() -> None:
    someone = acting(person())
    ask(actor=someone)
    with pytest.raises(ErasureOpen), transaction.atomic():
        ask(actor=someone)
    assert Erasure.objects.count() == 1


@pytest.mark.django_db
def test_an_office_and_the_last_administrator_stand_against_it_with_their_law() -> None:
    world.places()
    someone = holder("admin_perusahaan", "PT1")
    issue_grant(actor=world.SYSTEM, person_id=someone.id, role="ppk", agency="T1", unit="T1.1")
    me = acting(someone)
    found = {one.code: one for one in look(actor=me).obstacles}
    assert set(found) == {"office", "only_admin"}
    assert "Unit 1" in found["office"].text
    assert "Company PT1" in found["only_admin"].text
    assert all("UU " in one.law for one in found.values())
    with pytest.raises(ErasureObstructed):
        ask(actor=me)
    entry = LogEvent.objects.get(name="privacy.erasure.declined")
    assert entry.facts["obstacles"] == "office, only_admin"


@pytest.mark.django_db
def test_what_begins_while_it_waits_stops_it() -> None:
    """Bad input: a contract or an office between asking and carrying out."""
    world.places()
    someone = person(kind="pns", agency="T1")
    ask(actor=acting(someone))
    issue_grant(actor=world.SYSTEM, person_id=someone.id, role="ppk", agency="T1", unit="T1.1")
    row = carried_out()
    assert (row.state, row.obstacles) == ("stopped", ["office"])
    assert Person.objects.get(pk=someone.id).state == "verified"
    told = Mail.objects.filter(template="privacy/mail/erasure_stopped.txt").get()
    assert "Unit 1" in (told.body or "")


@pytest.mark.django_db
def test_staff_of_a_company_lose_the_role_with_it() -> None:
    world.places()
    holder("admin_perusahaan", "PT1")
    someone = holder("staf_perusahaan", "PT1")
    ask(actor=acting(someone))
    assert carried_out().state == "done"
    assert Grant.objects.get(person=someone).state == "revoked"
    assert differing("access.grant") == set()


@pytest.mark.django_db
def test_a_name_on_old_papers_goes_when_they_may_go() -> None:
    """Law 8/1997 art. 11: until the end of the tenth year; all else goes at once."""
    world.places()
    someone = holder("ppk", "T1.1")
    Grant.objects.filter(person=someone).update(state="revoked", ended_at=clock.now())
    ask(actor=acting(someone))
    row = carried_out()
    assert row.state == "done"
    kept = Person.objects.get(pk=someone.id)
    assert (kept.name, kept.email, kept.nik, bytes(kept.nik_lookup)) == (someone.name, "", "", b"")
    assert row.name_until is not None
    assert row.name_until.year == clock.today().year + 10
    (line,) = [one for one in row.lines if one["holding"] == "accounts.name"]
    assert (line["kept"], line["until"]) == (1, row.name_until.isoformat())
    assert drop_names_due(actor=SYSTEM) == 0
    with clock.frozen(clock.now() + timedelta(days=366 * 11)):
        assert drop_names_due(actor=SYSTEM) == 1
        assert drop_names_due(actor=SYSTEM) == 0
    assert Person.objects.get(pk=someone.id).name == NOBODY


@pytest.mark.django_db
def test_the_officer_refuses_with_a_reason_but_not_their_own() -> None:
    officer = acting(holder("admin_platform"))
    ask(actor=acting(person()))
    row = Erasure.objects.get()
    refuse_erasure(actor=officer, erasure_id=row.id, reason="Perkara pidana berjalan, Pasal 15.")
    assert carried_out().state == "refused"
    mine = Erasure.objects.create(
        reference="PDP-2026-999999",
        person_id=officer.who,
        language="id",
        asked_at=clock.now(),
        due_at=clock.now() + UNDO,
        link_hash="0" * 64,
    )
    with pytest.raises(Refused):
        refuse_erasure(actor=officer, erasure_id=mine.id, reason="Saya sendiri yang menolak.")


@pytest.mark.django_db
def test_nobody_else_takes_back_or_refuses() -> None:
    ask(actor=acting(person()))
    with pytest.raises(NoSuchErasure):
        undo_erasure(actor=acting(person()))
    row = Erasure.objects.get()
    for who in (acting(person()), Actor()):
        with pytest.raises(Refused):
            refuse_erasure(actor=who, erasure_id=row.id, reason="Saya ingin menolak ini.")


@pytest.mark.django_db
def test_the_certificate_is_fetched_by_its_link_for_thirty_days() -> None:
    ask(actor=acting(person()))
    row = carried_out()
    link = token("erasure_done")
    with clock.frozen((row.ended_at or clock.now()) + timedelta(days=29)):
        assert fetch_certificate(token=link) == (row.document_id, row.reference)
    with (
        clock.frozen((row.ended_at or clock.now()) + timedelta(days=31)),
        pytest.raises(NoSuchErasure),
    ):
        fetch_certificate(token=link)


def test_a_certificate_needs_its_numbers(db: Any) -> None:
    """Attack: a row that says "done" without a certificate."""

    ask(actor=acting(person()))
    with pytest.raises(IntegrityError), transaction.atomic():
        Erasure.objects.update(state="done")
