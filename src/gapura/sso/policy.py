"""Who looks after clients and keys, and who decides what a client may see: the person."""

from typing import Any

from gapura.kernel.actor import Actor
from gapura.kernel.holds import weigh
from gapura.kernel.permissions import (
    Rules,
    clause,
    is_signed_in,
    is_the_system,
    register,
    signed_in_strongly,
)
from gapura.kernel.texts import N_
from gapura.sso.permissions import Can

PLATFORM, AGENCY = "admin_platform", "admin_instansi"
_LAW = N_("Peraturan BSSN 4/2021 article 27: access of applications is managed by named officers.")


@clause(
    N_("You need the role of platform administrator or agency administrator."),
    law=_LAW,
    mend=N_("You can: switch to that role, or request it."),
    link="/requests/new",
)
def looks_after_clients(actor: Actor, thing: Any) -> bool:
    """A role that has applications in its care, for the whole of the agency."""
    grant = actor.grant
    if grant is None:
        return False
    return actor.role == PLATFORM or (
        actor.role == AGENCY and bool(grant.agency) and not grant.reach
    )


@clause(
    N_("This application belongs to another agency."),
    law=_LAW,
    mend=N_("The administrators of that agency or of the platform can do it."),
)
def owns_the_client(actor: Actor, thing: Any) -> bool:
    """The platform sees to all of them, an agency to its own."""
    if thing is None:
        return False
    return actor.role == PLATFORM or (bool(thing.agency) and thing.agency == actor.agency)


@clause(
    N_("You need the role of platform administrator."),
    law=_LAW,
    mend=N_("The platform's administrators can do it."),
)
def runs_the_platform(actor: Actor, thing: Any) -> bool:
    """What holds for all agencies, and the keys that everybody trusts."""
    return actor.role == PLATFORM


@clause(N_("This is about another person."))
def is_own(actor: Actor, thing: Any) -> bool:
    """What a person allowed is for that person to see and to take back."""
    return actor.person is not None and thing is not None and thing.person_id == actor.person


_SEES = (is_signed_in, looks_after_clients, owns_the_client, signed_in_strongly)
_RUNS = (is_signed_in, runs_the_platform, signed_in_strongly)
_SYSTEM = (is_the_system,)

RULES: Rules = {
    Can.LIST_CLIENTS: ((is_signed_in, looks_after_clients, signed_in_strongly), _SYSTEM),
    Can.SEE_CLIENT: (_SEES, _SYSTEM),
    Can.REGISTER_CLIENT: (_RUNS, _SYSTEM),
    Can.CHANGE_CLIENT: (_RUNS, _SYSTEM),
    Can.SUSPEND_CLIENT: (_RUNS, _SYSTEM),
    Can.RESTORE_CLIENT: (_RUNS, _SYSTEM),
    Can.CLOSE_CLIENT: (_RUNS, _SYSTEM),
    Can.ROTATE_SECRET: (_SEES, _SYSTEM),
    Can.FETCH_KEYS: (_SEES, _SYSTEM),
    Can.LIST_INITIAL_TOKENS: (_RUNS, _SYSTEM),
    Can.MAKE_INITIAL_TOKEN: (_RUNS, _SYSTEM),
    Can.USE_INITIAL_TOKEN: (_SYSTEM,),
    Can.REVOKE_INITIAL_TOKEN: (_RUNS, _SYSTEM),
    Can.SEE_KEYS: (_RUNS, _SYSTEM),
    Can.MAKE_KEY: (_RUNS, _SYSTEM),
    Can.ROTATE_KEY: (_RUNS, _SYSTEM),
    Can.RETIRE_KEY: (_RUNS, _SYSTEM),
    Can.GIVE_AUTHORIZATION: ((is_signed_in,),),
    Can.END_AUTHORIZATION: ((is_signed_in, is_own), _SYSTEM),
    Can.GIVE_CONSENT: ((is_signed_in,),),
    Can.SEE_OWN_CONSENTS: ((is_signed_in,),),
    Can.WITHDRAW_CONSENT: ((is_signed_in, is_own),),
    Can.ASK_LOGOUT: ((is_signed_in,), _SYSTEM),
    Can.DELIVER_LOGOUT: (_SYSTEM,),
    Can.SEE_LOGOUTS: (_SEES, _SYSTEM),
    Can.TIDY: (_SYSTEM,),
}
register(RULES)
# Signing in to an application writes nothing there: it asks what is allowed.
weigh(
    exempt={
        Can.GIVE_AUTHORIZATION,
        Can.END_AUTHORIZATION,
        Can.GIVE_CONSENT,
        Can.WITHDRAW_CONSENT,
        Can.ASK_LOGOUT,
    },
    binding={
        Can.REGISTER_CLIENT,
        Can.CHANGE_CLIENT,
        Can.RESTORE_CLIENT,
        Can.ROTATE_SECRET,
        Can.ROTATE_KEY,
        Can.MAKE_INITIAL_TOKEN,
    },
)
