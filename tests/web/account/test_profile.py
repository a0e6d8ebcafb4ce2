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


def test_the_unit_changes_and_the_value_before_is_told() -> None:
    someone = person(unit_text="Sekretariat")
    here = entered(someone)
    answer = here.submit("/account/edit", unit_text="Bagian Umum")
    assert (answer.status_code, answer["Location"]) == (303, "/account")
    someone.refresh_from_db()
    assert someone.unit_text == "Bagian Umum"
    page = text_of(here.get("/account"))
    assert "Unit is now Bagian Umum. Before: Sekretariat." in page


def test_a_wrong_unit_is_told_and_kept_in_the_form() -> None:
    someone = person()
    answer = entered(someone).submit("/account/edit", unit_text="Bagian\u202eUmum")
    assert answer.status_code == 422
    assert "There is something to correct" in text_of(answer)
    assert events("accounts.profile.updated", someone) == []


def test_sent_twice_it_is_recorded_once() -> None:
    someone = person()
    here = entered(someone)
    for _ in range(2):
        here.submit("/account/edit", unit_text="Bagian Umum")
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
    assert (answer.status_code, answer["Location"]) == (303, "/account/identity")
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
