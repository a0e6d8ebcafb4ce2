"""Addresses that no page offers: NUL and endless numbers are refused, never an error of ours."""

import pytest
from django.db import DataError
from django.http import HttpResponse
from django.test import RequestFactory

from gapura.web.shell.middleware import problems
from tests.access import world
from tests.web.browser import Browser
from tests.web.people import holder, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
_ENDLESS = "9" * 5000


@pytest.fixture
def places() -> None:
    world.places()


@pytest.fixture
def platform() -> Browser:
    return signed_in("admin_platform")


@pytest.mark.parametrize(
    "address",
    [
        "/oversight?agency=%00", "/oversight?group=province-%00", "/oversight/alerts?agency=%00",
        "/oversight/monthly?agency=%00", "/oversight/rules/%00",
        "/oversight/monthly/file?month=2026-10&kind=pdf&agency=%00",
    ],
)  # fmt: skip
def test_a_nul_is_no_error_of_ours(address: str, platform: Browser) -> None:
    """Attack: a sign that the database cannot hold, in every place of an address."""
    assert platform.get(address).status_code in {400, 404}


def test_a_nul_in_a_form_that_no_field_reads_is_no_error_of_ours(platform: Browser) -> None:
    """Attack: the same in a body, past the fields that would name it."""
    someone = holder("pp")
    path = f"/people/{someone.username}/offboard"
    assert platform.submit(path, page="/", agency="T1\0").status_code in {400, 404, 422}


@pytest.mark.parametrize("text", ["x\0", '{"a": "\\u0000"}', '"\\uD800"'])
@pytest.mark.parametrize("fault", [DataError("NUL"), ValueError("surrogates not allowed")])
def test_whatever_stumbles_over_it_the_request_was_bad(text: str, fault: Exception) -> None:
    """Attack: what no text of the database can hold, as it is and written in JSON."""
    layer = problems(lambda _request: HttpResponse())
    for sent, status in ((text, 400), ("an honest text", 500)):
        request = RequestFactory().post("/x", {"answer": sent})
        answer = layer.process_exception(request, fault)
        assert answer is not None
        assert answer.status_code == status


def test_nor_is_one_in_a_cookie() -> None:
    """Attack: octal escapes within a quoted cookie."""
    for name in ("session", "device", "lang", "csrf"):
        here = Browser()
        answer = here.get("/", HTTP_COOKIE=f'{name}="\\000abc"')
        assert answer.status_code < 500, name


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("admin_platform", "/oversight/suppliers"),
        ("admin_platform", "/oversight/alerts"),
        ("admin_platform", "/console/companies"),
        ("verifikator", "/people/identities"),
        ("verifikator", "/people/recoveries"),
    ],
)
def test_an_endless_page_number_is_no_error_of_ours(role: str, address: str) -> None:
    """Attack: a number that Python refuses to read."""
    assert signed_in(role).get(f"{address}?page={_ENDLESS}").status_code == 200
