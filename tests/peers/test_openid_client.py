"""npm openid-client signs in by a pushed, bound and signed request; nothing works a second time."""

import json
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from django.db.models import F

from gapura.sso.models import Refresh
from tests.peers.gapura import Gapura, key_pair, quick
from tests.peers.people import Walker
from tests.peers.programs import Talk, npm, talking
from tests.personas import Personas

BACK, LEFT = "https://siaga.example.go.id/back", "https://siaga.example.go.id/left"


def test_openid_client_signs_in_and_nothing_that_was_used_works_again(
    transactional_db: None, personas: Personas, tmp_path: Path
) -> None:
    """One server for three clients: strict, public, and with a secret."""
    with quick(personas) as gapura:
        a_strict_client(gapura, tmp_path / "jwks.json")
        a_public_client(gapura)
        a_client_with_a_secret(gapura)


def a_strict_client(gapura: Gapura, jwks: Path) -> None:
    """FAPI 2.0: PAR, private_key_jwt and DPoP, as the library does them by itself."""
    public, private = key_pair("siaga-1")
    jwks.write_text(json.dumps({"keys": [public]}))
    made = gapura.client(
        "Siaga", profile="fapi2", auth_method="private_key_jwt", jwks=jwks, redirect_uri=BACK,
        post_logout_redirect_uri=LEFT, grant_type=["authorization_code", "refresh_token"],
        scope="openid profile offline_access",
    )  # fmt: skip
    told = {
        "issuer": gapura.url, "client_id": made["client_id"], "redirect_uri": BACK,
        "key": private, "dpop": True, "scope": "openid profile offline_access",
    }  # fmt: skip
    walker = Walker(gapura.url, gapura.account("ppk"))
    with talking(npm("openid_client"), **told) as party:
        pushes(party, walker, gapura)
        holds_its_key(party)
        refreshes_without_rotation(party)
        replays(party)


def pushes(party: Talk, walker: Walker, gapura: Gapura) -> None:
    """RFC 9126 4: what goes through the browser is a handle; RFC 9207 2: the answer names us."""
    asked = party("begin", pushed=True)["url"]
    assert set(parse_qs(urlsplit(asked).query)) == {"client_id", "request_uri"}
    back = walker.go(asked)
    assert back.startswith(f"{BACK}?"), walker.seen
    assert parse_qs(urlsplit(back).query)["iss"] == [gapura.url]
    got = party("finish", url=back)
    assert got.get("token_type", "").lower() == "dpop", got
    assert 0 < got["expires_in"] <= 300
    assert got["claims"]["acr"] == "urn:gapura:acr:2"
    assert party("userinfo")["sub"] == got["claims"]["sub"]
    assert "code=" not in walker.go(asked)


def holds_its_key(party: Talk) -> None:
    """RFC 9449 7.2: a bound token without its key is refused."""
    stolen = party("userinfo_as_bearer")
    assert stolen["status"] == 401
    assert "DPoP" in stolen["challenge"]


def refreshes_without_rotation(party: Talk) -> None:
    """FAPI 2.0 5.3.2.1: no rotation where the token is bound to the client."""
    for _ in range(2):
        got = party("refresh")
        assert got.get("token_type", "").lower() == "dpop", got
        assert got["rotated"] is False
    assert "sub" in party("userinfo")


def replays(party: Talk) -> None:
    """RFC 6749 4.1.2: a code used twice is refused and ends what it gave."""
    assert party("finish")["refused"] == "invalid_grant"
    assert party("refresh")["refused"] == "invalid_grant"
    assert party("userinfo")["status"] == 401


def a_public_client(gapura: Gapura) -> None:
    """RFC 9700 4.14.2: it rotates; ten seconds after that are for answers that were lost."""
    made = gapura.client(
        "Siaga di ponsel", auth_method="none", redirect_uri=BACK,
        grant_type=["authorization_code", "refresh_token"], scope="openid offline_access",
    )  # fmt: skip
    told = {
        "issuer": gapura.url, "client_id": made["client_id"], "redirect_uri": BACK,
        "scope": "openid offline_access",
    }  # fmt: skip
    with talking(npm("openid_client"), **told) as party:
        walker = Walker(gapura.url, gapura.account("pp"))
        got = party("finish", url=walker.go(party("begin")["url"]))
        assert got.get("token_type", "").lower() == "bearer", got
        assert party("refresh")["rotated"] is True
        assert "refused" not in party("refresh_older")
        later()
        assert party("refresh_older")["refused"] == "invalid_grant"
        assert party("refresh")["refused"] == "invalid_grant"


def later() -> None:
    """As if the rotation had been a minute ago."""
    past = F("replaced_at") - timedelta(minutes=1)
    assert Refresh.objects.filter(replaced_at__isnull=False).update(replaced_at=past)


def a_client_with_a_secret(gapura: Gapura) -> None:
    """RFC 7662 2.2, RFC 7009 2, RFC 6749 4.4, RP-Initiated Logout 2."""
    made = gapura.client(
        "Siaga pusat", auth_method="client_secret_basic", redirect_uri=BACK,
        post_logout_redirect_uri=LEFT, scope="openid offline_access",
        grant_type=["authorization_code", "refresh_token", "client_credentials"],
    )  # fmt: skip
    told = {
        "issuer": gapura.url, "client_id": made["client_id"], "redirect_uri": BACK,
        "client_secret": made["client_secret"], "scope": "openid offline_access",
    }  # fmt: skip
    with talking(npm("openid_client"), **told) as party:
        itself = party("machine")
        assert itself.get("token_type", "").lower() == "bearer", itself
        walker = Walker(gapura.url, gapura.account("kpa"))
        got = party("finish", url=walker.go(party("begin")["url"]))
        known = party("introspect")
        assert (known["active"], known["sub"]) == (True, got["claims"]["sub"])
        assert party("revoke") == {}
        assert party("introspect") == {"active": False}
        assert walker.go(party("sign_out", to=LEFT)["url"]).startswith(f"{LEFT}?state=left")
        assert "code=" not in walker.go(party("begin", extra={"prompt": "none"})["url"])
