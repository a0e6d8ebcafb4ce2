"""Questions about access: what would I need, why can this person, who could on that day?"""

from playwright.sync_api import expect

from gapura.kernel import clock
from gapura.ops.seeding.cast import HEALTH
from tests.journeys.lettering import Letter, choose
from tests.journeys.newcomer import UNIT, Newcomer
from tests.journeys.visitor import Visitor


def what_is_needed(me: Visitor) -> None:
    """What would I need? leads to the form with the role chosen."""
    me.open("/account/rights")
    me.page.get_by_label(me.t("What do you want to do?"), exact=True).select_option(
        value="purchasing.order.sign"
    )
    me.press("Apply")
    row = me.page.locator("tr", has_text=me.role("ppk")["role"]).first
    me.click(row.get_by_role("link", name=me.t("Request this role")))
    expect(me.page.locator("input[name=role][value=ppk]")).to_be_checked()


def why_they_can(me: Visitor, person: Newcomer) -> None:
    """The officer's access line by line, and a verdict on one act."""
    me.open(f"/people/{person.username}")
    me.page.get_by_label(me.t("Act"), exact=True).select_option(value="purchasing.order.sign")
    me.page.get_by_label(me.t("Where"), exact=True).select_option(value=f"unit:{HEALTH}")
    me.press("Apply")
    expect(me.page.locator("section[aria-labelledby=verdict]")).to_contain_text(me.t("Refused"))


def who_could(me: Visitor, person: Newcomer, letter: Letter) -> None:
    """Who could act as Pokja of the unit today, on which letter?"""
    me.open("/people/at")
    choose(me, "Role", me.role("pokja")["role"])
    choose(me, "Unit", UNIT)
    me.fill("On which day", clock.today().isoformat())
    me.fill("At what time", "23:59")
    me.press("Apply")
    card = me.page.locator(".govuk-summary-card", has_text=person.name)
    expect(card).to_contain_text(letter.number)
    expect(card).to_contain_text(me.t("Could act"))
