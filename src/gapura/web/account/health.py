"""The health checklist of the security page in words, each line with the link that mends it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gapura.authentication.queries import Check
from gapura.kernel.texts import N_
from gapura.web.shell.display import tr


@dataclass(frozen=True, slots=True)
class Line:
    """A row of `parts.task_list`: one that is well rests and leads nowhere."""

    title: str
    hint: str
    status: str
    color: str
    href: str


# What is asked, what to do where it is not so, and where.
QUESTIONS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "strong": (
            N_("An authenticator app or a passkey"),
            N_("Without one a code by e-mail lets in whoever reads your mail."),
            "/account/totp",
        ),
        "spare": (
            N_("A second one, in case the first is lost"),
            N_("Add a passkey on another device, or an authenticator app beside it."),
            "/account/passkeys",
        ),
        "codes": (
            N_("At least four backup codes"),
            N_("Make new ones and keep them on paper, away from the telephone."),
            "/account/backup-codes",
        ),
        "phone": (
            N_("A confirmed telephone number"),
            N_("It warns you, and helps you back when you have forgotten your password."),
            "/account/phone",
        ),
        "email": (
            N_("A confirmed e-mail address"),
            N_("A new address waits for its code."),
            "/account/email/code",
        ),
        "identity": (
            N_("Personal data that nobody doubts"),
            N_("Somebody asked you to look at your data again."),
            "/account/identity",
        ),
        "password": (
            N_("A password that is not over its age"),
            N_("Choose a new one when you have a quiet minute."),
            "/account/password",
        ),
        "devices": (
            N_("No sign-in on a device that is new"),
            N_(
                "A device was first seen within seven days. If you do not know it, end its sign-in."
            ),
            "#devices",
        ),
    }
)
WELL, ADVICE = (N_("In order"), ""), (N_("Advised"), "yellow")


def lines(checks: Iterable[Check]) -> list[Line]:
    """All questions in the active language, those with advice first."""
    return [_line(check) for check in sorted(checks, key=lambda check: check.ok)]


def _line(check: Check) -> Line:
    title, hint, href = QUESTIONS[check.code]
    if check.ok:
        return Line(tr(title), "", tr(WELL[0]), WELL[1], "")
    return Line(tr(title), tr(hint), tr(ADVICE[0]), ADVICE[1], href)
