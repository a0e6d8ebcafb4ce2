"""The mails of the journeys: plain text with a subject, in both languages, without leftovers."""

from datetime import date
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

import gapura.journeys
from gapura.access.queries import ROLES
from gapura.notifications.services import Recipient

FOLDER = Path(gapura.journeys.__file__).parent / "templates"
# Everything that some mail of the journeys says.
VALUES: dict[str, object] = {
    "recipient": Recipient(None, "Siti & Sons", "siti@example.go.id"),
    "address": "http://localhost/company",
    "company": "PT <Maju> & Jaya",
    "decision": "KEP-1/DH/2026",
    "authority": "tax",
    "lines": [
        {"field": "Name", "adoptable": True, "kind": ROLES["ppk"].name, "until": date(2027, 1, 1)}
    ],
    **dict.fromkeys(("kind", "then"), ROLES["ppk"].name),
    **dict.fromkeys(("place", "after", "deed"), "Unit <1>"),
    "from_day": date(2027, 1, 1),
    "units": 2,
    "count": 2,
    "more": 1,
    "agency": "Agency <1>",
    "unit": "Unit <1>",
    "person": "Budi & Sons",
    "role": ROLES["ppk"].name,
    "roles": [{"role": ROLES["ppk"].name, "place": "Unit <1>"}],
    "reason": "Retires & leaves.",
    "names": ["Rara", "Budi"],
    "orders": [{"reference": "SP-2026-000001", "company": "PT <Maju>", "what": "Draft"}],
}
MAILS = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.txt"))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("template", MAILS)
@pytest.mark.parametrize("until", [None, date(2027, 12, 31)])
def test_a_mail_reads_as_plain_text(template: str, language: str, until: date | None) -> None:
    with override(language):
        text = render_to_string(template, {**VALUES, "until": until})
    assert text.startswith("Subject: ")
    assert "Siti & Sons" in text
    assert "&lt;" not in text
    assert "%(" not in text
    assert "\n\n\n" not in text
