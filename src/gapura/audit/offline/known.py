"""The claims that this verifier knows, against those of a bundle: which tables must agree."""

import json
from pathlib import Path
from typing import Any

from gapura.audit.offline.findings import Report, Unreadable

LARGEST_CLAIMS = 16 * 1024 * 1024
CLAIMS_FILE = "claims.json"
# The one file carries here what lies beside this module otherwise.
_BUILT_IN = ""

Told = dict[str, dict[str, Any]]


def claims_of(text: str) -> Told:
    """The claims of a file, by name.

    :raises ValueError, KeyError, TypeError: for a file of anything else.
    """
    told = json.loads(text)["claims"]
    if type(told) is not list or not all(type(one) is dict for one in told):
        raise ValueError("claims")
    found = {str(one["name"]): one for one in told}
    if len(found) != len(told):
        raise ValueError("claims of one name")
    return found


def known_claims(own: Path | None = None) -> Told:
    """The auditor's own file of claims, else those that the verifier was made with.

    :raises Unreadable: when the file is not there.
    :raises ValueError, KeyError, TypeError: for a file of anything else.
    """
    if own is None and _BUILT_IN:
        return claims_of(_BUILT_IN)
    path = own or Path(__file__).with_name(CLAIMS_FILE)
    try:
        with path.open("rb") as file:
            return claims_of(file.read(LARGEST_CLAIMS).decode())
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror}") from error


def agreed(told: Told, known: Told, report: Report) -> list[dict[str, Any]]:
    """The claims to hold tables against: all that are known, and what the bundle has besides.

    The bundle has to say the known ones in the same words: whoever could leave one out could
    change its table unseen.
    """
    for name in sorted(known.keys() | ({"*"} if not known or not told else set())):
        if told.get(name) != known.get(name) or name == "*":
            report.add("claims", claim=name)
    if more := sorted(told.keys() - known.keys()):
        report.remark("more_claims", claims=", ".join(more))
    return list({**told, **known}.values())
