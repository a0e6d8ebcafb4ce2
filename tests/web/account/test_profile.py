"""/account, /account/edit and /account/identity: what is kept about a person and how it changes."""

import pytest

from gapura.accounts.models import Person
from tests.accounts.people import nik
from tests.authentication.world import events, person
from tests.web.account.entering import entered
from tests.web.browser import text_of

pytestmark = pytest.mark.django_db


def test_numbers_are_masked_and_contacts_shown() -> None:
    someone = person(phone="+6281234567890")
    page = text_of(entered(someone).get("/account"))
    assert someone.nik not in page
    assert f"{someone.nik[:4]}••••••••••{someone.nik[-2:]}" in page
    assert "+6281234567890" not in page
    assert someone.email in page


def test_the_page_speaks_indonesian_too() -> None:
    page = entered(person(), language="id").get("/account").content.decode()
    assert '<html lang="id"' in page


def test_telephone_and_unit_change_and_the_values_before_are_told() -> None:
    someone = person(unit_text="Sekretariat")
    here = entered(someone)
    answer = here.submit("/account/edit", phone="0812 3456 7890", unit_text="Bagian Umum")
    assert (answer.status_code, answer["Location"]) == (303, "/account")
    someone.refresh_from_db()
    assert (someone.phone, someone.unit_text) == ("+6281234567890", "Bagian Umum")
    page = text_of(here.get("/account"))
    assert "Unit is now Bagian Umum. Before: Sekretariat." in page
    assert "Telephone is now +628••••••••90. Before: empty." in page


def test_an_empty_telephone_field_keeps_the_number_and_the_box_removes_it() -> None:
    someone = person(phone="+6281234567890")
    here = entered(someone)
    assert "Now: +628••••••••90" in text_of(here.get("/account/edit"))
    here.submit("/account/edit", phone="", unit_text="")
    someone.refresh_from_db()
    assert someone.phone == "+6281234567890"
    here.submit("/account/edit", phone="", unit_text="", remove_phone="1")
    someone.refresh_from_db()
    assert not someone.phone


@pytest.mark.parametrize("phone", ["12", "abc", "٠٨١٢٣٤٥٦٧٨٩٠", "1" * 41, "0812\u202e345678"])
def test_a_wrong_telephone_number_is_told_and_nothing_changes(phone: str) -> None:
    someone = person()
    here = entered(someone)
    answer = here.submit("/account/edit", phone=phone, unit_text="Bagian Umum")
    assert answer.status_code == 422
    assert "There is something to correct" in text_of(answer)
    assert "Bagian Umum" in answer.content.decode(), "what was typed is kept"
    someone.refresh_from_db()
    assert (someone.phone, someone.unit_text) == (None, "")
    assert events("accounts.profile.updated", someone) == []


def test_sent_twice_it_is_recorded_once() -> None:
    someone = person()
    here = entered(someone)
    for _ in range(2):
        here.submit("/account/edit", phone="", unit_text="Bagian Umum")
    assert len(events("accounts.profile.updated", someone)) == 1


def test_a_form_without_its_token_changes_nothing() -> None:
    """CSRF: another site sends the form in the person's name."""
    someone = person()
    answer = entered(someone).post("/account/edit", {"unit_text": "Penipu"})
    assert answer.status_code == 403
    assert Person.objects.get(pk=someone.pk).unit_text == ""


def test_name_and_numbers_can_be_corrected_until_they_are_verified() -> None:
    someone = person(state="needs_correction")
    here, new = entered(someone), nik()
    answer = here.submit("/account/identity", name="Rara Anggraini Putri", nik=new)
    assert (answer.status_code, answer["Location"]) == (303, "/requests")
    someone.refresh_from_db()
    assert (someone.name, someone.nik) == ("Rara Anggraini Putri", new)


def test_an_empty_nik_keeps_the_one_there_is() -> None:
    someone = person(state="contact_verified", nik=nik())
    entered(someone).submit("/account/identity", name="Rara Putri", nik="")
    before = someone.nik
    someone.refresh_from_db()
    assert (someone.name, someone.nik) == ("Rara Putri", before)


@pytest.mark.parametrize("wrong", ["32A", "3273" * 4, "٣٢٧٣٠١٠١٠١٩٠٠٠٠١"])
def test_a_wrong_nik_is_told_at_its_field(wrong: str) -> None:
    someone = person(state="needs_correction")
    answer = entered(someone).submit("/account/identity", name="Rara Putri", nik=wrong)
    assert answer.status_code == 422
    assert 'id="f-nik-error"' in answer.content.decode()
    assert Person.objects.get(pk=someone.pk).name == "Rara Anggraini"


@pytest.mark.parametrize("state", ["verified", "identity_pending"])
def test_verified_data_is_fixed_and_the_page_says_why(state: str) -> None:
    someone = person(state=state)
    answer = entered(someone).submit("/account/identity", name="Orang Lain", nik="")
    assert "Why your personal data is fixed" in text_of(answer)
    assert Person.objects.get(pk=someone.pk).name == "Rara Anggraini"
