"""D19: the time tells nobody who has an account: nobody costs as many statements as somebody.

How long they take is measured by `bench/run enumeration`.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest

from gapura.accounts.models import Person
from gapura.kernel import clock
from tests.authentication.world import mails, person, with_app
from tests.web.browser import Browser
from tests.web.statements import statements

pytestmark = pytest.mark.django_db


def _with_app() -> Person:
    found = person()
    with_app(found)
    return found


# Whoever could be asked about, in the two ways to name them; and nobody.
PEOPLE: Mapping[str, Callable[[], str]] = {
    "username": lambda: person().username,
    "with an app": lambda: _with_app().username,
    "unconfirmed": lambda: person("registered").username,
    "suspended": lambda: person("suspended").username,
    "closed": lambda: person("closed").username,
    "address": lambda: person().email,
    "unconfirmed address": lambda: person("registered").email,
    "closed address": lambda: person("closed").email,
}
WAYS: Mapping[str, Callable[[str], dict[str, str]]] = {
    "/recover": lambda name: {"login": name},
    "/recover/lost": lambda name: {"login": name, "mailbox": "yes"},
    "/recover/return": lambda name: {"login": name},
}


def nobody_like(name: str) -> str:
    """A name of the same sort that is nobody's."""
    return "nobody99@example.go.id" if "@" in name else "nobody99"


def walk(path: str, name: str) -> list[tuple[int, list[str]]]:
    """The form, a wrong code, no code at all, a new code: what each of them asks."""
    here = Browser()
    here.get(path)
    asked = [statements(here, path, **WAYS[path](name))]
    code = f"{path}/code"
    asked.append(statements(here, code, code="000000"))
    asked.append(statements(here, code, code=""))
    asked.append(statements(here, "/recover/code/send", code))
    asked.append(statements(here, code, code="999999"))
    return asked


@pytest.mark.parametrize("path", WAYS)
@pytest.mark.parametrize("sort", PEOPLE)
def test_d19_nobody_costs_as_many_statements_as_somebody(path: str, sort: str) -> None:
    """Attack: measure the time. A statement more is half a millisecond, a rollback several."""
    name = PEOPLE[sort]()
    known, unknown = walk(path, name), walk(path, nobody_like(name))
    assert known == unknown
    assert "ROLLBACK" not in [one for _, asked in known for one in asked]


@pytest.mark.parametrize("device", [False, True], ids=["a stranger's", "somebody's"])
def test_d19_asking_without_a_mailbox_costs_the_same_for_nobody(device: bool) -> None:
    """Attack: measure the time where a device of somebody else is at hand, or none."""
    someone, asked = person(), []
    for name in (someone.username, "nobody99"):
        here = Browser()
        if device:
            here.sign_in(person())
            here.submit("/logout", "/account")
        here.get("/recover/lost")
        form = {"login": name, "mailbox": "no", "story": "Semua hilang di perjalanan."}
        asked.append(statements(here, "/recover/lost", **form))
    assert asked[0] == asked[1]


def test_d19_a_full_mailbox_costs_the_same_as_a_full_name_that_nobody_has() -> None:
    """Attack: have strangers fill a mailbox, then measure whether there was one."""
    someone, asked = person(), []
    with clock.frozen((clock.now() + timedelta(hours=1)).replace(minute=1)):
        for name in (someone.username, "nobody99"):
            for number in range(4):
                here = Browser(ip=f"192.0.2.{number + 1}")
                for _ in range(5):
                    assert here.submit("/recover", login=name).status_code == 303
            asked.append(walk("/recover", name))
        assert len(mails(someone)) == 20
    assert asked[0] == asked[1]
