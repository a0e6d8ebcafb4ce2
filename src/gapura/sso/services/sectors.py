"""Whether an application belongs to the sector that it names (OpenID Connect Core 8.1)."""

import json
from collections.abc import Mapping
from typing import Any

from gapura.outside.errors import BadAddress, NotFetched
from gapura.outside.services import fetch_json


def check_sector(metadata: Mapping[str, Any]) -> str:
    """Why it does not belong to the sector it names; empty when it does, or names none.

    Without it a client would be told the numbers by which another one knows people. Reads an
    address of the application: not inside a transaction.
    """
    address = metadata.get("sector_identifier_uri", "")
    if not address:
        return ""
    try:
        listed = _list_at(address)
    except (BadAddress, NotFetched, ValueError, RecursionError):
        return "it cannot be read as a list of addresses"
    if not set(metadata["redirect_uris"]) <= listed:
        return "it does not list every one of redirect_uris"
    return ""


def _list_at(address: str) -> frozenset[str]:
    found = json.loads(fetch_json(address))
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise ValueError("no list of texts")
    return frozenset(found)
