"""With every authority down: what needs none goes on, the rest says when to come back; then up."""

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys import buying, founding
from tests.journeys.conftest import Phones, SignedIn
from tests.journeys.newcomer import Goods, Owner
from tests.journeys.stage import Stage
from tests.journeys.visitor import Mode, Visitor, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MODES = [
    Mode("en", False, 1280),
    pytest.param(Mode("id", True, 360), marks=pytest.mark.slow),
]
BACK_SECONDS, EACH_SECONDS = 180, 2


@pytest.fixture
def silence(stage: Stage) -> Iterator[Stage]:
    """Every authority says that it is being maintained; in the end all are back."""
    stage.play("down")
    yield stage
    stage.play("up")


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_with_every_authority_down(
    mode: Mode,
    chrome: "Browser",
    silence: Stage,
    signed_in: SignedIn,
    phones: Phones,
    product: str,
) -> None:
    owner = Owner()
    with visiting(chrome, silence, mode) as citizen:
        founding.register_citizen(citizen, owner)
        hear_that_nobody_answers(citizen, owner)
        with visiting(chrome, silence, mode, signed_in("staf")) as staff:
            check_a_number_in_vain(staff, owner)
        with (
            visiting(chrome, silence, mode, signed_in("pp")) as pp,
            visiting(chrome, silence, mode, signed_in("ppk")) as ppk,
        ):
            buying.choose(pp, Goods("persona"), product, 1)
            order = buying.draft(pp, Goods("persona"), budget=50_000_000)
            buying.submit(pp, order)
            buying.review(ppk, order)
            buying.send_signed(ppk, order, phones("ppk"))
        silence.play("up")
        go_on(citizen, owner)


def hear_that_nobody_answers(me: Visitor, owner: Owner) -> None:
    """The registry holds nothing up; phone and company say when another try is worth it."""
    me.open("/account/identity")
    me.click(me.page.locator("form[action='/account/identity/check'] button"))
    me.reads("The registry did not answer")
    me.reads("Ask the registry again")
    me.open("/account/phone")
    me.fill("Telephone number", owner.phone)
    me.press("Send me the code")
    expect(me.page.locator(".govuk-error-message")).to_contain_text(again(me))
    assert me.page.get_by_label(me.t("Telephone number"), exact=True).input_value() == owner.phone
    check_number(me, owner)
    me.heading("Your own identity has to be confirmed first")


def check_a_number_in_vain(me: Visitor, owner: Owner) -> None:
    """Whose identity is proven hears which authority is silent, and for how long."""
    check_number(me, owner)
    me.heading("An authority does not answer just now")
    me.reads("Business licensing (OSS)")
    me.reads("Worth another try in (minutes)")
    me.follow("Try again")
    number = me.page.get_by_label(me.t("Business number (NIB)"), exact=True)
    assert number.input_value() == owner.nib


def check_number(me: Visitor, owner: Owner) -> None:
    """Have the business number checked."""
    me.open("/company/new")
    me.fill("Business number (NIB)", owner.nib)
    me.press("Check the number")


def go_on(me: Visitor, owner: Owner) -> None:
    """They are back: each is left alone for a moment, then everything works without a mend."""

    def has(text: str) -> bool:
        return me.page.get_by_text(me.t(text)).count() > 0

    def ask_registry() -> bool:
        me.open("/account/identity")
        button = me.page.locator("form[action='/account/identity/check'] button")
        if button.count():
            me.click(button)
        return has("Matches")

    def look_up() -> bool:
        check_number(me, owner)
        return has("What the authorities say")

    def send_code() -> bool:
        me.open("/account/phone")
        me.fill("Telephone number", owner.phone)
        me.press("Send me the code")
        return has("Code in the message")

    for attempt in (ask_registry, look_up, send_code):
        until(attempt)


def until(attempt: Callable[[], bool]) -> None:
    """Try it as a patient person would."""
    deadline = time.monotonic() + BACK_SECONDS
    while not attempt():
        assert time.monotonic() < deadline, f"{attempt.__name__} still fails"
        time.sleep(EACH_SECONDS)


def again(me: Visitor) -> str:
    """The sentence that tells when to come back, up to its number."""
    text = me.t(
        "Nothing you entered is lost and nothing was decided. Try again in %(minutes)s minutes.",
        minutes="#",
    )
    return text.partition("#")[0].strip()
