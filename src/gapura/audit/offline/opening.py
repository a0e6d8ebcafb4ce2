"""Personal values against their commitments; what is gone must have been lawfully erased."""

import base64
import hmac
import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from gapura.audit.offline.absent import month_of
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
        self._receipts: dict[str, tuple[int, str, str]] = {}
        self._erased: list[tuple[int, str, set[tuple[str, str]]]] = []

    def receipt(self, index: int, entry: dict[str, Any]) -> None:
        """An entry that records an erasure: of a person, or of a month's personal values."""
        said = (str(entry.get("name")), str(entry.get("subject_id")))
        self._receipts[str(entry.get("id"))] = (index, *said)

    def see(self, index: int, entry: dict[str, Any], parts: dict[str, Any]) -> None:
        """One entry and its parts: `opened` values with salts, or `erased_by` an entry."""
        promised = entry.get("commitments")
        if strange := sorted(parts.keys() - {"index", *_OWNERS}):
            self._report.add("line", file="personal", line=index, reason=strange[0])
        for part, owner in _OWNERS.items():
            fields = {
                str(field): said
                for field, said in (promised.items() if isinstance(promised, dict) else ())
                if field.startswith("actor.") == (part == "actor")
            }
            if part in parts:
                self._take(index, entry, fields, parts[part], str(entry.get(owner)))
            elif fields and self._opened:
                self._report.add("personal_missing", index=index)

    def _take(
        self, index: int, entry: dict[str, Any], fields: dict[str, str], told: Any, owner: str
    ) -> None:
        """Either opened or erased: what else were told would be held against nothing."""
        match told:
            case {"erased_by": str(receipt), **more} if fields and not more:
                allowed = {(ERASED, owner), (FORGOTTEN, month_of(entry.get("id")))}
                self._erased.append((index, receipt, allowed))
            case {"opened": dict(values), **more} if self._opened and not more:
                self._compare(index, fields, values)
            case _:
                self._report.add("line", file="personal", line=index, reason="opened, erased_by")

    def _compare(self, index: int, promised: dict[str, str], opened: dict[str, Any]) -> None:
        for field in sorted(promised.keys() | opened.keys()):
            try:
                salt, value = opened[field]
                fits = commitment(salt, field, value) == promised[field]
            except (KeyError, ValueError, TypeError, RecursionError):
                fits = False
            if not fits:
                self._report.add("personal_altered", index=index, field=field)

    def finish(self, signed: int, archived: Mapping[str, int]) -> None:
        """Each erased part against the entry that is said to record its erasure.

        That one has to be `signed`: have a number below this. One that lies in an archived month
        cannot be read here; `archived` are those months, each with the number after its last one,
        and what it erased is older.
        """
        lawful: Counter[int] = Counter()
        unread = 0
        for index, receipt, allowed in self._erased:
            at, *said = self._receipts.get(receipt, (-1, "", ""))
            if tuple(said) in allowed and at < signed:
                lawful[at] += 1
            elif at < 0 and index < archived.get(month_of(receipt), 0):
                unread += 1
            else:
                self._report.add("personal_missing", index=index)
        for at, count in sorted(lawful.items()):
            self._report.remark("erased", index=at, count=count)
        if unread:
            self._report.remark("erased_unread", count=unread)
