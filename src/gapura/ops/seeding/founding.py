"""How the companies of the sample data come in."""

from gapura.kernel.actor import Actor
from gapura.ops.seeding.companies import FIRMS
from gapura.ops.seeding.goods import lines_of_business
from gapura.organizations.services import register_company


def enter_company(by: Actor, code: str) -> None:
    """Enter one of the companies with what the authorities would say of it.

    :raises CompanyThere: it is there already.
    """
    firm = FIRMS[code]
    register_company(
        actor=by,
        code=code,
        name=firm.name,
        nib=firm.nib,
        facts=firm.facts(lines_of_business(firm)),
        address=firm.address,
    )
