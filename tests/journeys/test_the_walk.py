"""The walk in a real browser: from registration to signed-in work, and to the log that tells it.

In both languages, with and without scripts, on a phone and on a desk: each is in one of two walks,
the other six are slow. Everything is real: the server, the worker, the mails,
the codes. On every page axe, the width, the heading and the browser's own complaints are looked at.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys import applying, working
from tests.journeys.conftest import Phones, SignedIn
from tests.journeys.newcomer import Newcomer
from tests.journeys.stage import Stage
from tests.journeys.visitor import Mode, Visitor, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MODES = [
    Mode("id", True, 360),
    Mode("en", False, 1280),
    pytest.param(Mode("id", False, 1280), marks=pytest.mark.slow),
    pytest.param(Mode("en", True, 1280), marks=pytest.mark.slow),
    pytest.param(Mode("en", False, 360), marks=pytest.mark.slow),
    pytest.param(Mode("id", True, 1280), marks=pytest.mark.slow),
    pytest.param(Mode("id", False, 360), marks=pytest.mark.slow),
    pytest.param(Mode("en", True, 360), marks=pytest.mark.slow),
]
MOST_REQUESTS, MOST_BYTES = 10, 60 * 1024


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_the_walk(
    mode: Mode,
    chrome: "Browser",
    stage: Stage,
    signed_in: SignedIn,
    product: str,
    tmp_path: Path,
) -> None:
    person = Newcomer()

    def as_(username: str) -> Any:
        return visiting(chrome, stage, mode, signed_in(username))

    with visiting(chrome, stage, mode) as me:
        applying.arrive(me)
        applying.register(me, person)
        applying.confirm_address(me, person)
        reference = applying.ask_for_access(me, tmp_path)
        with as_("verifikator") as verifier:
            applying.take_request(verifier, person, reference)
            applying.send_back(verifier)
        applying.correct(me, person, reference)
        with as_("verifikator2") as verifier:
            applying.take_request(verifier, person, reference)
            applying.approve(verifier)
        phone = applying.activate(me, person, reference)
        working.work_in_the_catalog(me, product)
        working.update_profile(me, person)
        me.open("/")
        me.sign_out()
        me.heading("You have signed out")
        number = working.contact_the_administrator(me, person)
        with as_("helpdesk") as helpdesk:
            working.answer_the_question(helpdesk, person, number)
        working.forget_the_password(me, person, phone)
        working.sign_in_with_the_app(me, person, phone)
        working.sign_out_everywhere(me)
    with as_("admin") as admin:
        working.read_the_log(admin, person, reference)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["/", "/login", "/register"])
def test_a_first_visit_is_light(chrome: "Browser", stage: Stage, path: str, width: int) -> None:
    with visiting(chrome, stage, Mode("id", True, width)) as me:
        answers: list[Any] = []

        def keep(answer: Any) -> None:
            answers.append(answer)

        me.page.on("response", keep)
        me.page.goto(stage.url + path, wait_until="networkidle")
        sizes = [answer.request.sizes() for answer in answers]
        assert len(sizes) <= MOST_REQUESTS
        assert sum(s["responseBodySize"] + s["responseHeadersSize"] for s in sizes) <= MOST_BYTES
        assert me.complaints == []


def test_sign_in_needs_no_mouse(chrome: "Browser", stage: Stage, phones: Phones) -> None:
    person = stage.personas["pp"]
    with visiting(chrome, stage, Mode("en", True, 1280)) as me:
        me.speak("en")
        me.open("/")
        tab_to(me, "Sign in")
        me.page.keyboard.press("Enter")
        me.page.wait_for_url("**/login")
        tab_to(me, "username")
        me.page.keyboard.type(person["username"])
        me.page.keyboard.press("Tab")
        me.page.keyboard.type(person["password"])
        me.page.keyboard.press("Enter")
        me.page.wait_for_url("**/login/code")
        tab_to(me, "code")
        me.page.keyboard.type(phones("pp").code())
        me.page.keyboard.press("Enter")
        me.page.wait_for_url(f"{stage.url}/")
        me.reads("As %(role)s you may %(may)s.", **me.role("pp"))


def tab_to(me: Visitor, name: str) -> None:
    """Press Tab until the focus, which must be visible, is on what has this name or these words."""
    for _ in range(40):
        me.page.keyboard.press("Tab")
        focus = me.page.evaluate(FOCUS)
        assert focus["outlined"], f"nobody sees that the focus is on {focus['said']}"
        if name in (focus["name"], focus["said"]):
            return
    raise AssertionError(f"{name} can't be reached with the keyboard")


FOCUS = """() => {
  const at = document.activeElement, style = getComputedStyle(at);
  return {name: at.getAttribute("name"), said: at.innerText?.trim(),
          outlined: style.outlineStyle !== "none" || style.boxShadow !== "none"};
}"""


def test_a_change_of_role_changes_what_is_there(
    chrome: "Browser", stage: Stage, phones: Phones
) -> None:
    with visiting(chrome, stage, Mode("id", False, 1280)) as me:
        # A sign-in of its own: each change gives the session another token.
        me.sign_in("ppk", stage.personas["ppk"]["password"], phones("ppk").code())
        for role, lang in (("pp", "id"), ("ppk", "en")):
            me.speak(lang)
            me.open("/")
            others = me.page.locator(".gp-acting")
            others.locator("summary").click()
            me.click(others.get_by_role("button", name=me.role(role)["role"]))
            me.reads("As %(role)s you may %(may)s.", **me.role(role))
