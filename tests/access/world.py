"""A small world for the tests of this room: two agencies in three time zones, people, letters."""

from datetime import date, timedelta
from itertools import count
from uuid import UUID

from gapura.access import services
from gapura.access.queries import ROLES, active_grants
from gapura.access.reasons import IDENTITY_DOCUMENT
from gapura.accounts.models import Person
from gapura.documents.models import Content, Document
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.encryption import lookup
from gapura.organizations.models import Agency, AppointmentLetter, Unit

SYSTEM = system_actor("tests")
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
# Made up; its check digit is right.
NPWP = "0012345674901000"
_numbers = count(1)


def places() -> None:
    """Agency T1 with one unit in each zone (T1.1, T1.2, T1.3) and agency T2 with one unit."""
    for code in ("T1", "T2"):
        Agency.objects.create(code=code, name=f"Agency {code}", kind="ministry")
    for number, zone in enumerate(ZONES, start=1):
        Unit.objects.create(code=f"T1.{number}", agency_id="T1", name=f"Unit {number}", zone=zone)
    Unit.objects.create(code="T2.1", agency_id="T2", name="Unit of another")


def person(name: str, kind: str = "pns", state: str = "verified", agency: str = "T1") -> Person:
    """A person in any state; the numbers are made up and unique."""
    number = next(_numbers)
    nik, now = f"317101010190{number:04d}", clock.now()
    return Person.objects.create(
        username=f"{name}{number}",
        name=name.title(),
        kind=kind,
        email=f"{name}{number}@example.go.id",
        nik=nik,
        nik_lookup=lookup(nik, "nik"),
        agency="" if kind == "citizen" else agency,
        state=state,
        created_at=now,
        email_verified_at=None if state == "registered" else now,
        verified_at=now if state == "verified" else None,
    )


def actor(person: Person, acr: int = 2) -> Actor:
    """The person as signed in now, under the first working grant."""
    grants = active_grants(person.id, clock.now())
    return Actor(
        person=person.id,
        username=person.username,
        name=person.name,
        state=person.state,
        grants=grants,
        grant=grants[0] if grants else None,
        acr=acr,
    )


def holder(name: str, role: str, agency: str | None = None, unit: str | None = None) -> Person:
    """A verified person with a working grant."""
    found = person(name, agency=agency or "T1")
    services.issue_grant(actor=SYSTEM, person_id=found.id, role=role, agency=agency, unit=unit)
    return found


def verifier(agency: str = "T1") -> Person:
    """A verifier of an agency, for a month now: tests let requests come in some days ago."""
    with clock.frozen(clock.now() - timedelta(days=30)):
        return holder("verifier", "verifikator", agency)


def platform_admin() -> Person:
    """A platform administrator."""
    return holder("admin", "admin_platform")


def document(owner: Person) -> UUID:
    """A letter's scan that the owner handed in."""
    sha256 = f"{next(_numbers):064x}"
    Content.objects.create(
        sha256=sha256, media_type="application/pdf", size=1000, page_count=1, gate=1
    )
    return Document.objects.create(
        content_id=sha256,
        name="sk.pdf",
        purpose="letter",
        uploaded_by=owner.id,
        uploaded_at=clock.now(),
    ).id


def letter_details(days: int = 365, begins: date | None = None) -> services.LetterText:
    """A letter valid for so many days."""
    first = begins or clock.today()
    return services.LetterText(
        number="800/12/SK/2026",
        signed_on=clock.today() - timedelta(days=1),
        signer_name="Ibu Kepala",
        signer_position="Kepala Dinas",
        valid_from=first,
        valid_until=first + timedelta(days=days - 1),
    )


def draft(applicant: Person, role: str = "ppk", agency: str = "T1", unit: str = "T1.1") -> UUID:
    """A complete draft."""
    me = actor(applicant, acr=1)
    request_id = services.save_draft(
        actor=me,
        role=role,
        agency=agency,
        unit=unit if ROLES[role].needs_unit else None,
        letter=letter_details(),
        document=document(applicant),
    )
    services.save_answers(actor=me, request_id=request_id, answers=answers(applicant.kind))
    return request_id


def answers(kind: str = "pns") -> dict[str, str]:
    """What the form of a unit's officers asks besides; other roles are not asked most of it."""
    ranks = {"pns": "III/c", "pppk": "IX", "tni_polri": "Mayor"}
    told = {"unit_npwp": NPWP, "unit_address": "Jalan Melati 1, Kota"}
    return told | ({"rank": ranks[kind]} if kind in ranks else {})


def submitted(applicant: Person, role: str = "ppk", unit: str = "T1.1") -> UUID:
    """A request that waits for a verifier."""
    request_id = draft(applicant, role, unit=unit)
    services.submit_request(actor=actor(applicant, acr=1), request_id=request_id)
    return request_id


def claimed(applicant: Person, by: Person, role: str = "ppk", unit: str = "T1.1") -> UUID:
    """A request that a verifier has taken."""
    request_id = submitted(applicant, role, unit)
    services.claim_request(actor=actor(by), request_id=request_id)
    return request_id


def approved(applicant: Person, by: Person, role: str = "ppk", unit: str = "T1.1") -> UUID:
    """A grant that waits for its activation."""
    request_id = claimed(applicant, by, role, unit)
    return approve(by, request_id)


def approve(by: Person, request_id: UUID) -> UUID:
    """Approve a taken request after comparing the identity document."""
    checked = [IDENTITY_DOCUMENT]
    return services.approve_request(actor=actor(by), request_id=request_id, checked=checked)


def active(applicant: Person, by: Person, role: str = "ppk", unit: str = "T1.1") -> UUID:
    """A grant that works and rests on a letter."""
    grant_id = approved(applicant, by, role, unit)
    services.activate_grant(actor=actor(applicant), grant_id=grant_id)
    return grant_id


def letter_of(grant_id: UUID) -> AppointmentLetter:
    """The letter a grant rests on."""
    return AppointmentLetter.objects.get(grants=grant_id)
