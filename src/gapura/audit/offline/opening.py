"""Personal values against their commitments; what is gone must have been lawfully erased."""

import base64
import hmac
import json
from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from gapura.audit.offline.absent import PARTS_KEPT, free_from, month_of
from gapura.audit.offline.findings import Report
from gapura.audit.offline.times import is_moment

ERASED, FORGOTTEN = "audit.person.erased", "audit.month.forgotten"
_OWNERS = {"actor": ("actor_person", "person"), "subject": ("person",)}


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


class Erased(NamedTuple):
    """A part that is said to be erased: of which entry, whose, by which entry, recorded when."""

    place: int
    receipt: str
    owner: str
    month: str
    time: str


class Receipt(NamedTuple):
    """An entry that records an erasure: its number, its name, of whom or of which month, when."""

    place: int
    name: str
    what: str
    time: str

    def excuses(self, part: Erased, made_at: str) -> bool:
        """Whether the part may be gone because of it.

        What a person did after the erasure is no part of it; whoever was writing at that moment
        had begun before. A month is forgotten when it was over for so long, and nothing is that
        was written later under a clock that stood in that month.
        """
        if (self.name, self.what) == (ERASED, part.owner):
            return part.place < self.place or part.time <= self.time
        if (self.name, self.what) != (FORGOTTEN, part.month) or not part.month:
            return False
        if not (is_moment(self.time) and is_moment(part.time)):
            return False
        written = free_from(part.time, PARTS_KEPT)
        return self.time[:7] >= free_from(part.month, PARTS_KEPT) and made_at[:7] >= written


class Opening:
    """Takes each entry with what the bundle says of its personal parts."""

    def __init__(self, report: Report, *, opened: bool) -> None:
        self._report, self._opened = report, opened
        self._receipts: dict[str, Receipt] = {}
        self._erased: list[Erased] = []

    def receipt(self, index: int, entry: dict[str, Any]) -> None:
        """An entry that records an erasure: of a person, or of a month's personal values."""
        said = (str(entry.get(name)) for name in ("name", "subject_id", "recorded_at"))
        self._receipts[str(entry.get("id"))] = Receipt(index, *said)

    def see(self, index: int, entry: dict[str, Any], parts: dict[str, Any]) -> None:
        """One entry and its parts: `opened` values with salts, or `erased_by` an entry."""
        promised = entry.get("commitments")
        if strange := sorted(parts.keys() - {"index", *_OWNERS}):
            self._report.add("line", file="personal", line=index, reason=strange[0])
        for part, owners in _OWNERS.items():
            # Before a sign-in nobody acts yet: then the part is the one's whom the entry is about.
            owner = next((entry[name] for name in owners if entry.get(name)), None)
            fields = {
                str(field): said
                for field, said in (promised.items() if isinstance(promised, dict) else ())
                if field.startswith("actor.") == (part == "actor")
            }
            if part in parts:
                self._take(index, entry, fields, parts[part], str(owner))
            elif fields and self._opened:
                self._report.add("personal_missing", index=index)

    def _take(
        self, index: int, entry: dict[str, Any], fields: dict[str, str], told: Any, owner: str
    ) -> None:
        """Either opened or erased: what else were told would be held against nothing."""
        match told:
            case {"erased_by": str(receipt), **more} if fields and not more:
                month, time = month_of(entry.get("id")), str(entry.get("recorded_at"))
                self._erased.append(Erased(index, receipt, owner, month, time))
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

    def finish(self, signed: int, archived: Mapping[str, int], made_at: str) -> None:
        """Each erased part against the entry that is said to record its erasure.

        That one has to be `signed`: have a number below this. One that lies in an archived month
        cannot be read here; `archived` are those months, each with the number after its last one,
        and what it erased is older.
        """
        lawful: Counter[int] = Counter()
        unread = 0
        for part in self._erased:
            found = self._receipts.get(part.receipt)
            if found and found.place < signed and found.excuses(part, made_at):
                lawful[found.place] += 1
            elif found is None and part.place < archived.get(month_of(part.receipt), 0):
                unread += 1
            else:
                self._report.add("personal_missing", index=part.place)
        for at, count in sorted(lawful.items()):
            self._report.remark("erased", index=at, count=count)
        if unread:
            self._report.remark("erased_unread", count=unread)
