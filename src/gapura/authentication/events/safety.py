"""Events of an account in danger: locked, opened again, and a sign-in that somebody disowned."""

from gapura.audit.events import Event
from gapura.kernel.texts import N_

# What a notice told; whoever gets it can say that it was somebody else.
WHATS = {
    "sign_in": N_("A new sign-in"),
    "password": N_("Another password"),
    "email": N_("Another e-mail address"),
    "phone": N_("Another telephone number"),
    "totp": N_("An authenticator app was added or removed"),
    "passkey": N_("A passkey was added or removed"),
    "recovery_codes": N_("New backup codes"),
    "recovery": N_("A recovery of the account"),
}
WHYS = {
    "not_me": N_("Somebody with the link in a notice said: this was not me"),
    "desk": N_("By an administrator, for safety"),
    "recovery": N_("While the account is being recovered"),
    "suspended": N_("The account is suspended"),
    "closed": N_("The account is closed"),
}

ACCOUNT_LOCKED = Event(
    "authentication.account.locked",
    N_("The account %(subject)s was locked: %(why)s"),
    needs=("why", "sessions_ended"),
    personal=("reason",),
    words={"why": WHYS},
)
ACCOUNT_UNLOCKED = Event(
    "authentication.account.unlocked",
    N_("The lock of the account %(subject)s was lifted"),
    needs=("why",),
    personal=("reason",),
    words={"why": WHYS},
)
DISAVOWED = Event(
    "authentication.account.disavowed",
    N_("Somebody with the link in a notice to %(subject)s said: this was not me (%(what)s)"),
    needs=("what",),
    words={"what": WHATS},
)
TURNED_AWAY = Event(
    "authentication.session.turned_away",
    N_("%(subject)s signed in rightly and was turned away: %(why)s"),
    needs=("why",),
    words={"why": WHYS},
)
BESIDE_OTHERS = Event(
    "authentication.session.beside_others",
    N_("%(actor)s signed in while other sign-ins were open (%(sessions)s)"),
    needs=("sessions",),
)
FORM_KEPT = Event(
    "authentication.form.kept",
    N_("The form %(subject)s had not finished when the sign-in ended was kept"),
    needs=("path",),
)
FORM_SETTLED = Event(
    "authentication.form.settled",
    N_("%(actor)s took back or threw away a form that was kept"),
    needs=("path", "outcome"),
    words={"outcome": {"continued": N_("Taken back"), "discarded": N_("Thrown away")}},
)
