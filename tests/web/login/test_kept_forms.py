"""A form that arrives after the sign-in has ended comes back after the next one."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver

from gapura.accounts.models import Person
from gapura.authentication.models import KeptForm
from gapura.web.shell.kept import DRAFTS
from tests.authentication.world import PASSWORD, later, mailed_code, person
from tests.web.browser import Browser, text_of, title_of

pytestmark = pytest.mark.django_db
PAGE = "/account/edit"
# Workers that share the tests have to name them alike.
SOME = "01a208b2-4ed0-75a9-b45b-3f8997cd5498"


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


def _planted(here: Browser, path: str, page: str = PAGE, **data: str) -> None:
    """A form from somebody who found the computer with its owner's dead cookie."""
    with later(minutes=31):
        here.get("/")
        token = here.cookies["csrf"].value
        sent = {"csrfmiddlewaretoken": token, **data}
        answer = here.post(path, sent, HTTP_REFERER=f"http://localhost{page}")
        assert answer["Location"].startswith("/login")


@pytest.mark.parametrize("path", [f"/requests/{SOME}/approve", f"/orders/{SOME}/sign"])
def test_a_planted_decision_is_shown_as_what_it_is_and_never_sent(path: str) -> None:
    """Attack: plant an approval under the name of a harmless page, for its owner to send."""
    someone = person()
    here = Browser().sign_in(someone)
    _planted(here, path, note="Everything was checked")
    back = _return(here, someone, "/login")["Location"].partition("?")[0]
    with later(minutes=33):
        page = here.get(back)
        shown, html = text_of(page), page.content.decode()
        assert path in shown, "the address that it goes to, not the one it claims to come from"
        assert PAGE not in shown
        assert "Everything was checked" in shown, "to be copied"
        assert "Continue and send it" not in shown
        assert f"{back}/take" not in html
        answer = here.submit(f"{back}/take", back, note="Everything was checked")
        assert answer.status_code == 404
        assert "Location" not in answer
        assert KeptForm.objects.filter(person=someone).exists(), "nothing happened to it"


def test_a_draft_is_shown_under_the_title_of_its_own_page() -> None:
    """Attack: plant a request for a role that claims to be a change of one's unit."""
    someone = person()
    here = Browser().sign_in(someone)
    _planted(here, "/requests/new?x=1", role="admin_platform")
    back = _return(here, someone, "/login")["Location"].partition("?")[0]
    with later(minutes=33):
        shown = text_of(here.get(back))
    assert "Which role do you need?" in shown
    assert "/requests/new?x=1" in shown
    assert PAGE not in shown
    assert "If you did not type this, throw it away" in shown


@pytest.mark.parametrize(
    "path",
    [
        "/account/email",
        "/account/phone",
        "/account/backup-codes",
        f"/account/passkeys/{SOME}/remove",
        "/account/totp/remove",
        "/login/step-up",
        "/account/recovery",
    ],
)
def test_nothing_that_changes_how_somebody_gets_in_is_kept(path: str) -> None:
    """Attack: plant the thief's own address, for the owner to send with a fresh proof."""
    here = Browser().sign_in(person())
    _planted(here, path, email="pencuri@contoh.go.id", phone="081355577009", name="x")
    assert not KeptForm.objects.exists()


def test_every_page_whose_form_goes_on_by_itself_is_there_and_is_no_decision() -> None:
    """A page that is renamed, or that begins to decide, falls out of the table aloud."""
    rows: Any = get_resolver().url_patterns
    pages: dict[str, Any] = {row.name: row.callback.page for row in rows}
    assert set(DRAFTS) <= set(pages)
    for name in DRAFTS:
        verb = pages[name].permission.rpartition(".")[2]
        assert verb in {"see", "submit", "draft", "save"}, name
        assert "POST" in pages[name].methods
        assert not pages[name].route.endswith("/submit")
