"""D19: registering tells nobody whose address has an account: both cost the same statements.

How long they take is measured by `bench/run enumeration`.
"""

from collections.abc import Callable, Mapping

import pytest

from gapura.organizations.models import Agency
from tests.authentication.world import person
from tests.web.browser import Browser
from tests.web.register.test_register import told
from tests.web.statements import statements

pytestmark = pytest.mark.django_db

PEOPLE: Mapping[str, Callable[[], str]] = {
    "verified": lambda: person().email,
    "unconfirmed": lambda: person("registered").email,
    "suspended": lambda: person("suspended").email,
    "closed": lambda: person("closed").email,
}


def walk(email: str, username: str) -> list[tuple[int, list[str]]]:
    """The form, a wrong code, and a new code: what each of them asks."""
    here, code = Browser(), "/register/code"
    here.get("/register?kind=pns")
    asked = [statements(here, "/register?kind=pns", **told(email=email, username=username))]
    asked.append(statements(here, code, code="000000"))
    asked.append(statements(here, "/register/code/send", code))
    return asked


@pytest.mark.parametrize("sort", PEOPLE)
def test_d19_a_taken_address_costs_the_statements_of_a_free_one(sort: str) -> None:
    """Attack: register somebody's address and measure the time. The mail to the owner is a job's
    work, and the job is there for everybody."""
    Agency.objects.create(code="K16", name="Kesehatan", short="Kemenkes", kind="ministry")
    known = walk(PEOPLE[sort](), "siti.satu")
    unknown = walk("siapa.pun@contoh.go.id", "siti.dua")
    assert known == unknown
    assert [status for status, _ in known] == [303, 422, 303]
    assert "ROLLBACK" not in [one for _, asked in known for one in asked]
