"""The authorities' side of their contracts: checks a request, and makes the answer."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gapura.ops.demo_settings import SIMULATOR_TOKEN
from gapura.ops.simulator import facts
from gapura.ops.simulator.desk import Desk

BODY_BYTES = 16 * 1024
_ID = re.compile(r"[0-9a-f-]{36}")
_KEY = re.compile(r"[A-Za-z0-9._:-]{8,80}")
_YEAR = re.compile(r"/v1/holidays/(20[0-9]{2}|2100)")


class Refusal(Exception):
    """A request that breaks the contract; `status` is the reply."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.status = status


@dataclass(frozen=True, slots=True)
class Service:
    """One operation: its address, the form of every field, and what it answers."""

    path: str
    fields: Mapping[str, str]
    answer: Callable[[Mapping[str, str]], dict[str, Any]]


SERVICES = {
    "registry": Service(
        "/v1/identities/match",
        {"nik": r"[0-9]{16}", "name": r".{1,200}", "birth_date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}"},
        facts.identity,
    ),
    "oss": Service(
        "/v1/businesses/lookup",
        {"nib": r"[0-9]{13}", "owner_nik": r"[0-9]{16}"},
        facts.business,
    ),
    "tax": Service("/v1/taxpayers/lookup", {"npwp": r"[0-9]{16}", "name": r".{1,200}"}, facts.tax),
    "blacklist": Service(
        "/v1/blacklist/lookup", {"nib": r"[0-9]{13}", "npwp": r"[0-9]{16}"}, facts.blacklist
    ),
    "sirup": Service(
        "/v1/accounts/confirm",
        {"username": r".{1,100}", "password": r".{1,200}"},
        facts.legacy_account,
    ),
    "messages": Service(
        "/v1/messages",
        {"to": r"\+[1-9][0-9]{7,14}", "channel": r"sms|whatsapp", "text": r"(?s:.{1,600})"},
        lambda asked: {"status": "accepted"},
    ),
}


def answer(
    desk: Desk, authority: str, method: str, path: str, headers: Mapping[str, str], body: bytes
) -> dict[str, Any]:
    """The answer as the contract says.

    :raises Refusal: for a request that the contract does not know.
    """
    request_id = headers.get("X-Request-Id", "")
    if headers.get("Authorization") != f"Bearer {SIMULATOR_TOKEN}":
        raise Refusal(401, "token")
    if not _ID.fullmatch(request_id):
        raise Refusal(400, "request id")
    if authority == "holidays":
        return _frame(request_id, _holidays(method, path))
    service = SERVICES[authority]
    if (method, path) != ("POST", service.path):
        raise Refusal(404, "no such service")
    asked = _read(service, headers, body)
    told = service.answer(asked)
    if authority == "messages":
        key = headers.get("Idempotency-Key", "")
        if not _KEY.fullmatch(key):
            raise Refusal(400, "idempotency key")
        told["reference"] = desk.take(asked, key).reference
    return _frame(request_id, told)


def _holidays(method: str, path: str) -> dict[str, Any]:
    year = _YEAR.fullmatch(path)
    if method != "GET" or year is None:
        raise Refusal(404, "no such service")
    return facts.holidays(int(year[1]))


def _read(service: Service, headers: Mapping[str, str], body: bytes) -> dict[str, str]:
    if headers.get("Content-Type", "").partition(";")[0].strip() != "application/json":
        raise Refusal(415, "content type")
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        raise Refusal(400, "no JSON") from None
    if type(asked) is not dict or set(asked) != set(service.fields):
        raise Refusal(400, "fields")
    for name, form in service.fields.items():
        if type(asked[name]) is not str or not re.fullmatch(form, asked[name]):
            raise Refusal(400, name)
    return asked


def _frame(request_id: str, told: dict[str, Any]) -> dict[str, Any]:
    reference = hashlib.sha256(request_id.encode()).hexdigest()[:12].upper()
    return {"request_id": request_id, "reference": f"SIM-{reference}", **told}
