"""D19: no form tells whether a name has an account: not by text, status, redirect, cookie or mail.

What the time tells is measured by `bench/run enumeration`.
"""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.accounts.models import Person
from gapura.authentication import services
from gapura.notifications.models import Mail
from gapura.notifications.tasks import send_mail
from tests.authentication.authenticator import Authenticator
from tests.authentication.keys import owner
from tests.authentication.world import SYSTEM, person, with_app
from tests.web.browser import Browser

pytestmark = pytest.mark.django_db

Answer = dict[str, Any]
NOBODY = "nobody99"
WRONG = "not the password at all"


def _locked() -> Person:
    someone = person()
    services.lock_account(actor=SYSTEM, person=someone.id, why="not_me")
    return someone


def _with_app() -> Person:
    someone = person()
    with_app(someone)
    return someone


# Every sort of account somebody could ask about.
PEOPLE: dict[str, Callable[[], Person]] = {
    "plain": person,
    "with an app": _with_app,
    "with a passkey": lambda: owner()[0],
    "without a proven address": lambda: person("registered"),
    "suspended": lambda: person("suspended"),
    "closed": lambda: person("closed"),
    "locked": _locked,
}
FORMS: dict[str, Callable[[str], dict[str, str]]] = {
    "/login": lambda name: {"username": name, "password": WRONG},
    "/recover": lambda name: {"login": name},
    "/recover/lost": lambda name: {"login": name, "mailbox": "yes"},
    "/recover/return": lambda name: {"login": name},
}
_CHANGING = (
    (r'name="csrfmiddlewaretoken" value="[^"]+"', "token"),
    (r"[0-9a-f]{32}", "number"),
)


def seen(answer: Any, name: str) -> Answer:
    """All that a stranger sees of an answer, without what differs from one to the next anyway."""
    text = answer.content.decode()
    for pattern, instead in _CHANGING:
        text = re.sub(pattern, instead, text)
    headers = {
        n: v for n, v in answer.headers.items() if n not in {"X-Request-Id", "Server-Timing"}
    }
    return {
        "status": answer.status_code,
        "headers": headers,
        "text": text.replace(name, "NAME"),
        "cookies": {
            n: (len(c.value), c["httponly"], c["max-age"]) for n, c in answer.cookies.items()
        },
    }


def asked(path: str, name: str) -> list[Answer]:
    """The answer to the form, to the page behind it, and to a wrong code on that."""
    here = Browser()
    answer = here.submit(path, **FORMS[path](name))
    found = [seen(answer, name)]
    if answer.status_code == 303:
        behind = answer["Location"]
        found += [seen(here.get(behind), name), seen(here.submit(behind, code="000000"), name)]
        found.append(seen(here.submit("/recover/code/send", behind), name))
    return found


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("sort", PEOPLE)
def test_d19_a_known_name_is_answered_like_an_unknown_one(path: str, sort: str) -> None:
    """Attack: find out who has an account, and which sort, by any of the forms."""
    name = PEOPLE[sort]().username
    before = Mail.objects.count()
    assert asked(path, name) == asked(path, NOBODY)
    written = Mail.objects.order_by("created_at")[before:]
    sent = [mail.template for mail in written if not mail.address.endswith(".invalid")]
    assert len(sent) <= 2
    assert all(one.endswith("_code.txt") for one in sent), sent


def test_d19_a_code_for_nobody_is_never_sent() -> None:
    """What stands in for its mail, so that both take the same time, is over when it is written."""
    Browser().submit("/recover", login=NOBODY)
    mail = Mail.objects.get()
    send_mail(str(mail.id))
    mail.refresh_from_db()
    assert (mail.person, mail.sent_at, mail.dropped, mail.body) == (None, None, "expired", None)


def test_d19_the_work_for_nobody_is_the_work_for_somebody() -> None:
    """Attack: measure the time. As many statements, and no rollback, after which all are planned
    anew."""
    for path in ("/recover", "/recover/lost"):
        sent = []
        for name in (person().username, NOBODY):
            here = Browser()
            here.get(path)
            with CaptureQueriesContext(connection) as asked_for:
                here.submit(path, **FORMS[path](name))
            sent.append([query["sql"].split()[0] for query in asked_for])
        assert sent[0] == sent[1]
        assert "ROLLBACK" not in sent[1]


def test_d19_wrong_passwords_send_no_mail() -> None:
    """Attack: fill a mailbox, or learn from somebody else's that it has an account."""
    someone = person()
    for _ in range(5):
        Browser().submit("/login", username=someone.username, password=WRONG)
    assert not Mail.objects.filter(person=someone.id).exists()


@pytest.mark.parametrize("sort", PEOPLE)
def test_d19_options_for_a_passkey_name_nobodys(sort: str) -> None:
    """Attack: allowCredentials of a name tells that it has an account with passkeys."""
    name = PEOPLE[sort]().username
    told = []
    for asked_name in (name, NOBODY):
        here = Browser()
        here.get("/login")
        answer = here.submit("/login/passkey/begin", username=asked_name)
        options = json.loads(answer.content)["options"]
        told.append((answer.status_code, sorted(options), options.get("allowCredentials", [])))
    assert told[0] == told[1]
    assert told[0][2] == []


def test_d19_the_second_factors_options_need_the_password() -> None:
    """Attack: ask for the second factor's options without the first."""
    for name in (owner()[0].username, NOBODY):
        here = Browser()
        here.submit("/login", username=name, password=WRONG)
        answer = here.submit("/login/code/passkey", "/login")
        assert b"allowCredentials" not in answer.content
        assert answer.status_code != 200


def test_d19_an_unknown_passkey_is_answered_like_a_wrong_one() -> None:
    """Attack: find out which credential ids are anybody's."""
    someone, key = owner()
    stranger, answers = Authenticator(), []
    for device in (key, stranger):
        here = Browser()
        here.get("/login")
        begun = here.submit("/login/passkey/begin")
        options = json.loads(begun.content)["options"]
        device.handle, device.site = someone.id.bytes, "elsewhere.example"
        answer = here.submit("/login/passkey", answer=device.use(options))
        answers.append((seen(answer, ""), seen(here.get("/login"), "")))
    assert answers[0] == answers[1]


def test_d19_a_limit_comes_as_soon_for_nobody() -> None:
    """Attack: ask until the limit of a name tells."""
    for path in ("/recover", "/recover/return"):
        rows = []
        for name in (person().username, f"{NOBODY}{len(path)}"):
            answers = [Browser().submit(path, login=name).status_code for _ in range(7)]
            rows.append(answers)
        assert rows[0] == rows[1]
        assert rows[0][-1] == 429
