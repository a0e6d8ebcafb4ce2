"""Entries of two agencies for the tests of the log's pages."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.helpdesk.services import open_case
from gapura.journeys.assignments import Assigning, assign_auditor
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.organizations.queries import LetterText
from tests.access import world

LOG = "/console/log"
FROM = "198.51.100.7"


def ask(agency: str = "T1", name: str = "Sari Dewi", ip: str = FROM) -> LogEvent:
    """Make one event of an agency."""
    guest = Actor(
        ip=ip, user_agent="Mozilla/5.0 (X11; Linux) Firefox/140.0", request_id=uuid4().hex
    )
    number = open_case(
        actor=guest,
        name=name,
        email=f"{uuid4().hex}@example.id",
        topic="sign_in",
        text="I cannot sign in at all.",
        agency=agency,
    )
    return LogEvent.objects.get(subject_label=number)


def letter(days: int = 10, number: str = "") -> LetterText:
    """What a letter of assignment says that counts from today on."""
    today = clock.today()
    said = number or f"ST-{uuid4().hex[:6]}"
    return LetterText(
        said, today, "Ibu Inspektur", "Inspektur", today, today + timedelta(days=days)
    )


def assigned(admin: Person, auditor: Person, **told: Any) -> UUID:
    """An assignment of that auditor under a new letter, registered by the administrator."""
    given = {"letter": letter(), "document": world.document(admin), **told}
    return assign_auditor(
        actor=world.actor(admin), told=Assigning(username=auditor.username, **given)
    )
