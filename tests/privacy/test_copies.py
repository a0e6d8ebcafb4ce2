"""A copy of all that is held of a person: complete, bounded, theirs alone, gone after its days."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pypdfium2
import pytest

from gapura.accounts.models import Person
from gapura.authentication.models import Password
from gapura.documents.models import Document, Stored
from gapura.helpdesk.services import open_case
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.holdings import Table, all_holdings
from gapura.kernel.permissions import Refused
from gapura.notifications.models import Mail
from gapura.privacy import services
from gapura.privacy.errors import NoSuchCopy, RequestOpen
from gapura.privacy.models import Copy, DataRequest
from gapura.privacy.queries import copy_for, newest_copy
from gapura.privacy.services.copies import JOB
from tests.access import world
from tests.jobs import do_jobs
from tests.privacy.asking import asker, events, fresh
from tests.sessions import app_of

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("privacy")


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    world.places()


def copied(person: Person) -> UUID:
    """Ask, and let the worker make it."""
    found = services.ask_for_copy(actor=fresh(person))
    assert do_jobs(JOB) == 1
    return found


def told(person: Person, copy: UUID) -> dict[str, Any]:
    """The JSON file, by the name of each holding."""
    file = services.fetch_copy(actor=fresh(person), copy_id=copy, form="json")
    data = json.loads(file.content)
    assert data["about"]["username"] == person.username
    return {one["name"]: one for one in data["holdings"]}


def test_the_file_has_every_class_of_data_and_why_it_is_held() -> None:
    person = asker()
    found = told(person, copied(person))
    assert list(found) == [one.name for one in all_holdings()]
    profile = found["accounts.person"]
    assert profile["rows"][0]["nik"] == person.nik
    assert "UU 27/2022 Pasal 20" in profile["basis"]
    assert all(one["purpose"] and one["keeps"] and one["origin"] for one in found.values())


def test_it_has_the_persons_own_rows_and_nobody_elses() -> None:
    person, other = asker(), asker("other")
    for one, text in ((person, "Mine: how do I go on from here?"), (other, "Theirs: and I?")):
        open_case(actor=fresh(one), name=one.name, email=one.email, topic="other", text=text)
    found = told(person, copied(person))
    assert [row["text"] for row in found["helpdesk.case"]["rows"]] == [
        "Mine: how do I go on from here?"
    ]
    whole = json.dumps(found)
    assert "Theirs" not in whole
    assert other.email not in whole


def test_it_tells_who_looked() -> None:
    person = asker()
    found = told(person, copied(person))
    sentences = [row["what"] for row in found["audit.life"]["rows"]]
    assert any("request" in sentence for sentence in sentences)


def test_no_secret_is_in_it() -> None:
    """A stolen copy must not open the account: no hash, no key, no code, no token."""
    person = asker()
    found = told(person, copied(person))
    sent = {name for one in found.values() for row in one["rows"] for name in row}
    named = {column for one in all_holdings() for column in getattr(one.read, "columns", ())}
    secret = (
        "secret",
        "token",
        "lookup",
        "public_key",
        "slip",
        "body",
        "credential",
        "fingerprint",
    )
    assert not [name for name in sent | named if any(word in name for word in secret)]
    sign_in = [
        one.read for one in all_holdings() if one.name.startswith(("authentication.", "sso."))
    ]
    tables = [read for read in sign_in if isinstance(read, Table)]
    assert not {column for read in tables for column in read.columns} & {
        "hash",
        "previous",
        "value",
    }


def test_the_paper_can_be_read_and_is_in_the_persons_language() -> None:
    person = asker()
    copy = copied(person)
    file = services.fetch_copy(actor=fresh(person), copy_id=copy, form="pdf")
    assert (file.media_type, file.content[:5]) == ("application/pdf", b"%PDF-")
    paper = pypdfium2.PdfDocument(file.content)
    text = "".join(page.get_textpage().get_text_range() for page in paper)
    assert "A copy of your data" in text
    assert person.username in text


def test_it_fulfills_the_request_and_says_where_it_lies() -> None:
    person = asker()
    copy = copied(person)
    request = DataRequest.objects.get(person=person)
    assert (request.kind, request.state, request.decided_by) == ("access", "fulfilled", None)
    mail = Mail.objects.get(template="privacy/mail/copy_made.txt")
    assert f"/account/data/copies/{copy}" in (mail.body or "")
    (made,) = events("copy.made")
    assert {len(made.facts["digest"]), len(made.facts["digest_pdf"])} == {64}


def test_how_far_it_is_can_be_seen() -> None:
    person = asker()
    copy = services.ask_for_copy(actor=fresh(person))
    waiting = copy_for(fresh(person), copy)
    assert (waiting.works, waiting.done, waiting.expected) == (True, 0, len(all_holdings()))
    do_jobs(JOB)
    done = newest_copy(fresh(person))
    assert done is not None
    assert (done.works, done.done, done.can_be_fetched) == (False, done.expected, True)


def test_whoever_has_an_app_shows_it_to_fetch_the_copy() -> None:
    """Attack: a stolen password with a stolen mailbox."""
    person = asker()
    copy = copied(person)
    weak = fresh(person, acr=1)
    assert services.fetch_copy(actor=weak, copy_id=copy, form="json").content
    Password.objects.create(person=person, hash="x", changed_at=clock.now())
    app_of(person)
    with pytest.raises(Refused):
        services.fetch_copy(actor=weak, copy_id=copy, form="json")
    assert services.fetch_copy(actor=fresh(person), copy_id=copy, form="json").content


def test_asking_twice_at_once_makes_one_copy() -> None:
    person = asker()
    services.ask_for_copy(actor=fresh(person))
    with pytest.raises(RequestOpen):
        services.ask_for_copy(actor=fresh(person))
    assert Copy.objects.count() == 1


def test_a_job_that_runs_twice_makes_it_once() -> None:
    person = asker()
    copy = copied(person)
    services.make_copy(actor=SYSTEM, copy_id=copy)
    assert len(events("copy.made")) == len(events("request.fulfilled")) == 1


def test_a_copy_whose_job_died_is_begun_anew() -> None:
    person = asker()
    with clock.frozen(clock.now() - timedelta(minutes=16)):
        services.ask_for_copy(actor=fresh(person))
    assert services.begin_stray_copies(actor=SYSTEM) == 1


def test_a_screen_left_unlocked_does_not_give_it_away() -> None:
    person = asker()
    copy = copied(person)
    old = replace(fresh(person), facts={"proved_at": clock.now() - timedelta(minutes=21)})
    with pytest.raises(Refused) as caught:
        services.fetch_copy(actor=old, copy_id=copy, form="json")
    assert caught.value.verdict.only_needs_strength
    services.fetch_copy(actor=fresh(person), copy_id=copy, form="json")
    (event,) = events("copy.fetched")
    assert event.facts["format"] == "json"


@pytest.mark.parametrize("form", ["json", "pdf"])
def test_nobody_else_fetches_it_not_even_the_officer(form: str) -> None:
    person = asker()
    copy = copied(person)
    dpo = replace(world.actor(world.platform_admin()), facts={"proved_at": clock.now()})
    for other in (fresh(asker("other")), dpo):
        with pytest.raises(NoSuchCopy):
            services.fetch_copy(actor=other, copy_id=copy, form=form)


def test_after_its_days_it_is_not_there_even_before_the_files_are_gone() -> None:
    person = asker()
    copy = copied(person)
    with clock.frozen(clock.now() + timedelta(days=7, minutes=1)):
        with pytest.raises(NoSuchCopy):
            services.fetch_copy(actor=fresh(person), copy_id=copy, form="json")
        assert services.drop_old_copies(actor=SYSTEM) == 1
        assert services.drop_old_copies(actor=SYSTEM) == 0
    assert not Document.objects.filter(uploaded_by=person.pk).exists()
    assert not Stored.objects.exists()


def test_withdrawing_the_request_stops_the_copy() -> None:
    person = asker()
    copy = services.ask_for_copy(actor=fresh(person))
    request = DataRequest.objects.get(person=person)
    services.withdraw_request(actor=fresh(person), request_id=request.pk)
    assert do_jobs(JOB) == 1
    assert not copy_for(fresh(person), copy).can_be_fetched
    assert not Document.objects.exists()


def test_a_person_makes_no_copy_by_hand() -> None:
    person = asker()
    copy = services.ask_for_copy(actor=fresh(person))
    with pytest.raises(Refused):
        services.make_copy(actor=fresh(person), copy_id=copy)


def test_nobody_signed_in_asks_for_none() -> None:
    with pytest.raises(Refused):
        services.ask_for_copy(actor=Actor(language="en"))
