"""The letters in a real browser: entered, checked, confirmed, asked about, renewed, ended.

Everything is real: the server, the worker, the mails, the codes. On every page axe, the width,
the heading and the browser's own complaints are looked at.
"""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journeys import applying, asking, identifying, lettering
from tests.journeys.conftest import SignedIn
from tests.journeys.lettering import Letter
from tests.journeys.stage import Stage
from tests.journeys.visitor import Mode, Visitor, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# On a phone with scripts, which axe needs; the other ways are slow.
MODES = [
    Mode("id", True, 360),
    pytest.param(Mode("en", False, 1280), marks=pytest.mark.slow),
    pytest.param(Mode("en", True, 1280), marks=pytest.mark.slow),
    pytest.param(Mode("id", False, 360), marks=pytest.mark.slow),
]


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_the_letters(
    mode: Mode, chrome: "Browser", stage: Stage, signed_in: SignedIn, tmp_path: Path
) -> None:
    person = identifying.disputed_person()
    letter, after = Letter(person), Letter(person, days=200, prefix="822")

    def as_(username: str) -> AbstractContextManager[Visitor]:
        return visiting(chrome, stage, mode, signed_in(username))

    with visiting(chrome, stage, mode) as officer:
        applying.arrive(officer)
        applying.register(officer, person)
        applying.confirm_address(officer, person)
        identifying.send_a_document(officer, tmp_path)
        with as_("admin_instansi") as keeper:
            identifying.compare_it(keeper, person)
            lettering.enter(keeper, letter, tmp_path)
            first = lettering.name_the_deputy(keeper, letter)
            lettering.name_from_a_file(keeper, first, letter, tmp_path)
            lettering.tell_the_checkers(keeper, first)
        with as_("verifikator") as verifier, as_("verifikator2") as other:
            lettering.check(verifier, first)
            lettering.confirm(officer)
            asking.what_is_needed(officer)
            asking.why_they_can(verifier, person)
            asking.who_could(verifier, person, letter)
            second = lettering.renew(verifier, letter, after, tmp_path)
            lettering.check(other, second)
            lettering.replace(verifier, first, letter, after)
            lettering.acts_no_more(officer)
            lettering.offboard(other, person)
            lettering.revoke(other, second, after)
