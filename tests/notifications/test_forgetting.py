"""A person's name leaves what others were told, and nobody else's name or word is touched."""

import pytest

from gapura.kernel import clock
from gapura.kernel.ids import uuid7
from gapura.notifications.models import Mail, Notice
from gapura.notifications.services import forget_words

pytestmark = pytest.mark.django_db
GONE = "—"


def after(words: tuple[str, ...], text: str) -> str:
    """What a notice says after these words were forgotten; the subject of a mail says the same."""
    notice = Notice.objects.create(person=uuid7(), text=text, created_at=clock.now())
    mail = Mail.objects.create(template="x", address="x@y", subject=text, created_at=clock.now())
    forget_words(words, GONE)
    notice.refresh_from_db()
    mail.refresh_from_db()
    assert mail.subject == notice.text
    return notice.text


@pytest.mark.parametrize(
    ("word", "text", "left"),
    [
        ("Siti Nur", "Siti Nur meminta; Siti Nur's turn.", f"{GONE} meminta; {GONE}'s turn."),
        ("Siti Nur", "Siti Nuraini dan Desiti Nur", "Siti Nuraini dan Desiti Nur"),
        ("Siti Nur", "Siti Nur'aini, Siti Nur-Hasanah", "Siti Nur'aini, Siti Nur-Hasanah"),
        ("Siti (Nur) S.E.", "oleh Siti (Nur) S.E.", f"oleh {GONE}"),
        ("Agus", "Agus Salim, bulan Agus", "Agus Salim, bulan Agus"),
        ("nur@example.id", "ke nur@example.id.", f"ke {GONE}."),
        ("nur@example.id", "ke s.nur@example.id", "ke s.nur@example.id"),
        ("", "Tidak ada", "Tidak ada"),
    ],
)
def test_only_the_whole_name_or_address_goes(word: str, text: str, left: str) -> None:
    """Bad input: a name that is a word of the language, or a part of somebody else's."""
    assert after((word,), text) == left
