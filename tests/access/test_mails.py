"""The room's mails: each is plain text with a subject, in both languages, without leftovers."""

from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

import gapura.access
from gapura.access.queries import CORRECTABLE, CORRECTION_REASONS, ROLES
from gapura.kernel import clock
from gapura.notifications.services import Recipient

FOLDER = Path(gapura.access.__file__).parent / "templates"
MAILS = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.txt"))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("template", MAILS)
def test_a_mail_reads_as_plain_text(template: str, language: str) -> None:
    line = {
        "field": CORRECTABLE["role"],
        "reason": CORRECTION_REASONS["unreadable"],
        "note": "<b>100%</b> black",
    }
    values = {
        "recipient": Recipient(None, "Siti & Sons", "siti@example.go.id"),
        "address": "http://localhost/requests/1",
        "site": "http://localhost",
        "role": ROLES["ppk"].name,
        "place": "Unit <1>",
        "zone": "Asia/Jayapura",
        "reference": "AKS-2026-000001",
        "references": ["AKS-2026-000001"],
        "corrections": [line],
        "reason": "The letter was revoked.",
        "explanation": "Another person & another name.",
        "due_at": clock.now(),
        "days": 30,
        "company": "PT <Maju> & Jaya",
        "inviter": "Siti & Sons",
        "name": "Budi",
    }
    with override(language):
        text = render_to_string(template, values)
    assert text.startswith("Subject: ")
    assert "Siti & Sons" in text
    assert "%(" not in text
    assert "&lt;" not in text
    assert "\n\n\n" not in text
