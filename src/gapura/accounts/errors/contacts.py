"""What can be wrong with e-mail addresses, telephone numbers and their codes."""

from gapura.kernel.problems import Overtaken, Problem
from gapura.kernel.texts import N_


class EmailMalformed(Problem):
    """Not name@domain."""

    what = N_("This is not an e-mail address.")
    todo = N_("Enter one address, for example siti@instansi.go.id.")


class EmailTooLong(Problem):
    """More than 254 characters, or 64 before the @ (RFC 5321)."""

    what = N_("This e-mail address is too long.")
    todo = N_("Enter an address of at most 254 characters, with at most 64 before the @.")


class EmailLookalike(Problem):
    """Letters of another script that look like Latin ones (UTS 39)."""

    what = N_("This e-mail address holds letters of another script that only look like a to z.")
    todo = N_("Type the address by hand on your own keyboard instead of pasting it.")


class EmailUnchanged(Problem):
    """The new address is the present one."""

    what = N_("This already is your e-mail address.")
    todo = N_("Enter another address, or leave it as it is.")


class EmailTaken(Overtaken):
    """Shown only to who has proven to read mail at the address."""

    what = N_("This e-mail address already belongs to an account.")
    todo = N_("Sign in with that account, or use another e-mail address.")


class NoChangeWaiting(Overtaken):
    """There is no new address to confirm."""

    what = N_("There is no new e-mail address waiting to be confirmed.")
    todo = N_("Enter the new address again.")


class PhoneMalformed(Problem):
    """Not a telephone number."""

    what = N_("This is not a telephone number.")
    todo = N_("Enter a mobile number such as 0812 3456 7890, or +62 and the number.")


class PhoneUnchanged(Problem):
    """The number is the present one, and it is confirmed."""

    what = N_("This already is your telephone number, and it is confirmed.")
    todo = N_("Enter another number, or leave it as it is.")


class ChannelUnknown(Problem):
    """Neither SMS nor WhatsApp."""

    what = N_("Choose how the code reaches you.")
    todo = N_("Choose a text message or WhatsApp.")


class NoPhoneWaiting(Overtaken):
    """No number waits for its code."""

    what = N_("No telephone number is waiting for its code.")
    todo = N_("Enter the number again; a new code is then sent to it.")


class PhoneCodeWrong(Problem):
    """The digits do not fit. `left` tries remain."""

    what = N_("The code is not right.")
    todo = N_("Type the 6 digits of the newest message. Tries left: %(left)s.")


class PhoneCodeOver(Problem):
    """Older than ten minutes."""

    what = N_("This code has expired. A code works for 10 minutes.")
    todo = N_("Ask for a new code.")


class PhoneCodeDead(Problem):
    """Five wrong tries."""

    what = N_("This code was entered wrongly five times and no longer works.")
    todo = N_("Ask for a new code.")
