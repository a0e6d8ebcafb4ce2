"""Sites of Python: mozilla-django-oidc, Authlib, and the sample of the documents."""

import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest

from tests.peers import apache
from tests.peers.conftest import Surfing
from tests.peers.gapura import Gapura, free_port, key_pair
from tests.peers.programs import SITES, python, running, site
from tools.assets import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow
SAMPLE = ROOT / "docs/relying-parties/sample.py"
BOTH = ["authorization_code", "refresh_token"]
DELIVERED = 30


def said(page: "Page", address: str) -> Any:
    """The JSON of a page of a site."""
    page.goto(address)
    return json.loads(page.locator("body").inner_text())


def metadata(gapura: Gapura) -> dict[str, Any]:
    """What discovery tells."""
    with urlopen(f"{gapura.url}/.well-known/openid-configuration", timeout=30) as answer:  # noqa: S310 - our own
        return dict(json.load(answer))


def test_mozilla_django_oidc_signs_in_asks_again_silently_and_hears_of_the_end(
    gapura: Gapura, surfing: Surfing, tmp_path: Path
) -> None:
    """OpenID Connect Core 3.1.2.1: `prompt=none` shows no page; refused after signing out."""
    port = free_port()
    here, op = f"http://localhost:{port}", metadata(gapura)
    made = gapura.client(
        "Situs Django", auth_method="client_secret_basic", redirect_uri=f"{here}/oidc/callback/",
        post_logout_redirect_uri=f"{here}/left", scope="openid profile email", sandbox=True,
    )  # fmt: skip
    told = {
        "issuer": gapura.url, "alg": "ES256", "renew": 1, "database": str(tmp_path / "site.sqlite"),
        "client_id": made["client_id"], "client_secret": made["client_secret"],
        "authorize": op["authorization_endpoint"], "token": op["token_endpoint"],
        "userinfo": op["userinfo_endpoint"], "jwks": op["jwks_uri"],
        "logout": op["end_session_endpoint"],
    }  # fmt: skip
    with site(SITES / "mozilla_site.py", port, **told) as django, surfing("pp") as person:
        assert person.go(f"{django}/oidc/authenticate/") == f"{django}/"
        mail = said(person.page, django)["email"]
        assert "@" in mail
        time.sleep(1.1)
        assert said(person.page, django) == {"email": mail}
        assert person.go(f"{django}/oidc/logout/").startswith(f"{django}/left")
        assert person.go(f"{django}/oidc/authenticate/") == f"{django}/"
        person.sign_out()
        time.sleep(1.1)
        assert said(person.page, django) == {"page": "/failed"}


def test_authlib_signs_in_with_a_key_refreshes_introspects_and_revokes(
    gapura: Gapura, surfing: Surfing, tmp_path: Path
) -> None:
    """OpenID Connect Core 9 (private_key_jwt), RFC 7662, RFC 7009."""
    port, (public, private) = free_port(), key_pair("authlib-1")
    here, jwks = f"http://localhost:{port}", tmp_path / "jwks.json"
    jwks.write_text(json.dumps({"keys": [public]}))
    made = gapura.client(
        "Situs Authlib", auth_method="private_key_jwt", jwks=jwks, redirect_uri=f"{here}/back",
        post_logout_redirect_uri=f"{here}/left", scope="openid profile email offline_access",
        grant_type=BOTH, sandbox=True,
    )  # fmt: skip
    told = {"issuer": gapura.url, "client_id": made["client_id"], "key": private}
    with site(SITES / "authlib_site.py", port, **told) as flask, surfing("ppk") as person:
        page = person.page
        assert person.go(f"{flask}/login").startswith(f"{flask}/back?")
        known = said(page, flask)
        assert known["userinfo"]["preferred_username"] == "ppk"
        assert known["claims"]["sub"] == known["userinfo"]["sub"]
        refreshed = said(page, f"{flask}/refresh")
        assert (refreshed["fresh"], refreshed["rotated"]) == (True, False)
        assert said(page, f"{flask}/introspect")["active"] is True
        assert said(page, f"{flask}/revoke") == {"status": 200}
        assert said(page, f"{flask}/refresh") == {"refused": "invalid_grant"}
        assert said(page, f"{flask}/introspect") == {"active": False}
        assert person.go(f"{flask}/leave").startswith(f"{flask}/left?state=")
        page.goto(f"{gapura.url}/account")
        assert "/login" in page.url


def test_a_key_that_signs_at_once_is_no_error_at_a_client_that_knows_the_old_one(
    gapura: Gapura, surfing: Surfing
) -> None:
    """OpenID Connect Core 10.1.1: an unknown `kid` makes it read the keys again."""
    port = free_port()
    made = gapura.client(
        "Situs Apache lain", redirect_uri=f"http://localhost:{port}/oidc/back", sandbox=True,
        scope="openid profile offline_access", grant_type=BOTH,
    )  # fmt: skip
    if apache.program() is None:
        pytest.skip(apache.NOT_RUN)
    told = (gapura.url, made["client_id"], made["client_secret"])
    with apache.apache(port, *told) as here:
        with surfing("pp") as person:
            assert person.go(f"{here}/inside/") == f"{here}/inside/"
        known = gapura.published()
        moved = gapura.run("keys", "rotate", "--now", "--reason", "a test", "--json")
        assert moved.returncode == 0, moved.stderr
        until = time.monotonic() + DELIVERED * 2
        while gapura.published() == known:
            assert time.monotonic() < until
            time.sleep(0.5)
        with surfing("ppk") as person:
            assert person.go(f"{here}/inside/") == f"{here}/inside/"


def test_the_sample_of_the_documents_signs_in_and_out_and_hears_of_the_end(
    gapura: Gapura, surfing: Surfing
) -> None:
    """docs/relying-parties/sample.py, as it stands there."""
    port = free_port()
    here = f"http://localhost:{port}"
    made = gapura.client(
        "Contoh", auth_method="client_secret_basic", redirect_uri=f"{here}/back",
        post_logout_redirect_uri=f"{here}/", backchannel_logout_uri=f"{here}/ended",
        scope="openid profile", sandbox=True,
    )  # fmt: skip
    env = os.environ | {
        "ISSUER": gapura.url, "HERE": here, "SECRET_KEY": "of a test",
        "CLIENT_ID": made["client_id"], "CLIENT_SECRET": made["client_secret"],
    }  # fmt: skip
    command = [python(), "-m", "flask", "--app", str(SAMPLE), "run", "--port", str(port)]
    with running(command, port, env=env) as sample, surfing("verifikator") as person:
        for way in (f"{sample}/logout", None):
            assert person.go(f"{sample}/login") == f"{sample}/"
            assert said(person.page, sample)
            if way:
                assert person.go(way).startswith(f"{sample}/?state=")
            else:
                person.sign_out()
            is_gone(person.page, sample)


def is_gone(page: "Page", sample: str) -> None:
    """At once, or when the worker has told it."""
    until = time.monotonic() + DELIVERED
    while said(page, sample) is not None:
        assert time.monotonic() < until
        time.sleep(0.2)


def test_the_sample_has_at_most_sixty_lines() -> None:
    assert len([line for line in SAMPLE.read_text().splitlines() if line]) <= 60
