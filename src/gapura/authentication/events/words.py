"""The words for what stands in the facts of this room's events."""

from gapura.kernel.texts import N_

METHODS = {
    "methods": {
        "password": N_("Password"),
        "passkey": N_("Passkey"),
        "totp": N_("Authenticator app"),
        "email_code": N_("Code in the e-mail"),
        "recovery_code": N_("Backup code"),
        "phone_code": N_("Code by text message"),
    }
}
STEPS = {
    "passkey": N_("Passkey"),
    "password": N_("Password"),
    "second_factor": N_("Second factor"),
    "confirm_email": N_("Confirm e-mail"),
    "reset_code": N_("New password: the code in the e-mail"),
    "reset_factor": N_("New password: your second factor"),
    "recover_ask": N_("Way back: the code in the e-mail"),
    "recover_code": N_("Way back: the code in the e-mail"),
    "recover_slip": N_("Way back: the code on the slip"),
    "step_up": N_("Confirm that it is you"),
    "change": N_("Change the password"),
    "change_email": N_("Change your e-mail address"),
}
PURPOSES = {
    "confirm_email": N_("Confirm e-mail"),
    "sign_in": N_("Sign in"),
    "change_email": N_("Change your e-mail address"),
    "reset": N_("New password"),
    "reset_phone": N_("New password: the code by text message"),
    "recover": N_("Way back to an account"),
}
# Why a sign-in was refused is recorded as the name of the problem.
REFUSALS = {
    "password": N_("The password was wrong"),
    "WrongCredentials": N_("The password was wrong"),
    "WrongCode": N_("The code is not right."),
    "CodeUsed": N_("This code has already been used. A code works only once."),
    "CodeExpired": N_("This code has expired. A code works for 10 minutes."),
    "CodeDead": N_("This code was entered wrongly five times and no longer works."),
    "CodeReplaced": N_("This code was replaced by a newer one."),
    "NoCodeHere": N_(
        "No code was asked for in this browser. A code works only in the browser that asked."
    ),
    "WrongAppCode": N_("The code from the authenticator app is not right."),
    "AppCodeUsed": N_("This code from the authenticator app has already been used."),
    "WrongPasskey": N_("The passkey was not accepted."),
    "PasskeyOver": N_("This took more than five minutes, or it was sent twice."),
    "WrongRecoveryCode": N_("The backup code is not right."),
    "RecoveryCodeUsed": N_("This backup code has already been used."),
}
