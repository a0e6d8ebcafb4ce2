"""Somebody whose every value is unlike any other's, put in through the doors people use."""

import re
from dataclasses import dataclass

from gapura.access import services as access
from gapura.accounts import services as accounts
from gapura.accounts.models import Person
from gapura.accounts.queries import person_by_id
from gapura.authentication.models import Session
from gapura.documents.services import receive
from gapura.helpdesk.services import open_case
from gapura.journeys.registration import register_person
from gapura.kernel.actor import Actor
from gapura.sso.services import give_consent
from tests.access import world
from tests.accounts.people import details
from tests.authentication.world import PASSWORD
from tests.documents.makers import letter, pdf
from tests.sessions import acting
from tests.simulator import Authorities
from tests.sso.world import authorization, client

NAME = "Zulkarnaen Kenanga"
EMAIL, NEW_EMAIL = "zk.kenangasatu@example.go.id", "zk.kenangadua@example.go.id"
PHONE = "+6281277889901"
UNIT = "Subbagian kenangatiga"
ADDRESS = "Jalan kenangaempat 4"
POSITION = "Kepala kenangalima"
QUESTION = "Bagaimana dengan kenangaenam saya?"
FILE = "kenangatujuh.pdf"
BROWSER = "Kenangadelapan/1.0"
WHY = "Surat menyebut kenangasembilan, bukan pemohon."
INK = b"kenangasepuluh"
IP = "203.0.113.246"


@dataclass(frozen=True, slots=True)
class Planted:
    """The person, and every word that was planted."""

    person: Person
    words: tuple[str, ...]

    @property
    def actor(self) -> Actor:
        """Signed in with an app a moment ago."""
        return acting(self.person)


def plant(authorities: Authorities) -> Planted:
    """Register, be reached, ask for a role with a letter, be rejected, ask for help, sign in."""
    told = details(name=NAME, email=EMAIL, agency="T1")
    here = Actor(ip=IP, user_agent=BROWSER, language="id")
    register_person(actor=here, details=told, password=PASSWORD)
    found = Person.objects.get(username=told.username)
    accounts.confirm_email(actor=here, person_id=found.id)
    accounts.submit_identity(actor=acting(found), person_id=found.id)
    accounts.verify_identity(actor=world.SYSTEM, person_id=found.id, document_compared=True)
    me = acting(found)
    accounts.begin_phone(actor=me, phone=PHONE, channel="sms")
    accounts.confirm_phone(actor=me, code=sent_code(authorities))
    accounts.update_profile(actor=me, unit_text=UNIT)
    accounts.begin_email_change(actor=me, email=NEW_EMAIL)
    _asks_for_a_role(found)
    open_case(actor=me, name=NAME, email=EMAIL, topic="other", text=QUESTION)
    access.ask_to_join(actor=me, company="PT1", position=POSITION)
    app = client()
    give_consent(
        actor=me, client=app.id, client_id=app.client_id, name=app.name, scopes=["openid", "email"]
    )
    authorization(app, found)
    Session.objects.filter(person=found).update(user_agent=BROWSER, ip=IP)
    words = (
        NAME, EMAIL, NEW_EMAIL, PHONE.removeprefix("+62"), told.nik, told.nip, "kenanga",
    )  # fmt: skip
    return Planted(person_by_id(found.id), words)


def sent_code(authorities: Authorities) -> str:
    """The code in the newest message to the planted telephone."""
    found = re.search(r"\b(\d{6})\b", authorities.sent(PHONE)[0]["text"])
    assert found
    return found[1]


def _asks_for_a_role(found: Person) -> None:
    # Without a verifier the request would wait one level up.
    me, by = acting(found), world.actor(world.verifier())
    content = pdf(letter(o6=b"(%s)" % INK))
    document = receive(actor=me, name=FILE, content=content)
    request = access.save_draft(
        actor=me,
        role="ppk",
        agency="T1",
        unit="T1.1",
        letter=world.letter_details(),
        document=document,
    )
    answers = world.answers("pns") | {"unit_address": ADDRESS}
    access.save_answers(actor=me, request_id=request, answers=answers)
    access.submit_request(actor=me, request_id=request)
    access.claim_request(actor=by, request_id=request)
    access.reject_request(actor=by, request_id=request, reason_code="not_appointed", reason=WHY)
