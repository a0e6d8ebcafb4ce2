"""How the demo's people came: registered, let in, and given their roles, long before today."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from gapura.access.queries import ROLES, Level
from gapura.access.services import escalate_overdue, issue_grant
from gapura.accounts.queries import Details, person_for_sign_in
from gapura.accounts.services import confirm_profile
from gapura.authentication import services as authentication
from gapura.authentication.services import prepare_password
from gapura.kernel import clock
from gapura.notifications.services import carried_over
from gapura.ops.seeding import walk
from gapura.ops.seeding.cast import CAST, COMPANY, HOME, Persona, Post
from gapura.ops.seeding.credentials import about, credentials_of
from gapura.ops.seeding.founding import enter_company
from gapura.ops.seeding.letters import letter_pdf
from gapura.ops.seeding.people import SYSTEM, acting, enter, nik, prove, staff_number
from gapura.ops.seeding.walk import Paper
from gapura.organizations.errors import CompanyThere

# They have been here for over a year: the sample data tells of what they did since.
CAME_BEFORE = timedelta(days=430)
_EACH_TAKES = timedelta(days=4)
_SOON, _LATE = timedelta(hours=20), timedelta(days=3, hours=2)
_OVERDUE = timedelta(days=3, minutes=1)
_REGION = "32.73"
_FIRST_SERIAL = 9001
# One content for all of them: a file is examined once, and that takes longer than all the rest.
_WORDS = (
    """Menimbang bahwa untuk kelancaran pengadaan barang/jasa perlu diangkat pejabat yang memenuhi
    syarat.""",
    """Memutuskan mengangkat nama yang tercantum dalam lampiran sebagai pejabat pada satuan kerja
    yang disebut di sana, terhitung sejak tanggal ditetapkan.""",
)


def create_missing() -> int:
    """Make the personas that are not there; each with everything of theirs, or not at all."""
    first, made = clock.now() - CAME_BEFORE, 0
    for number, persona in enumerate(CAST):
        if person_for_sign_in(persona.username) is None:
            _arrive(number, persona, first + number * _EACH_TAKES)
            made += 1
    return made


def persona_id(username: str) -> UUID:
    """Whose id that is.

    :raises LookupError: nobody has this name.
    """
    person = person_for_sign_in(username)
    if person is None:
        raise LookupError(f"{username} is not there")
    return person.id


def _arrive(number: int, persona: Persona, at: datetime) -> None:
    key, today = credentials_of(persona), clock.now()
    # Hashed before the transaction, as its service asks for.
    prepared = prepare_password(key.password, about(persona))
    with transaction.atomic(), carried_over():
        with clock.frozen(at):
            person_id = _let_in(number, persona)
            # Chosen today: nobody is to be reminded of its age at the first visit.
            authentication.set_password(
                actor=SYSTEM, person=person_id, prepared=prepared, chosen_at=today
            )
            authentication.issue_totp(actor=SYSTEM, person=person_id, secret=key.totp_secret)
        for place, post in enumerate(persona.posts):
            give = _request if _is_asked_for(persona, post) else _issue
            give(person_id, persona, post, at + timedelta(days=place, hours=1))
        # Today, too: nobody is to be asked at the first visit whether the profile is still right.
        confirm_profile(actor=acting(person_id))


def _is_asked_for(persona: Persona, post: Post) -> bool:
    """All public offices are, but nobody was there to let the first one in."""
    return ROLES[post.role].requestable and persona is not CAST[0]


def _let_in(number: int, persona: Persona) -> UUID:
    details = Details(
        kind=persona.kind,
        name=persona.name,
        nik=nik(_REGION, persona.born, _FIRST_SERIAL + number, woman=persona.woman),
        nip=staff_number(persona.kind, persona.born, number + 1, woman=persona.woman),
        agency=persona.agency,
        username=persona.username,
        email=persona.email,
    )
    return enter(details, SYSTEM)


def _issue(person_id: UUID, _persona: Persona, post: Post, at: datetime) -> None:
    """A role that nobody applies for."""
    with clock.frozen(at):
        prove(person_id)
        if post.company:
            _enter_company()
        issue_grant(actor=SYSTEM, person_id=person_id, role=post.role, company=post.company or None)


def _enter_company() -> None:
    try:
        enter_company(SYSTEM, COMPANY)
    except CompanyThere:
        return  # The first of its people entered it.


def _request(person_id: UUID, persona: Persona, post: Post, at: datetime) -> None:
    """Ask with a letter, be approved, confirm. Without a verifier the request goes one level up."""
    with clock.frozen(at):
        request_id = walk.ask(person_id, post, _paper(persona, post))
    at_home = ROLES[post.role].level is Level.AGENCY and post.agency == HOME
    decider, role = ("verifikator", "verifikator") if at_home else ("admin", "admin_platform")
    waited = _SOON
    if not at_home and ROLES[post.role].level is Level.AGENCY:
        waited = _LATE
        with clock.frozen(at + _OVERDUE):
            escalate_overdue(actor=SYSTEM)
    with clock.frozen(at + waited):
        grant_id = walk.grant(request_id, persona_id(decider), role)
    with clock.frozen(at + waited + timedelta(hours=1)):
        walk.activate(person_id, grant_id)


def _paper(persona: Persona, post: Post) -> Paper:
    signer, number = "Drs. Contoh Pejabat, M.Si.", "821/017/CONTOH"
    content = letter_pdf(
        "Lembaga Contoh", number, "Pengangkatan Pejabat Pengelola Pengadaan", _WORDS, signer
    )
    name = f"sk-{persona.username}-{post.role}.pdf"
    return Paper(name, content, number, signer, "Sekretaris")
