"""The pages of one's passkeys, and signing in with one, as forms send it."""

import json
from typing import Any

import pytest

from gapura.accounts.models import Person
from gapura.authentication.models import Passkey
from tests.authentication.authenticator import UP, Authenticator
from tests.authentication.world import PASSWORD, mailed_code, person
from tests.web.browser import SESSION, Browser, text_of

pytestmark = pytest.mark.django_db

LIST, NEW = "/account/passkeys", "/account/passkeys/new"


def begin(browser: Browser, path: str, page: str = LIST, **data: Any) -> dict[str, Any]:
    """The options that the page's script gets."""
    answer = browser.submit(path, page=page, **data)
    assert answer.status_code == 200, answer.content
    options: dict[str, Any] = json.loads(answer.content)["options"]
    return options


def signed_in() -> tuple[Person, Browser]:
    who = person()
    return who, Browser().sign_in(who)


def with_key() -> tuple[Person, Browser, Authenticator]:
    who, browser = signed_in()
    key = Authenticator()
    options = begin(browser, f"{NEW}/begin", name="Laptop")
    sheet = browser.submit(NEW, name="Laptop", answer=key.make(options))
    assert "Save your backup codes" in text_of(sheet)
    return who, browser, key


def test_adding_one_shows_backup_codes_once_and_then_the_list() -> None:
    _, browser, _ = with_key()
    assert browser.acr == 3
    page = browser.get(LIST)
    assert "Laptop" in text_of(page)
    assert "Only on this device or key" in text_of(page)
    assert "1 passkey" in text_of(browser.get("/account/security"))


def test_a_second_one_goes_straight_on() -> None:
    _, browser, _ = with_key()
    key = Authenticator()
    options = begin(browser, f"{NEW}/begin", name="Phone")
    answer = browser.submit(NEW, name="Phone", answer=key.make(options))
    assert (answer.status_code, answer["Location"]) == (303, LIST)


def test_the_name_is_looked_at_before_the_device_keeps_anything() -> None:
    _, browser = signed_in()
    answer = browser.submit(f"{NEW}/begin", page=LIST, name="")
    assert answer.status_code == 422
    assert json.loads(answer.content)["problem"]


@pytest.mark.parametrize("answer", ["", "{}", "[" * 5000, "x" * 20_000, "\0"])
def test_garbage_is_told_on_the_form_and_what_was_typed_stays(answer: str) -> None:
    _, browser = signed_in()
    begin(browser, f"{NEW}/begin", name="Laptop")
    page = browser.submit(NEW, name="Blue key", answer=answer)
    assert page.status_code == 422
    assert 'value="Blue key"' in page.content.decode()
    assert not Passkey.objects.exists()


def test_without_scripts_the_pages_say_what_is_missing() -> None:
    _, browser = signed_in()
    for path in (NEW, "/logout"):
        page = browser.get(path)
        assert ("Passkeys need JavaScript" in page.content.decode()) is (path == NEW)
    assert "Passkeys need JavaScript" in Browser().get("/login").content.decode()


def test_signing_in_with_nothing_but_a_passkey() -> None:
    _, _, key = with_key()
    browser = Browser()
    options = begin(browser, "/login/passkey/begin", page="/login")
    lent = browser.cookies[SESSION]
    assert int(lent["max-age"]) <= 1800
    answer = browser.submit("/login/passkey?next=/account", answer=key.use(options))
    assert (answer.status_code, answer["Location"], browser.acr) == (303, "/account", 3)


def test_the_password_form_works_on_after_options_were_asked_for() -> None:
    who, browser = person(), Browser()
    begin(browser, "/login/passkey/begin", page="/login")
    answer = browser.submit("/login", username=who.username, password=PASSWORD)
    assert answer["Location"] == "/login/code"
    browser.submit("/login/code", code=mailed_code(who))
    assert browser.acr == 1


def test_a_wrong_and_an_unknown_passkey_get_the_same_answer() -> None:
    _, _, known = with_key()
    known.flags = UP
    pages = []
    for key in (known, Authenticator(handle=bytes(16))):
        browser = Browser()
        options = begin(browser, "/login/passkey/begin", page="/login")
        answer = browser.submit("/login/passkey", answer=key.use(options))
        pages.append((answer.status_code, answer["Location"], text_of(browser.get("/login"))))
    assert pages[0] == pages[1]
    assert "The passkey was not accepted" in pages[0][2]


def test_the_second_factor_and_a_step_up_take_it_on_their_pages() -> None:
    who, _, key = with_key()
    browser = Browser()
    browser.submit("/login", username=who.username, password=PASSWORD)
    assert "Confirm with your passkey" in text_of(browser.get("/login/code"))
    wrong = browser.submit("/login/code", code="{}")
    assert wrong.status_code == 422
    assert "The passkey was not accepted" in text_of(wrong)
    options = begin(browser, "/login/code/passkey", page="/login/code")
    browser.submit("/login/code", code=key.use(options))
    assert browser.acr == 3
    browser.get("/login/step-up?next=/account")
    options = begin(browser, "/login/step-up/passkey", page="/login/step-up")
    answer = browser.submit("/login/step-up?next=/account", code=key.use(options))
    assert answer["Location"] == "/account"


def test_renaming_and_removing_twice_end_on_the_list() -> None:
    _, browser, _ = with_key()
    one = f"{LIST}/{Passkey.objects.get().id}"
    assert browser.submit(f"{one}/rename", name="").status_code == 422
    assert browser.submit(f"{one}/rename", name="Phone")["Location"] == LIST
    assert "Phone" in text_of(browser.get(LIST))
    assert "your last strong way" in text_of(browser.get(f"{one}/remove"))
    for _ in range(2):
        assert browser.submit(f"{one}/remove", page=LIST)["Location"] == LIST
    assert "You have no passkey yet" in text_of(browser.get(LIST))
    assert browser.get(f"{one}/remove").status_code == 404


def test_another_persons_passkey_is_not_there() -> None:
    with_key()
    _, browser = signed_in()
    one = f"{LIST}/{Passkey.objects.get().id}"
    assert browser.get(f"{one}/rename").status_code == 404
    assert browser.submit(f"{one}/remove", page=LIST)["Location"] == LIST
    assert Passkey.objects.count() == 1


def test_a_deed_that_is_none_gets_no_options() -> None:
    _, browser, _ = with_key()
    path = f"{LIST}/deed"
    assert browser.submit(path, page=LIST, digest="x", deed="y").status_code == 404
    assert begin(browser, path, digest="0" * 64, deed="purchasing.order.sign")["challenge"]
