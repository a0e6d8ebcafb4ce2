"""What people ask for help with; data, so that a new topic is one row."""

from gapura.kernel.texts import N_

TOPICS = {
    "sign_in": N_("I cannot sign in"),
    "factor": N_("I lost my authenticator app or my backup codes"),
    "registration": N_("Registration or verification"),
    "request": N_("My access request"),
    "data": N_("Wrong or changed data"),
    "suspicious": N_("Someone else may be using my account"),
    "other": N_("Something else"),
}
