"""The sample data's Plh, deputy and doubled roles, told of the demo's own people."""

from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from gapura.access.models import ConflictFinding, Grant
from gapura.accounts.models import Person
from gapura.kernel import clock
from gapura.ops.seeding.cast import HEALTH
from gapura.ops.seeding.doing import carry_out
from gapura.ops.seeding.doing.world import World
from gapura.ops.seeding.rounds import Deed, Round
from gapura.ops.seeding.standings import _deputy, _plh, standings
from tests.personas import Personas


class _Known:
    """A persona as the plan knows somebody of the crowd."""

    def __init__(self, username: str) -> None:
        person = Person.objects.get(username=username)
        self.username, self.name, self.unit, self.details = username, person.name, HEALTH, person


def test_a_plh_a_deputy_and_a_finding(personas: Personas) -> None:
    anchor = clock.now()
    deeds = [*_plh(_Known("pp"), anchor), *_deputy(_Known("bendahara"), anchor)]  # type: ignore[arg-type]
    night = anchor - timedelta(hours=1)
    deeds += [
        Deed(night, "double_role", "pp", MappingProxyType({"role": "ppk", "unit": HEALTH})),
        Deed(night + timedelta(minutes=1), "look_for_conflicts", "verifikator", {}),
    ]
    ordered = tuple(sorted(deeds, key=lambda deed: deed.at))
    carry_out(World({}), Round(1, anchor, ordered))
    plh = Grant.objects.get(person__username="pp", role="kpa")
    assert (plh.state, plh.standing, plh.principal.username) == ("active", "plh", "kpa")  # type: ignore[union-attr]
    deputy = Grant.objects.get(person__username="bendahara", standing="delegate")
    assert deputy.state == "active"
    assert ConflictFinding.objects.filter(rule__code="ppk_pp").exists()


def test_too_few_officers_make_no_tale() -> None:
    assert list(standings([], datetime(2026, 1, 1, tzinfo=UTC))) == []
