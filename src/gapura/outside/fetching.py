"""Reads small JSON documents at addresses that people typed, as guarded as what is posted there."""

import time
from typing import Any

import httpx

from gapura.outside.errors import NotFetched
from gapura.outside.line import Transport
from gapura.outside.posting import Guarded, check_target
from gapura.outside.rules import ANSWER_BYTES, FETCH_SECONDS

# RFC 7517 section 8.5 registers jwk-set+json; most servers send plain JSON.
_KINDS = ("application/json", "application/jwk-set+json")


def read_document(url: str) -> bytes:
    """The body of a 200 in JSON, of at most 64 KiB, within five seconds all in all.

    No redirect is followed: it would lead around the judgment of the address (CWE-918).

    :raises BadAddress: no https, or the host leads to where nobody outside may.
    :raises NotFetched: everything else, in one word.
    """
    target = check_target(url)
    transport = Transport(Guarded(time.monotonic() + FETCH_SECONDS))
    options: dict[str, Any] = {"timeout": FETCH_SECONDS, "trust_env": False}
    sent = {"Accept": ", ".join(_KINDS), "Accept-Encoding": "identity", "User-Agent": "gapura"}
    try:
        with (
            httpx.Client(transport=transport, follow_redirects=False, **options) as client,
            client.stream("GET", target.url, headers=sent) as response,
        ):
            return _body(response)
    except httpx.TimeoutException:
        raise NotFetched("timeout") from None
    except httpx.ConnectError:
        raise NotFetched("unreachable") from None
    except (httpx.HTTPError, httpx.InvalidURL):
        raise NotFetched("broken") from None


def _body(response: httpx.Response) -> bytes:
    if response.status_code != 200:
        raise NotFetched("status")
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _KINDS or response.headers.get("content-encoding", "identity") != "identity":
        raise NotFetched("kind")
    content = b""
    for piece in response.iter_raw():
        content += piece
        if len(content) > ANSWER_BYTES:
            raise NotFetched("size")
    return content
