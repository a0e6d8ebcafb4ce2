"""Findings and delegations for the walk."""

from collections.abc import Callable
from datetime import timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.access.models import ConflictFinding, Grant
from gapura.access.services import delegate, sweep_all
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.cast import ABROAD, ABROAD_UNIT, HEALTH, HOME
from gapura.ops.seeding.people import acting

Things = dict[str, object]


def _hold(username: str, role: str, agency: str, unit: str) -> None:
    """A role besides the others, as if nobody had asked about conflicts."""
    now = clock.now()
    Grant.objects.create(
        person_id=persona_id(username),
        role=role,
        agency_id=agency,
        unit_id=unit,
        state="active",
        valid=DateRange(clock.today() - timedelta(days=1), None),
        approved_at=now,
        activated_at=now,
        recorded_at=now,
    )


def _findings() -> Things:
    """One of each severity at home, and one abroad."""
    _hold("pp", "ppk", HOME, HEALTH)
    _hold("bendahara", "pp", HOME, HEALTH)
    _hold("luar", "pp", ABROAD, ABROAD_UNIT)
    sweep_all(actor=system_actor("conflicts"))
    rows = {row.grant.person.username: row.id for row in ConflictFinding.objects.all()}
    return {
        "warning about pp": rows["pp"],
        "forbidden of bendahara": rows["bendahara"],
        "about luar": rows["luar"],
    }


def _delegations() -> Things:
    """By verifikator to pp, waiting for pp's confirmation."""
    today = clock.today()
    given = delegate(
        actor=acting(persona_id("verifikator"), "verifikator"),
        username="pp",
        first=today,
        last=today + timedelta(days=6),
    )
    return {"by verifikator to pp": given}


MAKERS: dict[str, Callable[[], Things]] = {
    "finding_id": _findings,
    "delegation_id": _delegations,
}
FORMS: dict[str, dict[str, object]] = {
    "accept-finding": {"reason": "Paketnya berbeda, kepala unit mengetahui."},
    "end-delegation": {"reason": "Sudah kembali dari cuti."},
    "delegate": {"username": "pp"},
}
