"""/oauth2/jwks and the discovery documents: the same bytes for all, and what caches need."""

import json

import pytest

from tests.api.oauth.shop import DISCOVERY, JWKS, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]
OAUTH = "/.well-known/oauth-authorization-server"


def test_rfc7517_5_the_keys_are_published_without_their_private_half() -> None:
    reply = send(JWKS)
    keys = json.loads(reply.body)["keys"]
    assert {key["alg"] for key in keys} == {"ES256", "PS256", "RS256"}
    private = {"d", "p", "q", "dp", "dq", "qi", "k"}
    assert not any(private & set(key) for key in keys)
    assert reply.headers["content-type"] == "application/json"


@pytest.mark.parametrize("path", [JWKS, DISCOVERY, OAUTH])
def test_who_knows_the_document_is_told_that_nothing_changed(path: str) -> None:
    first = send(path)
    assert (first.status, first.headers["cache-control"]) == (200, "public, max-age=300")
    tag = first.headers["etag"]
    for told in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = send(path, None, ("if-none-match", told))
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
        assert "content-length" not in again.headers
    assert send(path, None, ("if-none-match", '"other"')).status == 200


@pytest.mark.parametrize("path", [JWKS, DISCOVERY, OAUTH])
def test_only_reading_and_from_any_origin(path: str) -> None:
    head, whole = send(path, method="HEAD"), send(path)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.body))
    assert whole.headers["access-control-allow-origin"] == "*"
    assert send(path, method="OPTIONS").status == 204
    assert send(path, {"a": "b"}).status == 405


def test_rfc8414_3_3_the_issuer_is_the_configured_one_never_the_host_header() -> None:
    """Attack (D14): a document with the attacker's addresses, for a cache to keep."""
    bad = (("x-forwarded-host", "evil.example"), ("forwarded", "host=evil.example"))
    reply = send(DISCOVERY, None, *bad)
    document = json.loads(reply.body)
    assert document["issuer"] == "http://localhost:8000"
    assert document["jwks_uri"] == "http://localhost:8000/oauth2/jwks"
    assert b"evil" not in reply.body
    assert send(OAUTH).body == reply.body
