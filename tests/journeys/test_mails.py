"""The mails of the journeys: plain text with a subject, in both languages, without leftovers."""

from datetime import date
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

import gapura.journeys
from gapura.notifications.services import Recipient

FOLDER = Path(gapura.journeys.__file__).parent / "templates"
MAILS = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.txt"))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("template", MAILS)
@pytest.mark.parametrize("until", [None, date(2027, 12, 31)])
def test_a_mail_reads_as_plain_text(template: str, language: str, until: date | None) -> None:
    values = {
        "recipient": Recipient(None, "Siti & Sons", "siti@example.go.id"),
        "address": "http://localhost/company",
        "company": "PT <Maju> & Jaya",
        "decision": "KEP-1/DH/2026",
        "until": until,
    }
    with override(language):
        text = render_to_string(template, values)
    assert text.startswith("Subject: ")
    assert "Siti & Sons" in text
    assert "PT <Maju> & Jaya" in text
    assert "%(" not in text
    assert "\n\n\n" not in text
