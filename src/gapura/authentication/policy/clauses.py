"""The conditions of this room, each with its sentence, source and way out."""

from typing import Any

from gapura.authentication.queries import Factors
from gapura.authentication.rules import Method
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import (
    clause,
)
from gapura.kernel.texts import N_


@clause(N_("This must be about your own account."))
def is_own(actor: Actor, thing: Factors) -> bool:
    """Actor and person are one."""
    return actor.person is not None and actor.person == thing.person


@clause(
    N_("You already have an authenticator app or a passkey."),
    mend=N_("You can: sign in with the app or a passkey, or with a backup code if you lost both."),
    link="/login/step-up",
)
def has_no_strong_factor(actor: Actor, thing: Factors) -> bool:
    """The first one may be added with what there is: password and e-mail code."""
    return not thing.has_strong


@clause(
    N_("A deed is confirmed with an authenticator app or a passkey, and you have neither yet."),
    law=N_("NIST SP 800-63B-4: an e-mail code is not enough for approvals and for money."),
    mend=N_("You can: add one of them on your security page, then come back."),
    link="/account/security",
)
def has_a_strong_factor(actor: Actor, thing: Factors) -> bool:
    """Neither an e-mail code nor a backup code binds anybody to a document."""
    return thing.has_strong


@clause(
    N_("Your role needs an authenticator app, so the last one cannot be removed."),
    law=N_("NIST SP 800-63B-4: an e-mail code is not enough for approvals and for money."),
    mend=N_("You can: add your new app instead. It takes the place of the old one."),
    link="/account/totp",
)
def holds_no_role(actor: Actor, thing: Any) -> bool:
    """A grant was activated with a strong factor and rests on one."""
    return not actor.grants


@clause(
    N_("Your role needs an authenticator app or a passkey, so the last one cannot be removed."),
    law=N_("NIST SP 800-63B-4: an e-mail code is not enough for approvals and for money."),
    mend=N_("You can: add another passkey or an authenticator app first."),
    link="/account/security",
)
def keeps_a_strong_factor(actor: Actor, thing: Factors) -> bool:
    """`thing` is what is left after the removal."""
    return thing.has_strong


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


@clause(N_("No new password is asked for now."))
def must_choose_anew(actor: Actor, thing: Any) -> bool:
    """The password was flagged: the session leads to a new one and to nothing else."""
    return bool(actor.facts.get("must_change"))


@clause(N_("Other people's accounts are kept safe by the platform's administrators."))
def runs_the_platform(actor: Actor, thing: Any) -> bool:
    """A platform administrator, in that role."""
    return actor.role == "admin_platform"
