"""Who may do what with sign-in: everybody with their own, and factors only after a fresh proof."""

from typing import Any

from gapura.authentication.permissions import Can
from gapura.authentication.queries import Factors, proof_is_fresh
from gapura.authentication.rules import Method
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import (
    Rules,
    anyone,
    clause,
    is_signed_in,
    is_the_system,
    register,
    signed_in_strongly,
)
from gapura.kernel.texts import N_


@clause(
    N_("For safety we need to see once more that it is you."),
    law=N_("ASVS 5.0 V7.5.1: changes to the ways of signing in need a fresh proof."),
    mend=N_("You can: confirm with a code, then come back to this page."),
    link="/login/step-up",
    strength=True,
)
def proved_recently(actor: Actor, thing: Any) -> bool:
    """A factor was proved within the last 20 minutes of this session."""
    return proof_is_fresh(actor)


@clause(N_("This must be about your own account."))
def is_own(actor: Actor, thing: Factors) -> bool:
    """Actor and person are one."""
    return actor.person is not None and actor.person == thing.person


@clause(
    N_("You already have an authenticator app."),
    mend=N_("You can: sign in with a code from the app, or with a backup code if you lost it."),
    link="/login/step-up",
)
def has_no_app(actor: Actor, thing: Factors) -> bool:
    """The first app may be added with what there is: password and e-mail code."""
    return not thing.has_totp


@clause(
    N_("A deed is confirmed with a code from an authenticator app, and you have none yet."),
    law=N_("NIST SP 800-63B-4: an e-mail code is not enough for approvals and for money."),
    mend=N_("You can: add an authenticator app on your security page, then come back."),
    link="/account/security",
)
def has_an_app(actor: Actor, thing: Factors) -> bool:
    """Neither an e-mail code nor a backup code binds anybody to a document."""
    return thing.has_totp


@clause(
    N_("Your role needs an authenticator app, so the last one cannot be removed."),
    law=N_("NIST SP 800-63B-4: an e-mail code is not enough for approvals and for money."),
    mend=N_("You can: add your new app instead. It takes the place of the old one."),
    link="/account/totp",
)
def holds_no_role(actor: Actor, thing: Any) -> bool:
    """A grant was activated with a strong factor and rests on one."""
    return not actor.grants


@clause(N_("You need to have signed in with one of your backup codes."))
def came_by_recovery_code(actor: Actor, thing: Any) -> bool:
    """Whoever lost the app comes back with a backup code and may then add another app."""
    return Method.RECOVERY_CODE in actor.facts.get("methods", ())


@clause(
    N_("This account already has a password."),
    mend=N_("You can: sign in, or choose a new one with “Forgot password”."),
    link="/recover",
)
def has_no_password(actor: Actor, thing: Factors) -> bool:
    """Only the first password is set without knowing one before."""
    return thing.password_changed_at is None


@clause(
    N_("This role needs a sign-in with your authenticator app."),
    law=N_("NIST SP 800-63B-4: an e-mail code is not enough for approvals and for money."),
    mend=N_("You can: enter a code from your authenticator app."),
    link="/login/step-up",
    strength=True,
)
def is_strong_enough_for_the_role(actor: Actor, thing: Any) -> bool:
    """The role's row says how strong; without a certain grant there is nothing to compare."""
    return thing is None or actor.acr >= int(thing.least_acr)


RULES: Rules = {
    Can.SIGN_IN: ((anyone,),),
    Can.RESET_PASSWORD: ((anyone,),),
    Can.SET_PASSWORD: ((has_no_password,),),
    Can.STEP_UP: ((is_signed_in,),),
    Can.END_SESSION: ((is_signed_in,),),
    Can.FORGET: ((is_the_system,),),
    Can.SWITCH_GRANT: ((is_signed_in, is_strong_enough_for_the_role),),
    Can.SEE_SECURITY: ((is_signed_in,),),
    Can.CHANGE_PASSWORD: ((is_signed_in,),),
    # The same two ways as in the accounts room, asked before anything is typed.
    Can.CHANGE_EMAIL: (
        (is_signed_in, signed_in_strongly, proved_recently),
        (is_signed_in, holds_no_role, proved_recently),
    ),
    # The strong way first: whoever has an app at hand is asked for its code, not refused.
    Can.ENROLL_TOTP: (
        (is_signed_in, is_own, signed_in_strongly, proved_recently),
        (is_signed_in, is_own, has_no_app, proved_recently),
        (is_signed_in, is_own, came_by_recovery_code, proved_recently),
    ),
    Can.ISSUE_TOTP: ((is_the_system,),),
    Can.REMOVE_TOTP: ((is_signed_in, is_own, holds_no_role, signed_in_strongly, proved_recently),),
    # The code typed with the deed is the strong proof itself, however the sign-in was.
    Can.CONFIRM_DEED: ((is_signed_in, is_own, has_an_app),),
    Can.MAKE_RECOVERY_CODES: ((is_signed_in, is_own, signed_in_strongly, proved_recently),),
    # Programs are let in by whoever runs the server, on the server.
    Can.ISSUE_TOKEN: ((is_the_system,),),
    Can.LIST_TOKENS: ((is_the_system,),),
    Can.REVOKE_TOKEN: ((is_the_system,),),
}

register(RULES)
