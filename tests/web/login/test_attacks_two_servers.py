"""D20: what ends a session at one server ends it at once at the other: two real processes."""

import re
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest

from gapura.authentication import services
from tests.authentication.world import SYSTEM, person
from tests.sessions import entered
from tests.web.serving import servers

ACCOUNT = "/account"


def ask(address: str, path: str, token: str, **fields: str) -> tuple[int, str, str]:
    """Status, where it sends to, and the page; a POST when there are fields."""
    line = HTTPConnection(urlsplit(address).netloc, timeout=30)
    csrf = fields.get("csrfmiddlewaretoken", "")
    headers = {"Cookie": f"session={token}" + (f"; csrf={csrf}" if csrf else "")}
    if fields:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    line.request("POST" if fields else "GET", path, urlencode(fields) or None, headers)
    answer = line.getresponse()
    return answer.status, answer.headers.get("Location", ""), answer.read().decode()


def is_in(address: str, token: str) -> bool:
    """Is this cookie somebody's at this server?"""
    status, onward, _ = ask(address, ACCOUNT, token)
    assert (status, onward[:7]) in {(200, ""), (303, "/login?")}
    return status == 200


def sign_out(address: str, token: str) -> None:
    page = ask(address, "/logout", token)[2]
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    assert ask(address, "/logout", token, csrfmiddlewaretoken=found[1])[0] == 303


@pytest.mark.usefixtures("transactional_db")
def test_d20_a_session_ended_at_one_server_is_dead_at_once_at_the_other() -> None:
    """Attack: a stolen cookie at the other server, right after its owner signed out or the account
    was locked."""
    someone = person()
    stolen, other = entered(someone), entered(someone)
    with servers(2) as both:
        assert [is_in(one, token) for one in both for token in (stolen, other)] == [True] * 4
        sign_out(both[0], stolen)
        assert [is_in(one, stolen) for one in reversed(both)] == [False, False]
        assert [is_in(one, other) for one in both] == [True, True]
        services.lock_account(actor=SYSTEM, person=someone.id, why="not_me")
        assert [is_in(one, other) for one in both] == [False, False]
