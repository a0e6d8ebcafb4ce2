"""Asking a witness over HTTP: bounded in time and size, without redirects."""

from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import NamedTuple
from urllib.parse import urlsplit

SECONDS = 5.0
_LARGEST = 16 * 1024
_KINDS = {"https": HTTPSConnection, "http": HTTPConnection}


class WitnessAway(Exception):
    """No answer, or none that fits the protocol."""


class Answer(NamedTuple):
    """Status and text of an answer."""

    status: int
    text: str


def add_checkpoint(url: str, body: str) -> Answer:
    """POST the body to the witness's submission prefix.

    :raises WitnessAway: when nobody answers in time, or at too great length.
    """
    parts = urlsplit(url)
    kind = _KINDS.get(parts.scheme)
    if kind is None or not parts.hostname:
        raise WitnessAway(f"{url!r} is no address")
    line = kind(parts.hostname, parts.port, timeout=SECONDS)
    try:
        headers = {"Content-Type": "text/plain; charset=utf-8"}
        line.request("POST", f"{parts.path.rstrip('/')}/add-checkpoint", body.encode(), headers)
        reply = line.getresponse()
        content = reply.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise WitnessAway("the answer is too long")
        return Answer(reply.status, content.decode())
    except (OSError, HTTPException, ValueError) as error:
        raise WitnessAway(f"{url}: {str(error) or type(error).__name__}") from error
    finally:
        line.close()
