"""The room's mails: each is plain text with a subject, in both languages, without leftovers."""

from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

import gapura.access
from gapura.access.duties import DUTY_NAMES
from gapura.access.queries import CORRECTABLE, CORRECTION_REASONS, OVERDUE, ROLES
from gapura.kernel import clock
from gapura.notifications.services import Recipient

FOLDER = Path(gapura.access.__file__).parent / "templates"
# The address came from a letter and may be somebody else's: such a mail calls nobody by name.
TO_STRANGERS = {"access/mail/appointment_invited.txt"}
MAILS = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.txt"))


_LINE = {
    "field": CORRECTABLE["role"],
    "reason": CORRECTION_REASONS["unreadable"],
    "note": "<b>100%</b> black",
}


def _values() -> dict[str, object]:
    """Everything that some mail of the room says."""
    return {
        "recipient": Recipient(None, "Siti & Sons", "siti@example.go.id"),
        "address": "http://localhost/requests/1",
        "site": "http://localhost",
        "role": ROLES["ppk"].name,
        "place": "Unit <1>",
        "zone": "Asia/Jayapura",
        "reference": "AKS-2026-000001",
        "references": ["AKS-2026-000001"],
        "corrections": [_LINE],
        "reason": "The letter was revoked.",
        "explanation": "Another person & another name.",
        "due_at": clock.now(),
        "days": 30,
        "company": "PT <Maju> & Jaya",
        "inviter": "Siti & Sons",
        **dict.fromkeys(("name", "person"), "Budi"),
        "agency": "Agency <1>",
        "number": "800/12/SK/2026",
        "count": 3,
        "more": 1,
        **dict.fromkeys(("first", "since", "until", "due", "settles"), clock.today()),
        **dict.fromkeys(("overdue", "kind"), OVERDUE["keep"]),
        **dict.fromkeys(("total", "confirmed", "removed", "gone", "unanswered"), 2),
        **dict.fromkeys(("by", "successor"), "Budi"),
        **dict.fromkeys(("allowed", "former", "stays", "staff"), True),
        "duties": [DUTY_NAMES["order"]],
        "ends_at": clock.now(),
        "lines": [
            {
                "reference": "AKS-2026-000001",
                "due_at": clock.now(),
                "name": "Budi",
                "role": ROLES["ppk"].name,
                "until": clock.today(),
            }
        ],
    }


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("template", MAILS)
def test_a_mail_reads_as_plain_text(template: str, language: str) -> None:
    with override(language):
        text = render_to_string(template, _values())
    assert text.startswith("Subject: ")
    assert ("Siti & Sons" in text) is (template not in TO_STRANGERS)
    assert "%(" not in text
    assert "&lt;" not in text
    assert "\n\n\n" not in text
