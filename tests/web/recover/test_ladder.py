"""/recover/help and below: every rung leads on, nothing tells who has an account."""

import pytest

from gapura.accounts.models import Person
from gapura.authentication.models import Recovery
from gapura.kernel import clock
from tests.authentication.recovering import (
    ask_by_mail,
    code_to_return,
    named,
    second,
    stop_link,
    vouch,
    waiting,
)
from tests.authentication.world import OTHER_PASSWORD, mailed_code, person
from tests.personas import ClientFor
from tests.web.browser import Browser, text_of, title_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("personas")]
LOST = "/recover/lost"


def test_the_sign_in_page_leads_to_the_ladder_and_each_rung_exists() -> None:
    here = Browser()
    assert "/recover/help" in here.get("/login").content.decode()
    page = here.get("/recover/help")
    assert "What do you still have?" in title_of(page)
    for address in ("/login", "/recover", LOST, "/recover/return"):
        assert f'href="{address}"' in page.content.decode()
        assert here.get(address).status_code == 200


@pytest.mark.parametrize("login", ["ppk", "nobody-known", "ppk@contoh.go.id", "x@contoh.id"])
def test_asking_without_a_mailbox_says_the_same_for_every_name(login: str) -> None:
    """Attack: find out which names have an account."""
    here = Browser()
    answer = here.submit(LOST, login=login, mailbox="no", story="Semua hilang di perjalanan.")
    assert (answer.status_code, answer["Location"]) == (303, "/recover/asked")
    assert "For safety we do not say whether there is one" in text_of(here.get("/recover/asked"))


@pytest.mark.parametrize("login", ["ppk", "nobody-known"])
def test_asking_with_a_mailbox_looks_the_same_for_every_name(login: str) -> None:
    here = Browser()
    answer = here.submit(LOST, login=login, mailbox="yes")
    assert (answer.status_code, answer["Location"]) == (303, "/recover/lost/code")
    wrong = here.submit("/recover/lost/code", code="000000")
    assert wrong.status_code == 422
    assert "The code is not right." in text_of(wrong)
    assert here.submit("/recover/code/send", "/recover/lost/code")["Location"] == (
        "/recover/lost/code"
    )


def test_what_is_missing_is_said_at_its_field() -> None:
    here = Browser()
    answer = here.submit(LOST, login="", mailbox="")
    assert answer.status_code == 422
    assert "Say whether you still read mail" in text_of(answer)
    answer = here.submit(LOST, login="ppk", mailbox="no", story="")
    assert answer.status_code == 422
    assert "Tell in a few words what happened" in text_of(answer)


def test_the_whole_way_back_at_the_browser() -> None:
    ppk, here = named("ppk"), Browser()
    here.submit(LOST, login="ppk", mailbox="yes")
    answer = here.submit("/recover/lost/code", code=mailed_code(ppk, "recover"))
    assert answer["Location"] == "/recover/asked"
    row = Recovery.objects.get(person=ppk)
    slip = vouch(row)
    second(row)
    row.refresh_from_db()
    assert row.ready_at is not None
    with clock.frozen(row.ready_at):
        here.submit("/recover/return", login="ppk")
        answer = here.submit("/recover/return/code", code=code_to_return(row))
        assert answer["Location"] == "/recover/return/slip"
        wrong = here.submit("/recover/return/slip", code="AAAAAAAAAA")
        assert wrong.status_code == 422
        assert "4 more tries" in text_of(wrong)
        answer = here.submit("/recover/return/slip", code=slip)
        assert answer["Location"] == "/recover/return/password"
        answer = here.submit("/recover/return/password", password="pengadaan2026")
        assert answer.status_code == 422
        answer = here.submit("/recover/return/password", password=OTHER_PASSWORD)
        assert (answer.status_code, answer["Location"]) == (303, "/login")
        assert "all other ways to sign in were taken away" in text_of(here.get("/login"))


def test_too_early_is_said_with_what_to_do() -> None:
    row, _ = waiting()
    here = Browser()
    here.submit("/recover/return", login="ppk")
    answer = here.submit("/recover/return/code", code=code_to_return(row))
    assert answer["Location"] == "/recover/return"
    assert "It is too early" in text_of(here.get("/recover/return"))


def test_opening_the_link_stops_nothing_and_the_button_does() -> None:
    """Mail scanners open links."""
    row = ask_by_mail(named("ppk"))
    address, here = f"/recover/stop/{stop_link(row)}", Browser()
    assert "It was not me: stop it" in text_of(here.get(address))
    row.refresh_from_db()
    assert row.state == "asked"
    assert "It is stopped" in text_of(here.submit(address))
    row.refresh_from_db()
    assert row.state == "stopped"
    assert "There is nothing to stop" in text_of(here.get(address))


def test_a_made_up_link_says_nothing() -> None:
    here = Browser()
    assert "There is nothing to stop" in text_of(here.get("/recover/stop/" + "x" * 43))


def test_the_owner_sees_and_stops_it_when_signed_in(client_for: ClientFor) -> None:
    row = ask_by_mail(named("ppk"))
    page = client_for("ppk").get("/account/recovery")
    assert row.reference in page.content.decode()
    assert row.reference not in client_for("pp").get("/account/recovery").content.decode()
    client_for("ppk").post("/account/recovery")
    row.refresh_from_db()
    assert row.state == "stopped"


def test_only_the_mailbox_leads_to_the_page_that_says_until_when() -> None:
    someone: Person = person()
    here = Browser()
    here.submit("/recover", login=someone.username)
    answer = here.submit("/recover/code", code=mailed_code(someone, "reset"))
    assert answer["Location"] == "/recover/wait"
    assert "For safety we wait a day" in text_of(here.get("/recover/wait"))
    assert here.get("/recover/password")["Location"] == "/recover"


def test_without_a_beginning_every_page_leads_to_its_beginning() -> None:
    here = Browser()
    for path, start in (
        ("/recover/lost/code", LOST),
        ("/recover/return/code", "/recover/return"),
        ("/recover/return/slip", "/recover/return"),
        ("/recover/return/password", "/recover/return"),
        ("/recover/wait", "/recover"),
    ):
        assert here.get(path)["Location"] == start


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_opens_in_both_languages(language: str) -> None:
    row = ask_by_mail(named("ppk"))
    here = Browser(language)
    link = f"/recover/stop/{stop_link(row)}"
    for path in ("/recover/help", LOST, "/recover/asked", "/recover/return", link):
        page = here.get(path)
        assert page.status_code == 200
        assert f'<html lang="{language}"' in page.content.decode()
        assert b"%(" not in page.content
