"""What can go wrong with passkeys; none tells whether a passkey is known here."""

from gapura.kernel.problems import Missing, Overtaken, Problem
from gapura.kernel.texts import N_


class WrongPasskey(Problem):
    """Unknown, copied, another person's, from another site, or wrongly signed."""

    what = N_("The passkey was not accepted.")
    todo = N_(
        "Try once more with the passkey you added here. If it keeps failing, confirm in another "
        "way."
    )


class PasskeyOver(Problem):
    """Its challenge was used, is older than five minutes, or belongs to another browser."""

    what = N_("This took more than five minutes, or it was sent twice.")
    todo = N_("Press the button once more and confirm with your passkey again.")


class PasskeyTaken(Problem):
    """The credential is known already."""

    what = N_("This passkey has been added before.")
    todo = N_("Use it as it is, or add another one on another device or security key.")


class PasskeyUnfit(Problem):
    """What the browser made cannot be used here."""

    what = N_("This passkey cannot be used here, so it was not added.")
    todo = N_(
        "Try again. Choose a device that asks for your fingerprint, your face or a PIN. If it "
        "keeps failing, use an authenticator app."
    )


class TooManyPasskeys(Overtaken):
    """Ten is the limit."""

    what = N_("You have %(count)s passkeys already, which is the limit.")
    todo = N_("Remove one that you no longer use, then add the new one.")


class NoSuchPasskey(Missing):
    """Another person's, or removed before."""

    what = N_("There is no such passkey.")
    todo = N_("It may have been removed before. Look at the list of your passkeys.")
