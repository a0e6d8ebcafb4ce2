"""/account/password: the present one, then another one."""

import pytest

from tests.authentication import world
from tests.authentication.world import OTHER_PASSWORD, PASSWORD, mails, person
from tests.web.account.entering import entered
from tests.web.browser import SESSION, text_of

pytestmark = pytest.mark.django_db


def test_it_is_changed_the_others_are_signed_out_and_the_person_is_told() -> None:
    someone = person()
    elsewhere, here = entered(someone), entered(someone)
    before = here.cookies[SESSION].value
    answer = here.submit("/account/password", current=PASSWORD, new=OTHER_PASSWORD)
    assert (answer.status_code, answer["Location"]) == (303, "/account/security")
    assert here.cookies[SESSION].value != before
    assert "Your password is changed" in text_of(here.get("/account/security"))
    assert elsewhere.get("/account")["Location"].startswith("/login")
    assert mails(someone)[-1] == "password_changed"
    assert world.Browser().begin(someone.username, OTHER_PASSWORD).token


def test_a_wrong_present_password_is_told_at_its_field() -> None:
    answer = entered(person()).submit("/account/password", current="keliru", new=OTHER_PASSWORD)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'id="f-current-error"' in page
    assert "keliru" not in page
    assert OTHER_PASSWORD not in page


@pytest.mark.parametrize("weak", ["", "pendek", "password1234", "rara anggraini", PASSWORD])
def test_a_weak_or_used_one_is_refused_at_its_field(weak: str) -> None:
    someone = person()
    answer = entered(someone).submit("/account/password", current=PASSWORD, new=weak)
    assert answer.status_code == 422
    assert 'id="f-new-error"' in answer.content.decode()
    assert world.Browser().begin(someone.username, PASSWORD).token


def test_while_typing_the_fragment_says_how_good_it_is() -> None:
    here = entered(person())
    weak = here.submit("/account/password/check", page="/account/password", new="rara anggraini")
    good = here.submit("/account/password/check", new=OTHER_PASSWORD)
    assert "cannot be used yet" in text_of(weak)
    assert "can be used" in text_of(good)
    assert "<html" not in good.content.decode()


def test_the_password_manager_is_told_whose_it_is() -> None:
    someone = person()
    page = entered(someone).get("/account/password").content.decode()
    assert f'value="{someone.username}" autocomplete="username" hidden' in page
