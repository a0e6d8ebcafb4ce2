"""One-time codes: the form and the words of each way to confirm, the same wherever it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as lazy

from gapura.authentication.queries import Method
from gapura.kernel.texts import N_
from gapura.web.shell.forms import CodeField, Form, TextField
from gapura.web.shell.passkeys import PasskeyForm


class AppCodeForm(Form):
    """A code of the authenticator app."""

    code = CodeField(
        label=lazy("Code in the app"),
        hint=lazy("6 digits under the name Gapura. The app shows new ones every 30 seconds."),
    )


class MailCodeForm(Form):
    """A code that came by e-mail."""

    code = CodeField(
        label=lazy("Code in the e-mail"),
        hint=lazy("6 digits. The code works for 10 minutes, once, and only in this browser."),
    )


class PhoneCodeForm(Form):
    """A code that a text message brought."""

    code = CodeField(
        label=lazy("Code in the message"),
        hint=lazy("6 digits. The code works for 10 minutes, once, and only in this browser."),
    )


class BackupCodeForm(Form):
    """One of the codes on paper."""

    code = TextField(
        label=lazy("Backup code"),
        hint=lazy("8 letters and digits, for example ABCD-2345. Each code works once."),
        missing=lazy("Enter one of your backup codes."),
        longest=64,
        autocomplete="off",
        width="20",
    )


@dataclass(frozen=True, slots=True)
class Way:
    """A way to confirm: its form, the page's title, and what is said where it can be chosen."""

    method: str
    form: type[Form]
    title: str
    offer: str


WAYS: Mapping[Method, Way] = {
    Method.PASSKEY: Way(
        "passkey",
        PasskeyForm,
        N_("Confirm with your passkey"),
        N_("Use a passkey"),
    ),
    Method.TOTP: Way(
        "totp",
        AppCodeForm,
        N_("Enter the code from your authenticator app"),
        N_("Use the authenticator app"),
    ),
    Method.EMAIL_CODE: Way(
        "email_code",
        MailCodeForm,
        N_("Enter the code we sent you by e-mail"),
        N_("Send me a code by e-mail"),
    ),
    Method.RECOVERY_CODE: Way(
        "recovery_code",
        BackupCodeForm,
        N_("Enter a backup code"),
        N_("Use a backup code"),
    ),
    Method.PHONE_CODE: Way(
        "phone_code",
        PhoneCodeForm,
        N_("Enter the code we sent to your telephone"),
        N_("Send me a code by text message"),
    ),
}


def other_ways(methods: tuple[Method, ...], used: Method | None) -> list[Way]:
    """The ways that may be chosen instead of the one in use, strongest first."""
    return [WAYS[method] for method in methods if method is not used]
