"""The dated law of conflicts and of standing in, remembered for seconds: few rows, often asked."""

from dataclasses import dataclass
from datetime import date
from time import monotonic

from django.db import connection

from gapura.access.kinds import DEFINITIVE
from gapura.access.models import ConflictRule, StandingRule
from gapura.access.rules import ConflictLaw, StandingLaw

# So long a worker goes on with the law it has read. A new row is in force from a day to come.
REMEMBERED = 30


@dataclass(frozen=True, slots=True)
class Laws:
    """All rows, whatever their days, and when they were read."""

    conflicts: tuple[ConflictLaw, ...]
    standings: tuple[StandingLaw, ...]
    read_at: float

    def blocked(self, day: date) -> frozenset[frozenset[str]]:
        """Pairs of roles that a rule in force on `day` forbids somewhere."""
        return frozenset(law.pair for law in self.conflicts if law.blocks and law.covers(day))


_read: dict[str, Laws] = {}


def laws() -> Laws:
    """The dated law, read again after REMEMBERED seconds; few rows, so all of them."""
    known = _read.get(connection.settings_dict["NAME"])
    if known is None or monotonic() - known.read_at > REMEMBERED:
        known = _read[connection.settings_dict["NAME"]] = _laws()
    return known


def forget_laws() -> None:
    """Read them anew at the next use."""
    _read.clear()


def _laws() -> Laws:
    conflicts = ConflictRule.objects.order_by("code", "valid_from").values_list(
        "id",
        "code",
        "role",
        "other",
        "reach",
        "severity",
        "exception",
        "basis",
        "valid_from",
        "valid_to",
    )
    standings = StandingRule.objects.order_by("role", "standing", "valid_from").values_list(
        "role", "standing", "days", "extensions", "without", "basis", "valid_from", "valid_to"
    )
    return Laws(
        tuple(ConflictLaw(*row) for row in conflicts),
        tuple(StandingLaw(*row[:4], frozenset(row[4]), *row[5:]) for row in standings),
        monotonic(),
    )


def conflict_basis(role: str, other: str, day: date) -> str:
    """The citation by which two roles are apart on `day`; empty when no rule says so."""
    pair = frozenset((role, other))
    found = (law.basis for law in laws().conflicts if law.pair == pair and law.covers(day))
    return next(found, "")


def standing_law(role: str, standing: str, day: date) -> StandingLaw | None:
    """The row by which `role` may be stood in for in this way on `day`."""
    rows = [law for law in laws().standings if (law.role, law.standing) == (role, standing)]
    return next((law for law in reversed(rows) if law.covers(day)), None)


def standing_limits(role: str, standing: str, day: date) -> tuple[frozenset[str], str]:
    """What somebody who stands in may not do, and the legal basis of it; nothing for officers.

    Where no row is in force any more, what the newest one said still holds for running terms.
    """
    if standing == DEFINITIVE:
        return frozenset(), ""
    rows = [law for law in laws().standings if (law.role, law.standing) == (role, standing)]
    law = standing_law(role, standing, day) or (rows[-1] if rows else None)
    return (law.without, law.basis) if law else (frozenset(), "")
