"""The whole purchase in a real browser: a company comes, sells, delivers; a unit buys and pays.

Everything is real: the server, the worker, the mails, the messages to phones, the codes, the
documents. The authorities are played by the simulator's own process.
"""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journeys import buying, founding, fulfilling, selling
from tests.journeys.conftest import Phones, SignedIn
from tests.journeys.newcomer import Goods, Newcomer, Owner
from tests.journeys.phone import Phone
from tests.journeys.stage import Stage
from tests.journeys.visitor import Mode, Visitor, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Without scripts; a phone and axe see its pages in web/*/test_look.py. The other ways are slow.
MODES = [
    Mode("en", False, 1280),
    pytest.param(Mode("id", True, 360), marks=pytest.mark.slow),
    pytest.param(Mode("en", True, 1280), marks=pytest.mark.slow),
    pytest.param(Mode("id", False, 360), marks=pytest.mark.slow),
]
SMALL, LARGE = 2, 20


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_the_purchase(
    mode: Mode,
    chrome: "Browser",
    stage: Stage,
    signed_in: SignedIn,
    phones: Phones,
    tmp_path: Path,
) -> None:
    owner = Owner()
    goods = Goods(owner.mark)

    def as_(username: str) -> AbstractContextManager[Visitor]:
        return visiting(chrome, stage, mode, signed_in(username))

    with visiting(chrome, stage, mode) as supplier:
        phone = found(supplier, owner, tmp_path)
        with visiting(chrome, stage, mode) as guest:
            bring_in(supplier, guest)
        address = selling.upload(supplier, goods, tmp_path)
        with as_("kurator") as curator:
            selling.review(curator, goods)
            selling.verify_label(curator, address)
            selling.change_price(supplier, goods, address)
            selling.change_description(supplier, goods, address)
            selling.review_change(curator, goods, address)
        with as_("pp") as pp, as_("ppk") as ppk:
            order, number = buy_small(pp, ppk, goods, address, phones("ppk"))
            fulfilling.accept(supplier, order, number, phone)
            fulfilling.ship(supplier, order)
            buying.receive(pp, order)
            buying.hand_over(ppk, order, phones("ppk"))
            fulfilling.confirm_handover(supplier, order, phone)
            with as_("bendahara") as treasurer:
                fulfilling.pay(treasurer, order, tmp_path)
            with as_("apip") as auditor:
                fulfilling.look_as_auditor(auditor, order)
                fulfilling.read_the_log(auditor, number)
            refuse_large(pp, goods, address)
            buy_large(ppk, goods, address, phones("ppk"))


def found(supplier: Visitor, owner: Owner, folder: Path) -> Phone:
    """A citizen becomes the administrator of a company."""
    founding.register_citizen(supplier, owner)
    founding.be_known_to_the_registry(supplier)
    founding.confirm_phone(supplier, owner)
    founding.found_company(supplier, owner, folder)
    return founding.activate_role(supplier)


def bring_in(supplier: Visitor, guest: Visitor) -> None:
    """The administrator invites somebody, who registers, accepts and works."""
    person = Newcomer("Dimas Prakoso")
    link = founding.invite(supplier, person)
    founding.register_citizen(guest, person)
    founding.come_in(guest, link)
    founding.see_who_came(supplier, person)


def buy_small(
    pp: Visitor, ppk: Visitor, goods: Goods, address: str, phone: Phone
) -> tuple[str, str]:
    """The PP drafts and sends, the PPK reviews and signs; answers address and number."""
    buying.choose(pp, goods, address, SMALL)
    order = buying.draft(pp, goods, budget=50_000_000)
    buying.submit(pp, order)
    number = buying.review(ppk, order)
    buying.send_signed(ppk, order, phone)
    return order, number


def refuse_large(pp: Visitor, goods: Goods, address: str) -> None:
    """The same goods, too many of them for a PP."""
    buying.choose(pp, goods, address, LARGE)
    order = buying.draft(pp, goods, budget=900_000_000)
    buying.be_refused(pp, order)


def buy_large(ppk: Visitor, goods: Goods, address: str, phone: Phone) -> None:
    """Above the ceiling the PPK drafts, reviews and signs."""
    buying.choose(ppk, goods, address, LARGE)
    order = buying.draft(ppk, goods, budget=900_000_000)
    buying.submit(ppk, order)
    buying.review(ppk, order)
    buying.send_signed(ppk, order, phone)
