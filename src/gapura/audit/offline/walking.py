"""One walk over all entries, number by number: hashes, the tree, signed roots, times, contents."""

from collections.abc import Iterator
from typing import Any

from gapura.audit.offline.absent import ArchiveTold, SealedMonth, Span, sealed_months
from gapura.audit.offline.findings import Report
from gapura.audit.offline.folder import LEAVES_A_FILE, parsed
from gapura.audit.offline.growing import Growing, hash_leaves
from gapura.audit.offline.moment import Moment
from gapura.audit.offline.opening import ERASED, FORGOTTEN, Opening
from gapura.audit.offline.statements import Statement
from gapura.audit.offline.tables import Reconciler
from gapura.audit.offline.times import GRACE, Times, shifted

_NO_HASH = bytes(32)
_ID, _NAME, _RECORDED = b'"id":"', b'","name":"', b'"recorded_at":"'
# The newest signed one tells which months lie in files only, and under which numbers.
_ARCHIVE = frozenset({b"audit.month.archived", b"audit.month.restored"})
_RECEIPTS = frozenset({ERASED.encode(), FORGOTTEN.encode()})
_WATCHED = _ARCHIVE | _RECEIPTS


class Walk:
    """Takes the entries in order and says what does not fit."""

    all_open, _good = False, 0
    # The number of the newest signed entry about archives, and the newest one while nobody has
    # signed it.
    told_by = -1
    _unsigned: ArchiveTold | None = None

    def __init__(
        self,
        report: Report,
        statements: Iterator[Statement],
        times: Times,
        reconciler: Reconciler,
        opening: Opening,
        parts: Iterator[dict[str, Any]],
        span: Span,
        moment: Moment,
    ) -> None:
        self._report, self._times, self._moment = report, times, moment
        self._reconciler, self._opening, self._parts = reconciler, opening, parts
        self._part = next(parts, None)
        self._statements, self._next = statements, next(statements, None)
        self._tree = Growing()
        # The first entry after the newest signed, and after the newest witnessed root.
        self._after: dict[bool, tuple[int, str, bytes] | None] = {False: None, True: None}
        self.covered: dict[bool, int] = {False: 0, True: 0}
        self._span = span
        # What the newest signed entry about archives says; all of them.
        self.archived: dict[str, SealedMonth] = {}
        self._told: list[ArchiveTold] = []
        reconciler.signed(0)
        self._skip_to()

    @property
    def size(self) -> int:
        """How many numbers it has seen."""
        return self._tree.size

    @property
    def told(self) -> list[ArchiveTold]:
        """What the signed entries about archives say, the oldest first."""
        return [one for one in self._told if one.place < self.covered[False]]

    def take(self, lines: list[bytes], sealed: list[bytes]) -> None:
        """Entries, and the hashes under which they were sealed."""
        start = self._tree.size
        computed = hash_leaves(lines)
        if computed != sealed:
            self._differing(start, lines, computed, sealed)
        done = 0
        while done < len(sealed):
            many = min(len(sealed) - done, self._tree.room(), self._until_statement())
            self._examine(start + done, lines[done : done + many])
            self._tree.add(sealed[done : done + many])
            done += many
            while self._next is not None and self._next.size <= self._tree.size:
                self._compare(self._next)
                self._next = next(self._statements, None)

    def finish(self, made_at: bytes) -> None:
        """What is left over at the end."""
        self._report.size, self._report.root = self._tree.size, self._tree.root()
        while self._next is not None:
            values = {"number": self._next.number, "size": self._next.size}
            self._report.add("short", found=self._tree.size, **values)
            self._next = next(self._statements, None)
        if self._unsigned is not None:
            # One that nobody signed proves nothing, but who brought a month back must be heard.
            said = self._unsigned.months
            self.archived = {m: told for m, told in self.archived.items() if said.get(m) == told}
        self._times.finish()
        self._opening.finish(self.covered[False], self._span.ends(), made_at.decode())
        if self._part is not None:
            self._report.add("line", file="personal", line="?", reason="no such number")

    def overdue(self, made_at: bytes, *, witnesses: bool) -> None:
        """Entries that nobody signed long after they were recorded."""
        limit = shifted(made_at, -GRACE)
        for witnessed, kind in ((False, "unsigned"), (True, "unwitnessed")):
            first = self._after[witnessed]
            if witnessed and not witnesses:
                continue
            if witnessed and not self.covered[True]:
                self._report.add(kind, index=0, event="?")
            elif first is not None and first[2] < limit:
                self._report.add(kind, index=first[0], event=first[1])

    def _until_statement(self) -> int:
        if self._next is None or self._next.size <= self._tree.size:
            return LEAVES_A_FILE
        return self._next.size - self._tree.size

    def _skip_to(self) -> None:
        while self._next is not None and self._next.size == 0:
            self._next = next(self._statements, None)

    def _compare(self, statement: Statement) -> None:
        size = self._tree.size
        if statement.size == size and statement.root == self._tree.root():
            self._good = size
            for witnessed in (False, statement.witnessed):
                self._after[witnessed] = None
                self.covered[witnessed] = size
            self._reconciler.signed(size)
            if statement.witnessed:
                self._times.witness(statement.since, statement.by, size)
            if self._unsigned is not None:
                self.told_by, self.archived = self._unsigned.place, self._unsigned.months
                self._unsigned = None
            return
        where = {"index": self._good, "last": max(statement.size - 1, 0)}
        self._report.add("root", number=statement.number, **where)

    def _differing(
        self, start: int, lines: list[bytes], computed: list[bytes], sealed: list[bytes]
    ) -> None:
        for place, (line, found, hashed) in enumerate(zip(lines, computed, sealed, strict=True)):
            index = start + place
            if found == hashed:
                continue
            if not line and hashed != _NO_HASH and self._span.excuses(index):
                continue
            if line:
                self._report.add("altered", index=index, event=_event(line))
            else:
                self._report.add("gap" if hashed == _NO_HASH else "missing", index=index)

    def _examine(self, start: int, lines: list[bytes]) -> None:
        """What the entries say. Cheap finds first: no text of an entry can hold these bytes.

        In canonical JSON the keys from `id` on hold plain texts, in which a quote is always
        escaped; so the last place where a key is found is the key itself.
        """
        times, events, before = self._times, self._reconciler.events, self._span.before
        for index, line in enumerate(lines, start):
            if not line:
                continue
            self._report.entries += 1
            place = line.rfind(_ID)
            event = line[place + 6 : place + 42]
            name = line[place + 52 : line.find(b'"', place + 52)]
            place = line.rfind(_RECORDED) + 15
            time = line[place : place + 27]
            if times.high <= time <= times.limit and not times.fallen:
                times.high = time
            else:
                times.see(index, event.decode("ascii", "replace"), time)
            if event < before:
                self._span.see(index, event.decode("ascii", "replace"), time)
            if name in events or name in _WATCHED or self.all_open or self._has_part(index):
                self._read(index, line, name)
            if self._after[False] is None or self._after[True] is None:
                self._remember((index, event.decode("ascii", "replace"), time))

    def _remember(self, first: tuple[int, str, bytes]) -> None:
        for witnessed in (False, True):
            if self._after[witnessed] is None:
                self._after[witnessed] = first

    def _has_part(self, index: int) -> bool:
        return self._part is not None and self._part.get("index") == index

    def _read(self, index: int, line: bytes, name: bytes) -> None:
        try:
            entry = parsed(line)
        except ValueError:
            self._report.add("line", file="leaves", line=index, reason="JSON")
            return
        if name in _RECEIPTS:
            self._opening.receipt(index, entry)
        if name in _ARCHIVE:
            self._take_archive(index, entry)
        if name in self._reconciler.events:
            self._tell(index, entry)
        if self._has_part(index):
            self._opening.see(index, entry, self._part or {})
            self._part = next(self._parts, None)
        elif self.all_open and not self._span.archived_in(index):
            self._opening.see(index, entry, {})

    def _tell(self, index: int, entry: dict[str, Any]) -> None:
        if self._moment.holds(index, entry):
            self._reconciler.tell(index, entry)
        elif self._moment.is_late(entry):
            self._report.add("tables_old", index=index)

    def _take_archive(self, index: int, entry: dict[str, Any]) -> None:
        try:
            self._unsigned = ArchiveTold(index, str(entry.get("recorded_at")), sealed_months(entry))
            self._told.append(self._unsigned)
        except ValueError as error:
            self._report.add("line", file="leaves", line=index, reason=str(error))


def _event(line: bytes) -> str:
    place = line.rfind(_ID)
    return line[place + 6 : place + 42].decode("ascii", "replace") if place >= 0 else "?"
