"""Registering a company, its people and an invitation through the pages."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gapura.access.models import Grant, Invitation, JoinRequest
from gapura.access.services import ask_to_join
from gapura.accounts.models import Person
from gapura.notifications.models import Mail
from gapura.organizations.models import Company
from tests.access import world as access
from tests.authentication.world import person, with_app
from tests.documents.makers import letter, pdf
from tests.simulator import Authorities
from tests.web.account.entering import entered
from tests.web.browser import Browser, text_of
from tests.web.people import enter, holder, signed_in

pytestmark = pytest.mark.django_db
GOOD = "1234567211234"
REASON = "Tidak lagi bekerja di sini."


@pytest.fixture(autouse=True)
def _world(db: None) -> None:
    access.places()


@pytest.fixture
def up(authorities: Authorities) -> Authorities:
    """The authorities, connected and up."""
    authorities.recovered()
    return authorities


def paper(content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile("akta.pdf", content or pdf(letter()), "application/pdf")


def where(answer: Any) -> str:
    """Where a redirect leads."""
    assert answer.status_code == 303, text_of(answer)
    return str(answer["Location"])


def test_the_owner_registers_page_by_page_and_activates(up: Authorities) -> None:
    owner = person()
    here = entered(owner, with_app(owner))
    assert "Register your company" in text_of(here.get("/company"))
    assert where(here.submit("/company/new", nib=GOOD)) == "/company/new/details"
    page = text_of(here.get("/company/new/details"))
    assert "What the authorities say" in page
    assert "Business licensing (OSS)" in page
    for kind in ("akta", "letter"):
        answer = here.submit(f"/company/new/papers/{kind}", document=paper())
        assert where(answer) == "/company/new/details"
    answer = here.submit("/company/new/details", address="Jalan Merdeka 1, Bandung", sworn="1")
    assert where(answer) == "/company"
    grant = Grant.objects.get(person=owner)
    assert f"/company/activate/{grant.id}" in here.get("/company").content.decode()
    assert where(here.submit(f"/company/activate/{grant.id}")) == "/company"
    shown = text_of(here.get("/company"))
    assert Company.objects.get().code in shown
    assert "People and invitations" in shown
    assert here.get("/company/papers/akta/file")["Content-Disposition"].startswith("attachment")


def test_missing_papers_are_named(up: Authorities) -> None:
    here = entered(person())
    here.submit("/company/new", nib=GOOD)
    answer = here.submit("/company/new/details", address="Jalan Merdeka 1, Bandung", sworn="1")
    assert answer.status_code == 422
    assert "Deed of establishment (akta) with its last change: This document" in text_of(answer)
    assert not Company.objects.exists()
    again = here.submit("/company/new/details", then="later", address="Jalan Merdeka 1")
    assert where(again) == "/company"
    assert "You began to register" in text_of(here.get("/company"))


def test_an_email_sign_in_is_led_to_the_app_before_activating(up: Authorities) -> None:
    owner = person()
    here = entered(owner)
    here.submit("/company/new", nib=GOOD)
    for kind in ("akta", "letter"):
        here.submit(f"/company/new/papers/{kind}", document=paper())
    here.submit("/company/new/details", address="Jalan Merdeka 1, Bandung", sworn="1")
    grant = Grant.objects.get(person=owner)
    assert where(here.submit(f"/company/activate/{grant.id}")).startswith("/login/step-up")
    grant.refresh_from_db()
    assert grant.state == "approved"


@pytest.mark.parametrize(
    ("nib", "slug", "says"),
    [
        ("1234567210000", "not-valid", "OSS does not know this number"),
        ("1234567219999", "not-valid", "OSS has revoked this number"),
        ("1234567217777", "owner-differs", "OSS names another owner"),
        ("1234567218888", "blacklisted", "KEP-1234/DH/"),
        ("1234567216666", "tax-differs", "not active"),
        ("1234567216664", "tax-differs", "under another name"),
    ],
)
@pytest.mark.parametrize("language", ["en", "id"])
def test_each_outcome_has_its_page(
    up: Authorities, nib: str, slug: str, says: str, language: str
) -> None:
    here = entered(person(), language=language)
    assert where(here.submit("/company/new", nib=nib)) == f"/company/new/{slug}"
    answer = here.get(f"/company/new/{slug}")
    assert answer.status_code == 200
    if language == "en":
        assert says in text_of(answer)
    assert where(here.get("/company/new/details")) == "/company/new"


def test_a_silent_authority_says_when_to_come_back(up: Authorities) -> None:
    up.mode("tax", "down")
    here = entered(person())
    assert where(here.submit("/company/new", nib=GOOD)) == "/company/new/unavailable"
    page = text_of(here.get("/company/new/unavailable"))
    assert "Tax office (DJP)" in page
    assert "nothing is lost" in page
    assert f'value="{GOOD}"' in here.get("/company/new").content.decode()


def test_whose_identity_is_open_is_told(up: Authorities) -> None:
    here = entered(person(state="contact_verified", nik="3171010101919999"))
    assert where(here.submit("/company/new", nib=GOOD)) == "/company/new/identity"
    assert "/account/identity" in here.get("/company/new/identity").content.decode()


def test_a_registered_company_is_joined_and_its_administrator_admits(up: Authorities) -> None:
    boss = holder("admin_perusahaan")
    Company.objects.filter(pk="PT1").update(nib=GOOD)
    newcomer = person(name="Siti <b>Aminah</b>")
    here = entered(newcomer)
    assert where(here.submit("/company/new", nib=GOOD)) == "/company/new/already-registered"
    page = here.get("/company/new/already-registered").content.decode()
    assert "/company/join?company=PT1" in page
    answer = here.submit("/company/join", company=GOOD, position="Staf penjualan")
    assert where(answer) == "/company"
    row = JoinRequest.objects.get()
    office = enter(boss)
    shown = office.get("/company/people").content.decode()
    assert "Siti &lt;b&gt;Aminah&lt;/b&gt;" in shown
    answer = office.submit(f"/company/people/joins/{row.id}", decision="staf_perusahaan")
    assert where(answer) == "/company/people"
    assert Grant.objects.get(person=newcomer).state == "approved"


def test_a_refusal_needs_its_reason() -> None:
    boss = holder("admin_perusahaan")
    row = ask_to_join(actor=access.actor(person()), company="PT1", position="Staf")
    office = enter(boss)
    path = f"/company/people/joins/{row}"
    assert office.submit(path, decision="refuse", reason="").status_code == 422
    assert office.submit(path, decision="ppk").status_code == 422
    assert where(office.submit(path, decision="refuse", reason=REASON)) == "/company/people"


def invitation(office: Browser, guest: Person) -> str:
    """The path in the mail that the page sent."""
    answer = office.submit("/company/people/invite", email=guest.email, role="staf_perusahaan")
    assert where(answer) == "/company/people"
    mail = Mail.objects.filter(template="access/mail/invited.txt").latest("created_at")
    found = re.search(r"/company/invitations/[\w-]+", mail.body or "")
    assert found
    return found[0]


def test_an_invitation_leads_a_guest_through_sign_in_to_the_role() -> None:
    guest = person()
    path = invitation(signed_in("admin_perusahaan"), guest)
    assert "/login?next=" in Browser().get(path)["Location"]
    here = entered(guest, with_app(guest))
    page = here.get(path)
    assert "Company PT1 invites you" in text_of(page)
    # Tells no other site; without any referrer a browser would send the form with no origin.
    assert page["Referrer-Policy"] == "same-origin"
    activate = where(here.submit(path))
    assert activate.startswith("/company/activate/")
    assert where(here.submit(path)) == "/company"
    assert where(here.submit(activate)) == "/company"
    assert here.get("/company/people").status_code == 404


def test_a_forwarded_or_guessed_link_shows_nothing() -> None:
    path = invitation(signed_in("admin_perusahaan"), person())
    thief = entered(person())
    answer = thief.get(path)
    assert answer.status_code == 422
    assert "Company PT1" not in text_of(answer)
    assert thief.submit(path, page="/company").status_code == 422
    assert thief.get("/company/invitations/" + "A" * 43).status_code == 404


@pytest.mark.parametrize("email", ["", "bukan", "a@b\r\nBcc: c@contoh.id"])
def test_what_is_no_address_is_told(email: str) -> None:
    office = signed_in("admin_perusahaan")
    answer = office.submit("/company/people/invite", email=email, role="staf_perusahaan")
    assert answer.status_code == 422
    assert not Invitation.objects.exists()


def test_a_role_is_ended_on_its_page() -> None:
    office, staff = signed_in("admin_perusahaan"), holder("staf_perusahaan")
    browser = enter(staff)
    assert browser.get("/company").status_code == 200
    path = f"/company/people/{Grant.objects.get(person=staff).id}/remove"
    assert office.submit(path, reason="x").status_code == 422
    assert where(office.submit(path, reason=REASON)).startswith("/company/people/left/")
    assert "Register your company" in text_of(browser.get("/company"))


@pytest.mark.parametrize("role", ["staf_perusahaan", "ppk", "verifikator", "apip"])
def test_the_people_of_a_company_are_its_administrators_business(role: str) -> None:
    staff = Grant.objects.get(person=holder("staf_perusahaan"))
    row = ask_to_join_at_pt1()
    here = signed_in(role)
    for path in (
        "/company/people",
        "/company/people/invite",
        f"/company/people/joins/{row}",
        f"/company/people/{staff.id}/remove",
    ):
        assert here.get(path).status_code in {403, 404}, path


def ask_to_join_at_pt1() -> object:
    """Somebody asks the company that has an administrator."""
    holder("admin_perusahaan")
    return ask_to_join(actor=access.actor(person()), company="PT1", position="Staf")


def test_another_companys_people_are_not_there() -> None:
    staff = Grant.objects.get(person=holder("staf_perusahaan"))
    row = ask_to_join_at_pt1()
    other = signed_in("admin_perusahaan", "PT2")
    for path in (f"/company/people/joins/{row}", f"/company/people/{staff.id}/remove"):
        assert other.get(path).status_code == 404
        assert other.submit(path, page="/company/people", reason=REASON).status_code == 404


def test_only_the_administrator_replaces_papers() -> None:
    office, staff = signed_in("admin_perusahaan"), signed_in("staf_perusahaan")
    assert where(office.submit("/company/papers/akta", document=paper())) == "/company"
    assert office.get("/company/papers/passwd").status_code == 404
    assert staff.get("/company/papers/akta").status_code == 403
    assert staff.get("/company/papers/akta/file").status_code == 200
    assert signed_in("admin_perusahaan", "PT2").get("/company/papers/akta/file").status_code == 404
    answer = office.submit("/company/papers/akta", document=paper(b"<svg></svg>"))
    assert answer.status_code == 422
