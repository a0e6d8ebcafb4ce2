"""Reconciling: what the entries tell of each thing, against what the business tables say of it."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from gapura.audit.offline.findings import Report
from gapura.audit.offline.paths import reader

Values = tuple[Any, ...]
# Entries of one transaction about one thing: so many are tried in every order.
_FEW = 6
# A number behind all others.
_END = 2**62
_SIGNED: Any = object()


class Claim:
    """One kind of thing: its columns, which entries tell of it, and how all of them stand."""

    def __init__(self, declared: dict[str, Any]) -> None:
        self.name = str(declared["name"])
        self.columns = [str(column) for column in declared["columns"]]
        self.things: dict[str, Values] = {}
        self.rows = self.left_out = 0
        self.unknown: Values = (None,) * len(self.columns)
        # How things stood before the first entry about them that nobody signed; None: not at all.
        self.unsigned: dict[str, Values | None] = {}
        # Behind how many stretches of absent numbers each was told of last; none is left out.
        self.met: dict[str, int] = {}
        # Millions of things stand in a handful of ways: each is kept once.
        self._same: dict[Values, Values] = {}

    def stand(self, thing: str, values: Values) -> None:
        """Remember how a thing stands now."""
        self.things[thing] = self._same.setdefault(values, values)

    def differing(self, values: Values, row: dict[str, Any]) -> list[dict[str, Any]]:
        """The columns in which a row is not as the entries say."""
        return [
            {"column": column, "row": row.get(column), "told": said}
            for column, said in zip(self.columns, values, strict=True)
            if said is not None and str(row.get(column)) != said
        ]


class Said(NamedTuple):
    """What one entry says of one thing: from where, to where; None is unsaid."""

    at: int
    born: bool
    ends: bool
    before: Values
    after: Values
    forgets: tuple[bool, ...]

    def fits(self, known: Values | None) -> bool:
        """Whether it can come next, as the thing is known to stand."""
        if known is None or self.born:
            return known is None and self.born
        pairs = zip(known, self.before, strict=True)
        return all(had is None or said is None or had == said for had, said in pairs)

    def then(self, known: Values | None) -> Values | None:
        """How the thing stands after it."""
        if self.ends:
            return None
        known = known or (None,) * len(self.after)
        return tuple(
            None if new is None and forgets else old if new is None else new
            for old, new, forgets in zip(known, self.after, self.forgets, strict=True)
        )


class Telling:
    """One kind of entry, and what it says of which thing.

    Where a path ends with `~` and the entry does not say it, nothing is known from then on.
    """

    def __init__(self, claim: Claim, declared: dict[str, Any]) -> None:
        self.claim = claim
        self.object = reader(str(declared["object"]))
        self._born, self._ends = bool(declared.get("born")), bool(declared.get("ends"))
        sets = [declared.get("sets", {}).get(column) for column in claim.columns]
        self._from = [reader(declared.get("from", {}).get(column)) for column in claim.columns]
        self._sets = [reader(path) for path in sets]
        self._forgets = tuple(bool(path and path.endswith("~")) for path in sets)

    def said(self, index: int, entry: dict[str, Any]) -> Said:
        """What this entry says."""
        before = tuple([read(entry) for read in self._from])
        after = tuple([read(entry) for read in self._sets])
        return Said(index, self._born, self._ends, before, after, self._forgets)


class Reconciler:
    """Takes the entries that tell of things in their order, then the rows of the tables.

    Entries of one transaction have no order among each other that means anything (their ids are
    made by a clock): they are taken in the order in which each begins where another ended.

    `hidden` says how many stretches of numbers that cannot be read here begin at or before a
    number. Of what they may tell nothing is known: a thing begins anew with the next entry about
    it, and a row that none is about any more is left out.
    """

    def __init__(
        self,
        declared: Iterable[dict[str, Any]],
        report: Any,
        hidden: Callable[[int], int] | None = None,
    ) -> None:
        self._report, self._hidden = report, hidden
        self.claims: dict[str, Claim] = {}
        self._tellings: dict[str, list[Telling]] = {}
        self._transaction: Any = None
        # Entries below this number are signed; without anybody's word all are, numbered or not.
        self._covered = _END + 1
        self._open: dict[tuple[str, str], list[Said]] = {}
        for one in declared:
            claim = self.claims[str(one["name"])] = Claim(one)
            for telling in one["tellings"]:
                found = self._tellings.setdefault(str(telling["event"]), [])
                found.append(Telling(claim, telling))
        self.events = frozenset(name.encode() for name in self._tellings)

    def signed(self, size: int) -> None:
        """A signed root covers all numbers below this one: what they tell is proven."""
        self._covered = size
        for claim in self.claims.values():
            claim.unsigned.clear()

    def tell(self, index: int, entry: dict[str, Any]) -> None:
        """One entry; only those whose name is among `events` say anything."""
        if entry.get("result") != "done":
            return
        if entry.get("xid") != self._transaction:
            self._close()
            self._transaction = entry.get("xid")
        for telling in self._tellings.get(str(entry.get("name")), ()):
            thing = telling.object(entry)
            if thing:
                said = telling.said(index, entry)
                self._open.setdefault((telling.claim.name, thing), []).append(said)

    def _close(self) -> None:
        for (name, thing), told in self._open.items():
            claim = self.claims[name]
            self._begin(claim, thing, told)
            known = claim.things.get(thing)
            for said in told if len(told) == 1 else in_order(known, told):
                self._take(claim, thing, said)
        self._open.clear()

    def _begin(self, claim: Claim, thing: str, told: list[Said]) -> None:
        """Between this entry about a thing and the one before there may be one that is absent."""
        absent = self._hidden(told[0].at) if self._hidden else 0
        if absent and claim.met.get(thing, 0) != absent:
            claim.met[thing] = absent
            if not any(said.born for said in told):
                claim.stand(thing, claim.unknown)

    def _is_hidden(self, claim: Claim, thing: str) -> bool:
        """Whether entries that are absent may have told of the thing last."""
        absent = self._hidden(_END) if self._hidden else 0
        return absent > 0 and claim.met.get(thing, 0) != absent

    def _take(self, claim: Claim, thing: str, said: Said) -> None:
        known = claim.things.get(thing)
        if said.at >= self._covered:
            claim.unsigned.setdefault(thing, known)
        where = {"claim": claim.name, "object": thing, "index": said.at}
        if known is None and not said.born:
            self._report.add("untold", **where)
        elif known is not None and said.born:
            self._report.add("told_twice", **where)
        elif known is not None:
            for column, had, now in zip(claim.columns, known, said.before, strict=True):
                if now is not None and had is not None and now != had:
                    values = {"column": column, "said": now, "known": had}
                    self._report.add("step_missing", **where, **values)
        then = said.then(known)
        if then is None:
            claim.things.pop(thing, None)
        else:
            claim.stand(thing, then)

    def compare(self, name: str, rows: Iterable[dict[str, Any]]) -> None:
        """All rows of one claim's table; afterwards nothing told may be left over."""
        self._close()
        claim = self.claims[name]
        for row in rows:
            claim.rows += 1
            self._row(claim, str(row.get("id")), row)
        for thing in claim.things:
            if not self._is_hidden(claim, thing):
                self._report.add("row_gone", claim=claim.name, object=thing)
        for thing, before in claim.unsigned.items():
            if before is not None and thing not in claim.things:
                self._report.add("row_unsigned", claim=claim.name, object=thing)

    def _row(self, claim: Claim, thing: str, row: dict[str, Any]) -> None:
        told, proven = claim.things.pop(thing, None), claim.unsigned.pop(thing, _SIGNED)
        where = {"claim": claim.name, "object": thing}
        if self._is_hidden(claim, thing):
            claim.left_out += 1
        elif told is None:
            self._report.add("row_without_event", **where)
        elif wrong := claim.differing(told, row):
            for values in wrong:
                self._report.add("row_differs", **where, **values)
        elif proven is not _SIGNED and (proven is None or claim.differing(proven, row)):
            self._report.add("row_unsigned", **where)


def in_order(known: Values | None, told: list[Said]) -> list[Said]:
    """What one transaction says of one thing, so that each begins where another ended."""
    if len(told) <= _FEW and (found := _chain(known, told)) is not None:
        return found
    rest, ordered = list(told), []
    while rest:
        said = next((one for one in rest if one.fits(known)), rest[0])
        rest.remove(said)
        ordered.append(said)
        known = said.then(known)
    return ordered


def _chain(known: Values | None, told: list[Said]) -> list[Said] | None:
    if not told:
        return []
    for place, said in enumerate(told):
        if said.fits(known):
            rest = _chain(said.then(known), told[:place] + told[place + 1 :])
            if rest is not None:
                return [said, *rest]
    return None


def reconcile_rows(reconciler: Reconciler, report: Report) -> None:
    """Remark how many rows agreed, once all were compared."""
    for claim in reconciler.claims.values():
        report.remark("claim", claim=claim.name, rows=claim.rows - claim.left_out)
        if claim.left_out:
            report.remark("claim_part", claim=claim.name, rows=claim.left_out)
