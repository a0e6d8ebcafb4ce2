"""A sign-in asks the database little, and as much for a name that nobody has."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.accounts.models import Person
from gapura.authentication.queries.rules import all_sign_in_rules
from gapura.kernel import clock
from tests.authentication.world import PASSWORD, app_code, later, person, with_app
from tests.web.browser import Browser

pytestmark = pytest.mark.django_db
FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
WRONG = "not the password at all"


def asked(act: Callable[[], object]) -> list[str]:
    """The first two words of each statement, without those that only frame others."""
    all_sign_in_rules()
    with CaptureQueriesContext(connection) as sent:
        act()
    words = [query["sql"].split()[:2] for query in sent]
    return [" ".join(pair) for pair in words if not pair[0].startswith(FRAME)]


def known(someone: Person, secret: str) -> Browser:
    """A browser that this person has signed in with an hour ago, and out again."""
    here = Browser().sign_in(someone, secret)
    here.submit("/logout", "/account")
    return here


def test_a_sign_in_on_a_known_device_takes_few_statements() -> None:
    someone = person()
    secret = with_app(someone)
    here = known(someone, secret)
    with later(minutes=2):
        here.get("/login")
        entry = {"username": someone.username, "password": PASSWORD}
        assert len(asked(lambda: here.submit("/login", **entry))) <= 4
        assert len(asked(lambda: here.get("/login/code"))) <= 1
        code = app_code(secret)
        assert len(asked(lambda: here.submit("/login/code", code=code))) <= 7
        assert here.acr == 2
        assert len(asked(lambda: here.get("/"))) <= 6


@pytest.mark.parametrize("device", [False, True], ids=["a stranger's", "a known"])
def test_d19_a_wrong_password_takes_as_many_statements_as_an_unknown_name(device: bool) -> None:
    """Attack: measure the time, on any device, to learn who has an account."""
    someone, other = person(), person()
    here = known(other, with_app(other)) if device else Browser()
    here.get("/login")
    names = (someone.username, someone.email, "nobody99", "nobody99@example.go.id")

    def tried(name: str) -> list[str]:
        return asked(lambda: here.submit("/login", username=name, password=WRONG))

    taken = [tried(name) for name in names]
    assert taken[0] == taken[2]
    assert taken[1] == taken[3]
    assert taken[0] == taken[1]


def test_an_address_in_capital_letters_finds_its_account() -> None:
    someone = person()
    here = Browser()
    here.submit("/login", username=someone.email.upper(), password=PASSWORD)
    assert here.session is not None
    assert here.session.person == someone.id
    assert clock.now() >= here.session.created_at
