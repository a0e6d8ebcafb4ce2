"""People in front of a browser, for the tests of the request pages."""

import re
from typing import Any
from uuid import UUID

from django.test import Client

from gapura.access import services
from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.authentication.models import Session
from gapura.authentication.tokens import new_token, token_hash
from gapura.documents.services import receive
from gapura.kernel import clock
from tests.access import world
from tests.documents.makers import letter, pages, pdf

PDF = pdf(letter())
OTHER_PDF = pdf(pages(3))
ALL_CHECKED = ["name", "role", "place", "dates", "signer", "identity_document"]


def browser(person: Person, acr: int = 2, lang: str = "en", csrf: bool = False) -> Client:
    """A browser in which the person is signed in as strongly as `acr` says."""
    token, now = new_token(), clock.now()
    Session.objects.create(
        token_hash=token_hash(token),
        person=person,
        acr=acr,
        created_at=now,
        signed_in_at=now,
        proved_at=now,
        last_seen_at=now,
    )
    client = Client(enforce_csrf_checks=csrf)
    client.cookies["session"] = token
    client.cookies["lang"] = lang
    return client


def waiting(applicant: Person, role: str = "ppk", unit: str = "T1.1") -> UUID:
    """A request with a real letter that waits for a verifier."""
    actor = world.actor(applicant, acr=1)
    request_id = services.save_draft(
        actor=actor,
        role=role,
        agency="T1",
        unit=unit,
        letter=world.letter_details(),
        document=receive(actor=actor, name="sk.pdf", content=PDF),
    )
    services.save_answers(actor=actor, request_id=request_id, answers=world.answers())
    services.submit_request(actor=actor, request_id=request_id)
    return request_id


def typed(**changes: Any) -> dict[str, Any]:
    """What an applicant types into the form of the letter; the letter is valid this year."""
    year = clock.today().year
    return {
        "number": "821/045/BKD",
        **day("signed_on", 2, 1, year),
        "signer_name": "Ibu Kepala",
        "signer_position": "Kepala Dinas",
        **day("valid_from", 1, 1, year),
        **day("valid_until", 31, 12, year),
        **changes,
    }


def told(**changes: Any) -> dict[str, Any]:
    """What an applicant types into the form of the details, as PPK of unit T1.1."""
    return {**world.answers(), "division": "", "legacy_username": "", **changes}


def day(name: str, *parts: Any) -> dict[str, str]:
    """The three boxes of a day."""
    return {f"{name}-{box}": str(v) for box, v in zip(("day", "month", "year"), parts, strict=True)}


def text_of(response: Any) -> str:
    """The page's words in one line, without its tags."""
    html = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.split())


def events(name: str) -> list[LogEvent]:
    """What the log holds under this name."""
    return list(LogEvent.objects.filter(name=name))
