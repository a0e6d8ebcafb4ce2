"""A company has its authorities asked anew at once, instead of waiting for the night."""

from collections.abc import Callable, Mapping
from functools import partial

from gapura.journeys.onboarding.comparing import OSS, TAX, ask_authority
from gapura.journeys.onboarding.standing import ask_blacklist
from gapura.kernel.actor import Actor, system_actor
from gapura.organizations.services import take_turn
from gapura.outside.errors import AuthorityDown, BadQuestion

BLACKLIST = "blacklist"
_SYSTEM = system_actor("standing")
_QUESTIONS: Mapping[str, Callable[[Actor, str], None]] = {
    OSS: lambda actor, code: ask_authority(actor, OSS, code),
    TAX: lambda actor, code: ask_authority(actor, TAX, code),
    BLACKLIST: ask_blacklist,
}


def ask_again(*, actor: Actor) -> list[str]:
    """Ask all authorities about the actor's company now; answers those that did not answer.

    What they say is followed as at night. Not inside a transaction.

    :raises Refused: not the company's administrator, or not signed in strongly.
    :raises AskedLately: the company had its turn a short while ago.
    """
    code = take_turn(actor=actor)
    return [name for name, ask in _QUESTIONS.items() if not _answers(partial(ask, _SYSTEM, code))]


def _answers(ask: Callable[[], None]) -> bool:
    try:
        ask()
    except (AuthorityDown, BadQuestion):
        return False
    return True
