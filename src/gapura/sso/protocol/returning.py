"""Back to the client: answers and refusals through the browser, with `iss` in each (RFC 9207)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.redirects import with_parameters

QUERY: Final = "query"
FORM_POST: Final = "form_post"
# Fragments carry tokens of the implicit grant, which does not exist here (RFC 9700 2.1.2).
MODES: Final = (QUERY, FORM_POST)


@dataclass(frozen=True, slots=True)
class Back:
    """Where an answer goes: a redirect URI that was found registered, sign by sign."""

    redirect_uri: str
    mode: str = QUERY
    state: str = ""

    @property
    def form_post(self) -> bool:
        """By a form that sends itself (OAuth 2.0 Form Post Response Mode)."""
        return self.mode == FORM_POST


@dataclass(frozen=True, slots=True)
class Answer:
    """A redirect to `uri` (303), or with `members` a form that posts them to it."""

    uri: str
    members: tuple[tuple[str, str], ...] = ()


def answer(back: Back, members: Iterable[tuple[str, str]], issuer: str) -> Answer:
    """An answer with `state` as it came (RFC 6749 4.1.2) and `iss` (RFC 9207 2)."""
    told = [*members]
    if back.state:
        told.append(("state", back.state))
    told.append(("iss", issuer))
    if back.form_post:
        return Answer(back.redirect_uri, tuple(told))
    return Answer(with_parameters(back.redirect_uri, told))


class Returned(Exception):
    """A refusal that the client is told, because its redirect URI was found good before."""

    def __init__(self, problem: OAuthProblem, back: Back) -> None:
        super().__init__(problem.why or problem.error)
        self.problem = problem
        self.back = back

    def answer(self, issuer: str) -> Answer:
        """RFC 6749 4.1.2.1."""
        told = [("error", self.problem.error), ("error_description", self.problem.description)]
        return answer(self.back, told, issuer)
