"""The authorization endpoint: what is missing before a code may be given. All of it meets here."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from gapura.sso.protocol.asked import Asked
from gapura.sso.protocol.asking import KEPT_LIFE, keep, kept_handle, read, read_kept, wants
from gapura.sso.protocol.codes import Granted, SignedIn, denied, grant_code, unmet
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.returning import Answer, Back, Returned, answer

__all__ = [
    "KEPT_LIFE",
    "Answer",
    "Asked",
    "Back",
    "Granted",
    "Need",
    "Returned",
    "SignedIn",
    "answer",
    "denied",
    "grant_code",
    "keep",
    "kept_handle",
    "needs",
    "read",
    "read_kept",
    "unmet",
    "wants",
]


class Need(StrEnum):
    """What the person has to do next."""

    SIGN_IN = "sign_in"
    STEP_UP = "step_up"
    CONSENT = "consent"
    NOTHING = "nothing"


# OpenID Connect Core 3.1.2.6: what is said when nothing may be asked of the person.
_SILENT: Mapping[Need, tuple[str, str]] = {
    Need.SIGN_IN: ("login_required", "the person has to sign in"),
    Need.STEP_UP: ("login_required", "the person has to sign in more strongly"),
    Need.CONSENT: ("consent_required", "the person has to allow it"),
}


def needs(
    asked: Asked,
    signed_in: SignedIn | None,
    consented: frozenset[str] | None,
    *,
    asked_at: datetime,
    now: datetime,
) -> Need:
    """The next thing that is missing. `consented` are remembered scopes, None without any.

    `asked_at` is when the request first came: whoever signed in since has signed in for it.

    :raises Returned: `login_required` when somebody else than the hinted person is signed in, and
        whatever is missing when `prompt=none` forbids to ask.
    """
    silent = "none" in asked.prompts
    need = _need(asked, signed_in, consented, asked_at, now, silent=silent)
    if silent and need is not Need.NOTHING:
        error, description = _SILENT[need]
        raise Returned(OAuthProblem(error, description, why=f"silent_{need}"), asked.back)
    return need


def _need(  # the order in which the pages come
    asked: Asked,
    signed_in: SignedIn | None,
    consented: frozenset[str] | None,
    asked_at: datetime,
    now: datetime,
    *,
    silent: bool,
) -> Need:
    if signed_in is None or _is_stale(asked, signed_in, asked_at, now):
        return Need.SIGN_IN
    if asked.hinted and signed_in.subject != asked.hinted:
        # OpenID Connect Core 3.1.2.1 and 5.5.1: no answer about anybody else.
        problem = OAuthProblem(
            "login_required", "another person is signed in", why="another_subject"
        )
        raise Returned(problem, asked.back)
    # `acr_values` is a wish (5.5.1.1): without a page it is left at what there is.
    if signed_in.acr < (asked.acr if silent else max(asked.acr, asked.wished)):
        return Need.STEP_UP
    if _must_ask(asked, consented):
        return Need.CONSENT
    return Need.NOTHING


def _is_stale(asked: Asked, signed_in: SignedIn, asked_at: datetime, now: datetime) -> bool:
    """Whether a new sign-in is wanted, and none happened since the request came (3.1.2.3)."""
    if signed_in.signed_in_at >= asked_at:
        return False
    if asked.prompts & {"login", "select_account"}:
        return True
    age = (now - signed_in.signed_in_at).total_seconds()
    return asked.max_age is not None and age > asked.max_age


def _must_ask(asked: Asked, consented: frozenset[str] | None) -> bool:
    if "consent" in asked.prompts or _may_be_an_impostor(asked):
        return True
    return asked.client.asks_consent and bool(asked.consents - (consented or frozenset()))


def _may_be_an_impostor(asked: Asked) -> bool:
    """A program on the person's own machine that calls itself this client (RFC 8252 8.6).

    Only an https address tells who answers there, so no consent is remembered without one.
    """
    client = asked.client
    return client.native and client.public and not asked.back.redirect_uri.startswith("https:")
