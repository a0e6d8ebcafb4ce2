"""The mails of this room read well as plain text, in both languages."""

from pathlib import Path

import pytest

import gapura.authentication
from gapura.kernel import clock
from gapura.notifications.models import Mail
from gapura.notifications.services import Recipient, notify

FOLDER = Path(gapura.authentication.__file__).parent / "templates" / "authentication" / "mail"
TEMPLATES = sorted(path.name for path in FOLDER.glob("*.txt"))


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_mail_is_plain_text_with_nothing_left_open(template: str, language: str) -> None:
    to = Recipient(None, "Ni'mah & <Putri>", "putri@example.go.id", language)
    context = {
        "code": "012345",
        "minutes": 10,
        "at": clock.now(),
        "device": "Firefox, Linux",
        "ip": "203.0.113.7",
        "left": 9,
        "passkey": "Kunci USB",
        "place": "Jakarta Pusat",
        "not_me": "/login/not-me/abc",
        "reference": "PUL-2026-000001",
        "kind": "vouched",
        "ready_at": clock.now(),
        "ends_at": clock.now(),
        "person": "Rara Anggraini",
        "why": "slip",
        "fell": True,
        "count": 2,
    }
    notify(to, f"authentication/mail/{template}", context, link="/account/security")
    mail = Mail.objects.get()
    assert "Ni'mah & <Putri>" in (mail.body or "")
    assert "&#" not in (mail.body or "")
    assert "%(" not in mail.subject + (mail.body or "")
    assert ("012345" in (mail.body or "")) is template.endswith("_code.txt")
