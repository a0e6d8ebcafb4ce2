"""The played authorities: their page, their bad behavior, and where they refuse to run."""

import subprocess
import urllib.error
import urllib.request
from email.message import Message
from typing import Any

import pytest

from gapura.ops.demo_settings import SIMULATOR_TOKEN
from gapura.ops.postgres import free_port
from gapura.ops.simulator import facts
from gapura.ops.simulator.desk import Desk
from gapura.ops.simulator.modes import MODES
from tests.ops.test_cli import COMMAND, gapura
from tests.simulator import Authorities

ID = "3f0e8a52-0000-4000-8000-000000000001"
GOOD = {
    "Authorization": f"Bearer {SIMULATOR_TOKEN}",
    "X-Request-Id": ID,
    "Content-Type": "application/json",
}
LOOKUP = "/oss/v1/businesses/lookup"
ASKED = b'{"nib": "1234567890123", "owner_nik": "3173010101900001"}'


def fetch(
    authorities: Authorities, path: str, body: bytes | None = None, /, **headers: str
) -> tuple[int, str, Message]:
    """Status, text and headers, whatever the status is."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(authorities.url + path, data=body, headers=named)  # noqa: S310
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=10) as reply:
            return reply.status, reply.read().decode(), reply.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), error.headers


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Look at redirects, don't follow them."""


def page(authorities: Authorities, **headers: str) -> str:
    return fetch(authorities, "/", **headers)[1]


def test_the_page_offers_every_behavior_and_shows_every_special_number(
    authorities: Authorities,
) -> None:
    html = page(authorities, Cookie="lang=en")
    for code in authorities.endpoints():
        assert f'id="mode-{code}"' in html
    for name in MODES:
        assert f'value="{name}"' in html
    for ending in (*facts.NIK_ENDINGS, *facts.NIB_ENDINGS):
        assert f">{ending.digits}</th>" in html


def test_the_page_follows_the_language_and_has_a_strict_policy(authorities: Authorities) -> None:
    assert '<html lang="id"' in page(authorities)
    assert '<html lang="en"' in page(authorities, Cookie="lang=en")
    policy = fetch(authorities, "/")[2]["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'")


def test_a_form_changes_how_an_authority_behaves(authorities: Authorities) -> None:
    status, _, headers = fetch(authorities, "/behave", b"authority=oss&mode=down")
    assert (status, headers["Location"]) == (303, "/")
    assert '<option value="down" selected>' in page(authorities)
    assert fetch(authorities, LOOKUP, ASKED, **GOOD)[0] == 503
    fetch(authorities, "/behave", b"authority=all&mode=up")
    assert fetch(authorities, LOOKUP, ASKED, **GOOD)[0] == 200


@pytest.mark.parametrize(
    "form", [b"", b"authority=oss&mode=evil", b"authority=x&mode=up", b"\xff\xfe", b"x" * 20_000]
)
def test_a_form_with_something_else_changes_nothing(authorities: Authorities, form: bytes) -> None:
    assert fetch(authorities, "/behave", form)[0] == 400


def test_another_site_cannot_reach_in_through_the_browser(authorities: Authorities) -> None:
    form = b"authority=all&mode=down"
    assert fetch(authorities, "/behave", form, Origin="http://evil.example")[0] == 403
    assert fetch(authorities, "/behave", form, Origin="null")[0] == 403
    assert fetch(authorities, "/behave", b"mode=up&authority=all", Origin=authorities.url)[0] == 303


def test_dns_rebinding_another_host_is_refused(authorities: Authorities) -> None:
    assert fetch(authorities, "/sent", Host="evil.example")[0] == 400


def test_a_message_is_shown_escaped(authorities: Authorities) -> None:
    body = b'{"to": "+628123450009", "channel": "sms", "text": "<script>1</script>"}'
    status, _, _ = fetch(
        authorities, "/messages/v1/messages", body, Idempotency_Key="a-key-of-mine", **GOOD
    )
    assert status == 200
    assert "<script>" not in page(authorities)
    assert "&lt;script&gt;" in page(authorities)


