"""/register: all that is wrong is said at once, nothing typed is lost, no address is betrayed."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.accounts.models import Person
from gapura.authentication.services import lock_account
from gapura.kernel.actor import system_actor
from gapura.organizations.models import Agency
from tests.accounts.people import nik, nip
from tests.authentication.world import PASSWORD, later, mailed_code, mails, person
from tests.jobs import do_jobs
from tests.web.browser import Browser, text_of, title_of

pytestmark = pytest.mark.django_db

BORN = date(1990, 3, 4)


@pytest.fixture(autouse=True)
def _agencies() -> None:
    for code, name, short in (
        ("K16", "Kementerian Kesehatan", "Kemenkes"),
        ("D3201", "Pemerintah Daerah Kabupaten Bogor", "Pemkab Bogor"),
        ("D3271", "Pemerintah Daerah Kota Bogor", "Pemkot Bogor"),
    ):
        kind = "ministry" if code == "K16" else "city"
        Agency.objects.create(code=code, name=name, short=short, kind=kind)


def told(**changes: str) -> dict[str, str]:
    """A sound answer of a PNS; changes go over it."""
    return {
        "name": "Siti Aminah, S.E.",
        "nik": nik(BORN, woman=True),
        "nip": nip(BORN, woman=True),
        "agency_text": "Kemenkes",
        "agency": "K16",
        "email": "siti.aminah@contoh.go.id",
        "username": "siti.aminah",
        "password": PASSWORD,
        "read": "1",
    } | changes


def send(here: Browser, kind: str = "pns", **changes: str) -> Any:
    return here.submit(f"/register?kind={kind}", **told(**changes))


def citizen(**changes: str) -> dict[str, str]:
    only = {"nip": "", "agency_text": "", "agency": "", "username": "wayan", "name": "I Wayan"}
    return told(**{**only, "email": "wayan@contoh.id", **changes})


def test_the_first_page_asks_what_describes_one() -> None:
    page = Browser().get("/register")
    assert 'method="get"' in page.content.decode()
    assert "Armed forces or police (TNI/Polri)" in text_of(page)
    assert Browser("id").get("/register").status_code == 200


@pytest.mark.parametrize(
    ("kind", "number", "agency"),
    [
        ("pns", "NIP", True),
        ("pppk", "NI PPPK", True),
        ("tni_polri", "NRP", True),
        ("citizen", "", False),
    ],
)
def test_each_type_is_asked_what_it_has(kind: str, number: str, agency: bool) -> None:
    html = Browser().get(f"/register?kind={kind}").content.decode()
    assert ('name="nip"' in html) is bool(number)
    assert f">{number}</label>" in html if number else "NIP</label>" not in html
    assert ('name="agency_text"' in html) is agency


@pytest.mark.parametrize("kind", ["", "king", "pns\0"])
def test_a_type_that_does_not_exist_is_asked_again(kind: str) -> None:
    answer = Browser().get("/register", {"kind": kind})
    assert answer.status_code == 422
    assert "Choose what describes you." in text_of(answer)


def test_registering_and_confirming_signs_in() -> None:
    here = Browser()
    answer = send(here)
    assert (answer.status_code, answer["Location"]) == (303, "/register/code")
    someone = Person.objects.get(username="siti.aminah")
    assert (someone.state, someone.agency, someone.language) == ("registered", "K16", "en")
    assert "s***@contoh.go.id" in text_of(here.get("/register/code"))
    answer = here.submit("/register/code", code=mailed_code(someone, "confirm_email"))
    assert (answer.status_code, answer["Location"]) == (303, "/")
    someone.refresh_from_db()
    assert someone.state == "contact_verified"
    assert here.session is not None
    assert (here.acr, here.session.methods) == (1, ("password", "email_code"))


def test_a_citizen_needs_only_the_nik() -> None:
    answer = Browser().submit("/register?kind=citizen", **citizen())
    assert answer.status_code == 303
    assert Person.objects.get(username="wayan").nip is None


def test_everything_wrong_is_said_at_once_and_nothing_typed_is_lost() -> None:
    answer = send(
        Browser(),
        name="Siti <b>",
        nik="327301",
        email="sіti@contoh.go.id",  # noqa: RUF001 - a Cyrillic letter
        username="1234567",
        password="password1234",
        read="",
    )
    page, html = text_of(answer), answer.content.decode()
    assert answer.status_code == 422
    for says in (
        "A name has letters",
        "NIK has 16 digits. You typed 6.",
        "letters of another script",
        "A username cannot be a number",
        "on the lists that attackers try first",
        "Read the privacy notice",
    ):
        assert says in page
    assert 'value="327301"' in html
    assert "password1234" not in html
    assert "For safety we did not keep the password" not in page
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("nik", "32730144O3900001", "can only have digits"),
        ("nik", "٣٢٧٣٠١٤٤٠٣٩٠٠٠٠١", "digits of another script"),
        ("nik", "3273013202900001", "no date of birth"),
        ("nik", "9" * 10_000, "at most"),
        ("name", "Siti\0", "cannot be seen"),
        ("name", "Siti \u202eanimA", "direction of text"),
        ("name", "S" * 10_000, "at most 100 characters"),
        ("nip", "199003042015", "NIP has 18 digits. You typed 12."),
        ("email", "not an address", "This is not an e-mail address."),
        ("username", "admin", "This username is reserved"),
        ("password", "short", "It needs at least 12."),
        ("password", "siti.aminah siti.aminah", "contains your own name"),
        ("agency", "Z99", "Choose one of the options"),
    ],
)
def test_each_wrong_answer_is_named_and_changes_nothing(field: str, value: str, says: str) -> None:
    answer = send(Browser(), **{field: value})
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert title_of(answer).startswith("Error:")
    assert not Person.objects.exists()


def test_a_taken_username_is_said() -> None:
    other = person()
    answer = send(Browser(), username=other.username)
    assert "This username is already taken." in text_of(answer)


def test_an_agency_is_found_without_scripts() -> None:
    here = Browser()
    answer = send(here, find="agency_text", agency_text="bogor", agency="")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="D3201"' in html
    assert 'value="D3271"' in html
    assert "Siti Aminah" in html
    assert PASSWORD not in html


@pytest.mark.parametrize(
    ("typed", "says"),
    [("bogor", "Several agencies fit. Choose yours."), ("atlantis", "No agency has such a name.")],
)
def test_a_text_that_fits_none_or_several_agencies_asks_again(typed: str, says: str) -> None:
    answer = send(Browser(), agency_text=typed, agency="")
    assert answer.status_code == 422
    assert says in text_of(answer)


def test_a_text_that_fits_one_agency_is_enough() -> None:
    assert send(Browser(), agency_text="kab bogor", agency="").status_code == 303
    assert Person.objects.get().agency == "D3201"


def test_a_closed_agency_is_not_offered() -> None:
    Agency.objects.filter(code="K16").update(closed_on=date(2020, 1, 1))
    assert send(Browser()).status_code == 422


def test_numbers_that_contradict_each_other_are_shown_once_and_can_be_confirmed() -> None:
    here = Browser()
    numbers = {"nik": nik(date(1985, 5, 5), woman=True)}
    answer = send(here, **numbers)
    assert answer.status_code == 422
    assert "name different dates of birth" in text_of(answer)
    assert "For safety we did not keep the password. Enter it once more." in text_of(answer)
    assert not Person.objects.exists()
    assert send(here, **numbers, compared="1").status_code == 303


def test_an_address_that_has_an_account_gets_the_same_pages() -> None:
    """Attack: find out who has an account by registering their address."""
    owner = person()
    here = Browser()
    answer = send(here, email=owner.email)
    assert (answer.status_code, answer["Location"]) == (303, "/register/code")
    page = text_of(here.get("/register/code"))
    assert f"{owner.email[0]}***@" in page
    assert here.submit("/register/code", code="000000").status_code == 422
    do_jobs("accounts.tell_holder")
    assert mails(owner) == ["already_registered"]


def test_sent_twice_the_second_takes_the_place_of_the_first() -> None:
    here, numbers = Browser(), {"nik": nik(BORN, woman=True)}
    assert send(here, **numbers).status_code == 303
    assert send(here, **numbers).status_code == 303
    someone = Person.objects.get()
    here.submit("/register/code", code=mailed_code(someone, "confirm_email"))
    assert here.acr == 1


def test_too_many_mails_keep_what_was_typed() -> None:
    here = Browser()
    answers = [send(here) for _ in range(11)]
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    assert "Siti Aminah" in answers[-1].content.decode()


def test_whoever_is_signed_in_has_an_account() -> None:
    assert Browser().sign_in(person()).get("/register")["Location"] == "/"


def test_a_form_without_its_token_is_refused() -> None:
    assert Browser().post("/register?kind=pns", told()).status_code == 403
    assert not Person.objects.exists()


def test_the_agencies_come_as_a_fragment_while_typing() -> None:
    html = Browser().get("/register/agencies?agency_text=bogor").content.decode()
    assert "<html" not in html
    assert 'name="agency"' in html
    assert "Pemerintah Daerah Kota Bogor" in html
    nothing = Browser().get("/register/agencies", {"agency_text": "<b>\0"}).content.decode()
    assert "<b>" not in nothing


def test_the_password_is_judged_while_it_is_typed() -> None:
    here = Browser()
    here.get("/register?kind=pns")
    weak = here.submit("/register/password-check", password="siti aminah 1990", name="Siti Aminah")
    assert "This password cannot be used yet." in text_of(weak)
    assert "This password can be used." in text_of(
        here.submit("/register/password-check", password=PASSWORD)
    )
    assert here.submit("/register/password-check", password="").content == b""
    assert "too long" in text_of(here.submit("/register/password-check", password="x" * 100_000))


def test_a_lost_code_page_leads_to_the_sign_in() -> None:
    here = Browser()
    assert here.get("/register/code")["Location"] == "/login"
    assert "If you have registered, sign in" in text_of(here.get("/login"))


def test_an_expired_code_is_replaced_by_a_new_one() -> None:
    here = Browser()
    send(here)
    someone = Person.objects.get()
    with later(minutes=11):
        answer = here.submit("/register/code", code=mailed_code(someone, "confirm_email"))
        assert "This code has expired." in text_of(answer)
        here.submit("/register/code/send")
        here.submit("/register/code", code=mailed_code(someone, "confirm_email"))
        assert here.acr == 1


def test_the_form_asks_the_database_nothing() -> None:
    here = Browser()
    with CaptureQueriesContext(connection) as asked:
        here.get("/register?kind=citizen")
    assert len(asked) == 0


def test_whose_account_was_locked_meanwhile_is_turned_away_after_the_code() -> None:
    someone, here = person("registered"), Browser()
    here.submit("/login", username=someone.username, password=PASSWORD)
    lock_account(actor=system_actor("tests"), person=someone.id, why="desk")
    here.submit("/login", username=someone.username, password=PASSWORD)
    answer = here.submit("/register/code", code=mailed_code(someone, "confirm_email"))
    assert (answer.status_code, answer["Location"]) == (303, "/login/locked")
    page = here.get("/login/locked")
    assert page.status_code == 403
    assert "Your account is locked" in text_of(page)
    assert "Welcome!" not in text_of(page)
    assert here.acr == 0
