"""/log/verify: anyone with a receipt gets an answer; nobody learns what the step was."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gapura.audit import services
from gapura.audit.models import LogEvent
from gapura.audit.proof import watch
from gapura.audit.queries import Outcome, receipt_of
from gapura.helpdesk.services import open_case
from gapura.kernel.actor import Actor
from gapura.web.log.words import MEANINGS, TITLES, TONES
from tests.access import world
from tests.web.browser import Browser, text_of
from tests.web.people import signed_in

PAGE = "/log/verify"
SECRET = "Sari Dewi"


def test_every_outcome_has_its_words() -> None:
    assert set(TITLES) == set(MEANINGS) == set(TONES) == set(Outcome)


@pytest.fixture
def event(transactional_db: None) -> UUID:
    """A sealed and signed entry about a person."""
    watch.forget()
    world.places()
    number = open_case(
        actor=Actor(ip="198.51.100.7"),
        name=SECRET,
        email=f"{uuid4().hex}@example.id",
        topic="sign_in",
        text="I cannot sign in at all.",
        agency="T1",
    )
    services.seal_all()
    services.checkpoint(now=True)
    return LogEvent.objects.get(subject_label=number).id


def test_a_guest_follows_the_link_of_a_mail(event: UUID) -> None:
    receipt, guest = receipt_of(event), Browser()
    page = guest.get(receipt.link)
    told = text_of(page)
    assert page.status_code == 200
    assert "This step stands in the activity log" in told
    assert "agrees with the log" in told
    assert SECRET not in told
    assert "Open the entry" not in told
    forged = guest.get(f"{PAGE}?receipt={receipt.number}&root={'ab' * 32}")
    assert "does not agree with your receipt" in text_of(forged)
    assert "This did not work" not in text_of(forged), "the check worked, and what it found is bad"
    answer = guest.submit(PAGE, receipt=receipt.number, root=receipt.root.hex())
    assert "This step stands in the activity log" in text_of(answer)
    file = guest.get(f"{PAGE}/{event}/proof")
    assert file["Content-Disposition"].endswith('.tlog-proof"')
    assert file["Cache-Control"] == "no-store"
    handed_in = SimpleUploadedFile("x.tlog-proof", file.content)
    assert "This step stands in" in text_of(guest.submit(PAGE, receipt="", file=handed_in))


def test_an_overseer_is_led_to_the_entry_and_others_are_not(event: UUID) -> None:
    link = receipt_of(event).link
    assert f"/console/log/{event}" in signed_in("apip").get(link).content.decode()
    assert f"/console/log/{event}" not in signed_in("ppk").get(link).content.decode()


def test_what_is_no_receipt_is_said_at_its_field_and_kept(event: UUID) -> None:
    guest = Browser()
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({"receipt": ""}, "Enter the proof number, or choose a proof file."),
        ({"receipt": "abc"}, "Enter the proof number as the mail shows it"),
        ({"receipt": "1", "root": "xyz"}, "Enter the root as the mail shows it"),
        ({"file": SimpleUploadedFile("x", b"%PDF")}, "This file is no proof of a log entry."),
        ({"file": SimpleUploadedFile("x", b"x" * 40_000)}, "larger than"),
    )
    for given, said in cases:
        answer = guest.submit(PAGE, **given)
        assert answer.status_code == 422
        assert said in text_of(answer)
    assert guest.get(f"{PAGE}/{uuid4()}/proof").status_code == 404
    assert "no such step" in text_of(guest.get(f"{PAGE}?receipt={uuid4()}"))
