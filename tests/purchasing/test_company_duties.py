"""Staff of a company answer orders, sign, or follow the money: each only what was given to them."""

import pytest

from gapura.access.models import Grant
from gapura.kernel.actor import Actor
from gapura.kernel.holds import binding
from gapura.kernel.permissions import decide
from gapura.purchasing.permissions import Can
from gapura.purchasing.services.notices import _people
from tests.access import world
from tests.access.companies import of_company

pytestmark = pytest.mark.django_db

ORDER = {Can.ANSWER_OFFER, Can.AGREE, Can.CANCEL_NEGOTIATION, Can.DECLINE, Can.SHIP,
         Can.DECLINE_ADDENDUM, Can.REQUEST_CANCEL}  # fmt: skip
SIGNING = {Can.ACCEPT, Can.PROPOSE_ADDENDUM, Can.ACCEPT_ADDENDUM, Can.CONFIRM_HANDOVER}


class Everything:
    """An order on which all else holds: sent, in process, the seller's turn."""

    company = "PT1"
    company_id = "PT1"
    unit = "T1.1"
    submitted = True
    ppk = buyer = None
    senders = ()
    buyer_role = "ppk"
    turn = "seller"
    state = "on_process"
    delivery = "preparing"
    addendum = True
    accepted = True


def staff(*duties: str) -> Actor:
    """Somebody of PT1 with these duties, signed in strongly."""
    found = of_company("staf_perusahaan")
    Grant.objects.filter(person=found).update(duties=list(duties))
    return world.actor(found)


def lacks(actor: Actor, permission: Can) -> set[str]:
    """Names of the duties' clauses that the nearest rule of the company lacks."""
    missing = {c.name for c in decide(actor, permission, Everything()).missing}
    return missing & {"looks_after_orders", "signs_for_the_company"}


@pytest.mark.parametrize("permission", sorted(ORDER | SIGNING))
def test_each_deed_of_the_company_needs_its_duty(permission: Can) -> None:
    wanted = "order" if permission in ORDER else "signing"
    others = {"product", "order", "finance", "signing"} - {wanted}
    assert lacks(staff(*others), permission)
    assert not lacks(staff(wanted), permission)
    assert not lacks(world.actor(of_company()), permission)


def test_what_is_signed_for_the_company_binds_it() -> None:
    assert binding() >= SIGNING


def test_without_any_duty_orders_are_read() -> None:
    assert decide(staff(), Can.SEE, Everything()).allowed
    assert decide(staff(), Can.LIST).allowed


def test_notices_of_orders_and_money_go_to_those_who_look_after_them() -> None:
    boss, finance, order = of_company(), staff("finance"), staff("order")
    row: object = Everything()
    assert set(_people("seller", row)) == {boss.id, order.person}  # type: ignore[arg-type]
    money = _people("seller", row, ("order", "signing", "finance"))  # type: ignore[arg-type]
    assert set(money) == {boss.id, order.person, finance.person}
