"""Events of passwords."""

from gapura.audit.events import Event, Readers
from gapura.kernel.texts import N_

PASSWORD_SET = Event(
    "authentication.password.set", N_("The first password of %(subject)s was chosen")
)
PASSWORD_CHANGED = Event(
    "authentication.password.changed",
    N_("%(actor)s chose a new password"),
    needs=("sessions_ended",),
)
PASSWORD_RESET = Event(
    "authentication.password.was_reset",
    N_("The password of %(subject)s was reset by e-mail"),
    needs=("sessions_ended", "second_factor"),
)
_WHY = {
    "compromised": N_("It was found among stolen passwords, or somebody else knew it"),
    "listed": N_("It is on the list of passwords that attackers try first"),
    "told": N_("An administrator asked for it"),
    "recovered": N_("The account was brought back"),
    "expired": N_("It is older than the rule in force allows"),
}
PASSWORD_DEMANDED = Event(
    "authentication.password.demanded",
    N_("A new password is demanded of %(subject)s: %(why)s"),
    needs=("why", "sessions_ended"),
    words={"why": _WHY},
)
PASSWORD_REPLACED = Event(
    "authentication.password.replaced",
    N_("%(actor)s chose the new password that was demanded"),
    needs=("why", "sessions_ended"),
    words={"why": _WHY},
)
PASSWORD_PUT_OFF = Event(
    "authentication.password.put_off",
    N_("%(actor)s was reminded to change the password and put it off"),
    needs=("age_days",),
)
RULE_SET = Event(
    "authentication.rule.set",
    N_("Passwords of the population “%(population)s” are under profile %(profile)s from %(since)s"),
    needs=("population", "profile", "since"),
    readers=Readers.PLATFORM,
)
