"""/account/identity/document and /people/identities: sent in, compared, decided on."""

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gapura.accounts.models import IdentityCase, Person
from gapura.accounts.queries import CHECKLIST
from gapura.documents.models import Stored
from tests.access import world
from tests.authentication.world import person
from tests.documents.makers import jpg
from tests.web.account.entering import entered
from tests.web.browser import Browser, text_of, title_of
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
HERE, SEND = "/account/identity", "/account/identity/document"
QUEUE = "/people/identities"


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    world.places()


def citizen() -> Person:
    return person(state="contact_verified", kind="citizen", agency="")


def send(here: Browser) -> UUID:
    scan = SimpleUploadedFile("ktp.jpg", jpg(), "image/jpeg")
    answer = here.submit(SEND, SEND, kind="ktp", document=scan)
    assert (answer.status_code, answer["Location"]) == (303, HERE), text_of(answer)
    return IdentityCase.objects.latest("sent_at").id


def taken(here: Browser, case: UUID) -> str:
    path = f"{QUEUE}/{case}"
    assert here.submit(f"{path}/claim", path)["Location"] == path
    return path


def test_a_citizen_sends_a_document_and_the_helpdesk_confirms_it() -> None:
    someone = citizen()
    here = entered(someone)
    assert "Send an identity document" in text_of(here.get(HERE))
    case = send(here)
    page = text_of(here.get(HERE))
    assert "The platform's helpdesk compares it with your data." in page
    assert here.get(SEND)["Location"] == HERE, "one at a time"
    desk = signed_in("helpdesk")
    assert someone.name in text_of(desk.get(QUEUE))
    path = f"{QUEUE}/{case}"
    before = desk.get(path)
    assert b"/pages/1" not in before.content, "seen by its claimer only"
    taken(desk, case)
    seen = desk.get(path)
    assert b"/pages/1" in seen.content
    assert someone.nik not in seen.content.decode()
    picture = desk.get(f"{path}/pages/1")
    assert (picture.status_code, picture["Cache-Control"]) == (200, "no-store")
    wrong = desk.submit(f"{path}/confirm", path, nik="3273010101900001", checked=list(CHECKLIST))
    assert wrong.status_code == 422
    assert "This is not the NIK that was entered here." in text_of(wrong)
    done = desk.submit(f"{path}/confirm", path, nik=someone.nik, checked=list(CHECKLIST))
    assert (done.status_code, done["Location"]) == (303, QUEUE)
    assert "is confirmed. The document was erased." in text_of(desk.get(QUEUE))
    again = desk.submit(f"{path}/confirm", path, nik=someone.nik, checked=list(CHECKLIST))
    assert again["Location"] == QUEUE, "a doubled click"
    assert not Stored.objects.exists()
    assert desk.get(f"{path}/pages/1").status_code in (403, 404)
    assert "fingerprint" in text_of(desk.get(path))
    assert "Confirmed" in text_of(here.get(HERE))


def test_what_to_correct_is_read_by_the_person_field_by_field() -> None:
    here, desk = entered(citizen()), signed_in("admin_platform")
    path = taken(desk, send(here))
    empty = desk.submit(f"{path}/correct", path, fields_back=["name"])
    assert empty.status_code == 422
    assert title_of(empty).startswith("Error:")
    assert "Choose a reason." in text_of(empty)
    given = {"fields_back": ["name"], "reason_name": "differs", "note_name": "Tanpa gelar."}
    assert desk.submit(f"{path}/correct", path, **given)["Location"] == QUEUE
    page = text_of(here.get(HERE))
    assert "It is not the same as in the document Tanpa gelar." in page
    assert "Correct your personal data" in page


def test_a_refusal_is_read_with_its_reason() -> None:
    here, desk = entered(citizen()), signed_in("helpdesk")
    path = taken(desk, send(here))
    assert desk.submit(f"{path}/refuse", path, reason_code="altered").status_code == 422
    why = "Foto pada kartu ditempel ulang."
    done = desk.submit(f"{path}/refuse", path, reason_code="altered", reason=why)
    assert done["Location"] == QUEUE
    assert why in text_of(here.get(HERE))


def test_its_owner_withdraws_it() -> None:
    here = entered(citizen())
    send(here)
    answer = here.submit(f"{SEND}/withdraw", HERE)
    assert answer["Location"] == HERE
    assert "withdrawn and was erased" in text_of(here.get(HERE))
    assert here.submit(f"{SEND}/withdraw", HERE).status_code == 404


def test_a_file_that_is_none_is_explained_at_its_field() -> None:
    here = entered(citizen())
    file = SimpleUploadedFile("ktp.jpg", b"<svg/>", "image/jpeg")
    answer = here.submit(SEND, SEND, kind="ktp", document=file)
    assert answer.status_code == 422
    assert "neither a PDF nor a JPG" in text_of(answer)
    assert not IdentityCase.objects.exists()


@pytest.mark.parametrize("role", ["verifikator", "admin_instansi", "ppk", "apip", "kurator"])
def test_for_others_a_citizens_document_is_not_there(role: str) -> None:
    case, other = send(entered(citizen())), signed_in(role)
    path = f"{QUEUE}/{case}"
    assert other.get(path).status_code == 404
    assert other.submit(f"{path}/claim", "/").status_code == 404
    assert other.get(f"{path}/pages/1").status_code == 404


def test_an_officers_document_is_checked_at_home_only() -> None:
    case = send(entered(person(state="contact_verified", kind="pns", agency="T1")))
    assert signed_in("verifikator", "T2").get(f"{QUEUE}/{case}").status_code == 404
    home = signed_in("verifikator", "T1")
    assert "Agency T1" in text_of(home.get(QUEUE))
    taken(home, case)


def test_two_at_once_give_one_claim() -> None:
    case, first, second = send(entered(citizen())), signed_in("helpdesk"), signed_in("helpdesk")
    path = taken(first, case)
    assert second.submit(f"{path}/claim", path).status_code == 409
