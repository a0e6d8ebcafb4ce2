"""What scripts may rely on: plain POSTs to /login with username and password, then code."""

import re
from html import unescape
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from tests.authentication.world import PASSWORD, app_code, person, with_app
from tests.web.serving import served


class Script:
    """A program with a cookie jar: no JavaScript, it only sends the forms it is given."""

    def __init__(self, address: str) -> None:
        self.address, self.jar = address, CookieJar()
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(self.jar))

    def fetch(self, path: str, data: dict[str, str] | None = None) -> tuple[str, str]:
        """Follows redirects; answers the path where it ended and the page."""
        body = urlencode(data).encode() if data else None
        with self.opener.open(urljoin(self.address, path), body, timeout=30) as answer:
            return answer.url.removeprefix(self.address), answer.read().decode()

    def fill(self, path: str, page: str, **values: str) -> tuple[str, str]:
        """Send the form of a page with its token."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        return self.fetch(path, {"csrfmiddlewaretoken": unescape(token[1]), **values})


@pytest.mark.usefixtures("transactional_db")
def test_a_script_signs_in_with_three_fields() -> None:
    someone = person()
    secret = with_app(someone)
    with served() as address:
        script = Script(address)
        path, page = script.fetch("/login?next=/logout")
        assert 'name="username"' in page
        assert 'name="password"' in page
        path, page = script.fill(
            "/login?next=/login/step-up", page, username=someone.username, password=PASSWORD
        )
        assert path.startswith("/login/code")
        assert 'name="code"' in page
        path, page = script.fill(path, page, code=app_code(secret))
        assert path.startswith("/login/step-up")
        assert someone.name in page
        assert {cookie.name for cookie in script.jar} >= {"session", "csrf"}
        path, page = script.fill("/logout", page)
        assert path == "/logout"
        assert someone.name not in page
