"""Asks SiRUP whether an old account belongs to whoever knows its password."""

import re

from gapura.outside.answers import About, LegacyAnswer, Proof
from gapura.outside.asking import Question, ask
from gapura.outside.authorities import SIRUP
from gapura.outside.errors import BadQuestion
from gapura.outside.reading import Answer

LONGEST_USERNAME, LONGEST_PASSWORD = 100, 200
ACCOUNT = re.compile(r"[A-Za-z0-9-]{1,40}")


def check_legacy_account(*, subject: About, username: str, password: str) -> LegacyAnswer:
    """Does this password open that account of SiRUP, and was it linked before?

    The password goes to SiRUP only: nothing of it is kept, not even a hash.

    :raises AuthorityDown: when there is no proper answer; nothing is known then.
    :raises BadQuestion: for a name or password that is empty, too long or not printable.
    """
    _demand(username, LONGEST_USERNAME)
    _demand(password, LONGEST_PASSWORD)
    path = "/v1/accounts/confirm"
    body, secret = {"username": username}, {"password": password}
    return ask(Question(SIRUP, "account", subject, path, body, secret=secret), _account)


def _account(answer: Answer, proof: Proof) -> LegacyAnswer:
    status = answer.choice("status", "confirmed", "wrong_credentials", "already_linked")
    if status != "confirmed":
        return LegacyAnswer(status, "", None, proof)
    account = answer.matching("account", ACCOUNT)
    return LegacyAnswer(status, account, answer.day("registered_on"), proof)


def _demand(text: str, most: int) -> None:
    if not 1 <= len(text) <= most or not text.isprintable():
        raise BadQuestion()
