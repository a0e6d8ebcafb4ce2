"""A form that arrives after the sign-in has ended comes back after the next one."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gapura.accounts.models import Person
from gapura.authentication.models import KeptForm
from tests.authentication.world import PASSWORD, later, mailed_code, person
from tests.web.browser import Browser, text_of, title_of

pytestmark = pytest.mark.django_db
PAGE = "/account/edit"


def _send_late(here: Browser, **data: Any) -> Any:
    """A form from a page that was open for too long."""
    token = here.cookies["csrf"].value
    with later(minutes=31):
        return here.post(
            PAGE,
            {"csrfmiddlewaretoken": token, **data},
            HTTP_REFERER=f"http://localhost{PAGE}",
        )


def _return(here: Browser, someone: Person, path: str) -> Any:
    with later(minutes=32):
        here.submit(path, username=someone.username, password=PASSWORD)
        return here.submit("/login/code", code=mailed_code(someone))


def test_it_is_shown_and_goes_on_where_it_was_sent() -> None:
    someone = person()
    here = Browser().sign_in(someone)
    here.get(PAGE)
    answer = _send_late(here, name="Rara Baru", unit_text="Bagian Umum")
    assert answer["Location"].startswith("/login?next=")
    with later(minutes=31):
        page = here.get(answer["Location"])
        assert title_of(page).startswith("Your sign-in has ended")
        assert "No page was opened or sent for 30 minutes" in text_of(page)
    back = _return(here, someone, answer["Location"])["Location"]
    assert back.startswith("/login/continue/")
    with later(minutes=33):
        page = here.get(back)
        assert "You were in the middle of this" in title_of(page)
        assert "Bagian Umum" in text_of(page)
        take = back.partition("?")[0] + "/take"
        answer = here.submit(take, name="Rara Baru", unit_text="Bagian Umum")
        assert (answer.status_code, answer["Location"]) == (307, PAGE)
        assert here.get(back).status_code == 404
        here.submit(PAGE, name="Rara Baru", unit_text="Bagian Umum")


def test_another_person_at_the_same_computer_does_not_get_it() -> None:
    """Attack: sign in at a shared computer after somebody else and read what they typed."""
    someone, other = person(), person()
    here = Browser().sign_in(someone)
    here.get(PAGE)
    answer = _send_late(here, name="Rahasia")
    reached = _return(here, other, answer["Location"])["Location"]
    assert "continue" not in reached
    with later(minutes=33):
        form = KeptForm.objects.get(person=someone).id
        assert here.get(f"/login/continue/{form}").status_code == 404
        assert here.submit(f"/login/continue/{form}/take").status_code == 404
        assert here.submit(f"/login/continue/{form}/discard").status_code == 404


def test_a_form_without_its_token_is_not_kept() -> None:
    """Attack: another site has something kept in an account whose sign-in has ended (CSRF)."""
    here = Browser().sign_in(person())
    with later(minutes=31):
        assert here.post(PAGE, {"name": "Planted"}).status_code == 403
    assert not KeptForm.objects.exists()


def test_files_are_said_to_be_missing() -> None:
    someone = person()
    here = Browser().sign_in(someone)
    here.get(PAGE)
    answer = _send_late(here, name="Rara", letter=SimpleUploadedFile("sk.pdf", b"%PDF"))
    back = _return(here, someone, answer["Location"])["Location"]
    with later(minutes=33):
        page = text_of(here.get(back))
    assert "Files were not kept" in page
    assert "sk.pdf" in page


def test_it_can_be_thrown_away() -> None:
    someone = person()
    here = Browser("id").sign_in(someone)
    here.get(PAGE)
    answer = _send_late(here, name="Rara")
    back = _return(here, someone, answer["Location"])["Location"].partition("?")[0]
    with later(minutes=33):
        assert here.submit(f"{back}/discard")["Location"] == "/"
    assert not KeptForm.objects.exists()


def test_whoever_goes_past_it_finds_it_among_the_tasks_at_home() -> None:
    someone = person()
    here = Browser().sign_in(someone)
    here.get(PAGE)
    answer = _send_late(here, name="Rara Baru", unit_text="Bagian Umum")
    back = _return(here, someone, answer["Location"])["Location"].partition("?")[0]
    with later(minutes=33):
        page = here.get("/")
        assert "Finish the form that we kept" in text_of(page)
        assert f'href="{back}"' in page.content.decode()
        here.submit(f"{back}/discard", back)
        assert "Finish the form that we kept" not in text_of(here.get("/"))
