"""Who may take the calendar over from the authority: scheduled work and the platform."""

from typing import Any

from gapura.kernel.actor import Actor
from gapura.kernel.permissions import (
    Rules,
    clause,
    is_signed_in,
    is_the_system,
    register,
    signed_in_strongly,
)
from gapura.kernel.texts import N_
from gapura.outside.permissions import Can


@clause(N_("The calendar is kept by the platform's administrators."))
def keeps_the_platform(actor: Actor, thing: Any) -> bool:
    """Legal deadlines of everyone rest on the calendar."""
    return actor.role == "admin_platform"


@clause(
    N_("How the authorities stand is read by the platform's administrators and helpdesk."),
    mend=N_("You can: switch to that role, or contact the platform administrator."),
    link="/help/contact",
)
def looks_after_the_platform(actor: Actor, thing: Any) -> bool:
    """Platform administrator or helpdesk."""
    return actor.role in {"admin_platform", "helpdesk"}


RULES: Rules = {
    Can.REFRESH: ((is_the_system,), (is_signed_in, keeps_the_platform, signed_in_strongly)),
    Can.SEE: ((is_signed_in, looks_after_the_platform, signed_in_strongly),),
}

register(RULES)
