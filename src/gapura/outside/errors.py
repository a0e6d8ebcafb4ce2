"""What can go wrong with other authorities' services."""

from gapura.kernel.problems import Busy, Problem
from gapura.kernel.texts import N_
from gapura.outside.authorities import AUTHORITIES

__all__ = [
    "AUTHORITIES",
    "AuthorityDown",
    "BadAddress",
    "BadQuestion",
    "InsideTransaction",
    "NotDelivered",
    "NotFetched",
]

ADDRESS_FAULTS = {
    "form": N_("This cannot be read as an address, or it holds a name or password."),
    "scheme": N_("This address does not begin with https."),
    "port": N_("The port of this address belongs to another service."),
    "private": N_("This address leads to a machine that is not open to the internet."),
}


_NOT_ASKED = frozenset({"paused", "not_connected", "no_line"})


class AuthorityDown(Busy):
    """An authority does not answer, answers nonsense, or is not connected; nothing was learned.

    `authority` is its code, `retry_after` the seconds until it is worth another try, `fault` the
    technical reason in one word (for records, not for people).
    """

    status = 503
    todo = N_(
        "Nothing you entered is lost and nothing was decided. Try again in %(minutes)s minutes."
    )

    def __init__(self, authority: str, retry_after: int = 60, fault: str = "down") -> None:
        self.what = AUTHORITIES[authority].down
        self.authority, self.retry_after, self.fault = authority, max(1, retry_after), fault
        super().__init__(self.retry_after, minutes=-(-self.retry_after // 60))

    @property
    def asked(self) -> bool:
        """Whether a question left us at all."""
        return self.fault not in _NOT_ASKED


class BadQuestion(Problem):
    """A number or text that no authority could know; it is not asked."""

    what = N_("This number or text cannot be checked, because its form is wrong.")
    todo = N_("Correct it and try again.")


class InsideTransaction(RuntimeError):
    """A call to another authority was made while a transaction was open: a mistake of ours."""


class BadAddress(Problem):
    """An address that is not posted to; `word` is a key of ADDRESS_FAULTS."""

    todo = N_("Give an https address of a server that can be reached from the internet.")

    def __init__(self, word: str) -> None:
        self.what = ADDRESS_FAULTS[word]
        self.word = word
        super().__init__()


class NotDelivered(Exception):
    """A message was not taken; `word` says why."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


FETCH_FAULTS = {
    "timeout": N_("The server did not answer in time."),
    "unreachable": N_("The server cannot be reached."),
    "broken": N_("The connection broke off."),
    "size": N_("The answer is too large."),
    "kind": N_("The answer is not JSON."),
    "status": N_("The server did not answer with 200."),
}


class NotFetched(Problem):
    """A document at an address that somebody gave could not be read; `word` says why."""

    todo = N_("Check the address, then try again.")

    def __init__(self, word: str) -> None:
        self.what = FETCH_FAULTS[word]
        self.word = word
        super().__init__()