@pytest.mark.parametrize(
    ("change", "body", "status"),
    [
        ({"Authorization": "Bearer x"}, ASKED, 401),
        ({"X-Request-Id": "1"}, ASKED, 400),
        ({"Content-Type": "text/plain"}, ASKED, 415),
        ({}, b"{}", 400),
        ({}, b"[]", 400),
        ({}, b"{" * 9000, 400),
        ({}, ASKED.replace(b'"1234567890123"', b"1234567890123"), 400),
        ({}, ASKED.replace(b"}", b', "more": "x"}'), 400),
    ],
)
def test_a_request_beside_the_contract_is_refused(
    authorities: Authorities, change: dict[str, str], body: bytes, status: int
) -> None:
    assert fetch(authorities, LOOKUP, body, **{**GOOD, **change})[0] == status


@pytest.mark.parametrize(
    "path", ["/oss", "/oss/v1", "/holidays/v1/holidays/20x6", "/nothing", "/sent/x/../.."]
)
def test_what_is_not_there_is_404(authorities: Authorities, path: str) -> None:
    assert fetch(authorities, path, **GOOD)[0] in {404, 200 if path.startswith("/sent") else 404}


def test_a_message_without_its_key_is_refused(authorities: Authorities) -> None:
    body = b'{"to": "+628123450009", "channel": "sms", "text": "Halo"}'
    assert fetch(authorities, "/messages/v1/messages", body, **GOOD)[0] == 400


def test_the_oldest_messages_make_room() -> None:
    desk = Desk()
    for number in range(1200):
        desk.take({"to": f"+62{number:09d}", "channel": "sms", "text": "x"}, f"key-{number:06d}")
    kept = desk.newest()
    assert len(kept) == 1000
    assert kept[0]["to"] == "+62000001199"
    assert len({one["reference"] for one in kept}) == 1000


@pytest.mark.parametrize("nib", ["1234567890123", "0000000001234", "9120300551238"])
def test_a_made_up_tax_number_is_sound(nib: str) -> None:
    """Luhn over the first ten digits, as DJP's 16-digit form of old company numbers has it."""
    npwp = facts.npwp_of(nib)
    digits = [int(d) for d in npwp[:10]]
    total = sum(
        (d * 2 - 9 if d > 4 else d * 2) if place % 2 else d
        for place, d in enumerate(reversed(digits))
    )
    assert total % 10 == 0
    assert len(npwp) == 16
    assert npwp[-4:] == nib[-4:]


def test_different_companies_have_different_tax_numbers() -> None:
    nibs = [f"{number * 7_654_321:013d}" for number in range(1, 3000)]
    assert len({facts.npwp_of(nib) for nib in nibs}) == len(nibs)


def test_it_never_starts_in_production(tmp_path: Any) -> None:
    answer = gapura("simulator", GAPURA_ENVIRONMENT="production", GAPURA_DATA_DIR=str(tmp_path))
    assert answer.returncode == 1
    assert "GAPURA_ENVIRONMENT=demo or test" in answer.stderr


def test_a_taken_port_is_said_in_a_sentence(authorities: Authorities, tmp_path: Any) -> None:
    port = authorities.url.rpartition(":")[2]
    folder = {"GAPURA_ENVIRONMENT": "test", "GAPURA_DATA_DIR": str(tmp_path)}
    answer = gapura("simulator", "--port", port, **folder)
    assert answer.returncode == 1
    assert "can't listen" in answer.stderr


def test_it_ends_in_order(tmp_path: Any) -> None:
    process = subprocess.Popen(
        [*COMMAND, "simulator", "--port", str(free_port())],
        env={"GAPURA_ENVIRONMENT": "test", "GAPURA_DATA_DIR": str(tmp_path), "PATH": "/usr/bin"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert "played on" in process.stdout.readline()
    process.terminate()
    assert process.wait(10) == 0
    process.stdout.close()
