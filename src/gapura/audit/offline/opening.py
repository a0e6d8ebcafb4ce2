"""Personal values against their commitments; what is gone must have been lawfully erased."""

import base64
import hmac
import json
from collections import Counter
from datetime import datetime, timezone
from typing import Any

from gapura.audit.offline.findings import Report

ERASED, FORGOTTEN = "audit.person.erased", "audit.month.forgotten"
_OWNERS = {"actor": "actor_person", "subject": "person"}


def canonical(value: Any) -> bytes:
    """RFC 8785 for what entries hold: no floats."""
    return json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":")).encode()


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        return {name: _ordered(value[name]) for name in names}
    return [_ordered(one) for one in value] if isinstance(value, list) else value


def commitment(salt: str, field: str, value: Any) -> str:
    """HMAC-SHA-256 under the salt, over the field's name, a zero byte and the canonical value."""
    data = field.encode() + b"\0" + canonical(value)
    return base64.b64encode(hmac.digest(base64.b64decode(salt), data, "sha256")).decode()


class Opening:
    """Takes each entry with what the bundle says of its personal parts."""

    def __init__(self, report: Report, *, opened: bool) -> None:
        self._report, self._opened = report, opened
        # A receipt that lies in an archived month cannot be read here.
        self.archived = False
        self._receipts: dict[str, tuple[int, str, str]] = {}
        self._erased: list[tuple[int, str, set[tuple[str, str]]]] = []

    def receipt(self, index: int, entry: dict[str, Any]) -> None:
        """An entry that records an erasure: of a person, or of a month's personal values."""
        said = (str(entry.get("name")), str(entry.get("subject_id")))
        self._receipts[str(entry.get("id"))] = (index, *said)

    def see(self, index: int, entry: dict[str, Any], parts: dict[str, Any]) -> None:
        """One entry and its parts: `opened` values with salts, or `erased_by` an entry."""
        promised = entry.get("commitments")
        for part, owner in _OWNERS.items():
            fields = {
                str(field): said
                for field, said in (promised.items() if isinstance(promised, dict) else ())
                if field.startswith("actor.") == (part == "actor")
            }
            told = parts.get(part)
            if not fields:
                continue
            if isinstance(told, dict) and "erased_by" in told:
                allowed = {(ERASED, str(entry.get(owner))), (FORGOTTEN, _month(entry.get("id")))}
                self._erased.append((index, str(told["erased_by"]), allowed))
            elif isinstance(told, dict) and isinstance(told.get("opened"), dict):
                self._compare(index, fields, told["opened"])
            elif self._opened:
                self._report.add("personal_missing", index=index)

    def _compare(self, index: int, promised: dict[str, str], opened: dict[str, Any]) -> None:
        for field in sorted(promised.keys() | opened.keys()):
            try:
                salt, value = opened[field]
                fits = commitment(salt, field, value) == promised[field]
            except (KeyError, ValueError, TypeError, RecursionError):
                fits = False
            if not fits:
                self._report.add("personal_altered", index=index, field=field)

    def finish(self) -> None:
        """Each erased part against the entry that is said to record its erasure."""
        lawful: Counter[int] = Counter()
        for index, receipt, allowed in self._erased:
            at, *said = self._receipts.get(receipt, (-1, "", ""))
            if tuple(said) in allowed:
                lawful[at] += 1
            elif at >= 0 or not self.archived:
                self._report.add("personal_missing", index=index)
        for at, count in sorted(lawful.items()):
            self._report.remark("erased", index=at, count=count)


def _month(event: Any) -> str:
    """The month (UTC) that an id of version 7 begins with, as entries write it."""
    milliseconds = int(str(event).replace("-", "")[:12] or "0", 16)
    return datetime.fromtimestamp(milliseconds / 1000, timezone.utc).strftime("%Y-%m")  # noqa: UP017
