"""Receipt mails: the place of the step in the log, or where it will be told."""

from datetime import timedelta
from uuid import UUID

import pytest

from gapura.audit.queries import receipt_of
from gapura.audit.services import seal_all
from gapura.kernel import clock
from gapura.notifications import tasks
from gapura.notifications.models import Mail
from gapura.notifications.services import Recipient, notify
from tests.audit.conftest import Note, budi, happened, note
from tests.jobs import do_jobs

__all__ = ["budi", "happened", "note"]

SEND = "notifications.send_mail"
TEMPLATE = "accounts/mail/document_confirmed.txt"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that left."""
    texts: list[str] = []
    monkeypatch.setattr(tasks, "_deliver", lambda message: texts.append(message.get_content()))
    return texts


def _tell(event: UUID | None, language: str = "en") -> Mail:
    notify(Recipient(None, "Budi", "budi@example.id", language), TEMPLATE, {}, event=event)
    return Mail.objects.latest("created_at")


def test_a_receipt_waits_for_its_place_and_tells_number_root_and_address(
    note: Note, sent: list[str]
) -> None:
    (event,) = note()
    _tell(event)
    do_jobs(SEND)
    assert sent == []
    seal_all()
    assert do_jobs(SEND), "it was put off, not lost"
    (text,) = sent
    receipt = receipt_of(event)
    assert "Proof number: 0/1" in text
    assert receipt.root.hex() in text
    assert f"http://localhost:8000{receipt.link}" in text.replace("=\n", "")
    assert Mail.objects.get().body is None


def test_without_a_seal_it_leaves_after_a_moment_with_the_address_alone(
    note: Note, sent: list[str]
) -> None:
    (event,) = note()
    _tell(event)
    with clock.frozen(clock.now() + timedelta(seconds=30)):
        do_jobs(SEND)
    assert "Proof number" not in sent[0]
    assert f"/log/verify?receipt={event}" in sent[0]


def test_a_mail_that_is_no_receipt_leaves_as_it_is(note: Note, sent: list[str]) -> None:
    _tell(None)
    do_jobs(SEND)
    assert "log/verify" not in sent[0]
    do_jobs(SEND)
    assert len(sent) == 1
