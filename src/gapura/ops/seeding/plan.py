"""The year of the sample data as a plan: who does what when. Nothing is written here."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import cycle
from random import Random

from gapura.ops.seeding import everyday
from gapura.ops.seeding.cast import ABROAD, COMPANY, HOME
from gapura.ops.seeding.companies import FIRMS
from gapura.ops.seeding.market import Market
from gapura.ops.seeding.purchases import Purchases
from gapura.ops.seeding.registers import registers
from gapura.ops.seeding.repertoire import LINES, STEADY, Line
from gapura.ops.seeding.rounds import FIRST_ROUND, Deed, Round, cut, fit
from gapura.ops.seeding.someone import MOST, Crowd, Someone
from gapura.ops.seeding.standings import standings
from gapura.ops.seeding.tales import ROLES, Teller, founds, verifies, works
from gapura.ops.seeding.teams import Officer, teams_of
from gapura.ops.trouble import Trouble
from gapura.organizations.queries import units_of

# Agencies besides the home one, in all three zones.
ELSEWHERE = ("K16", ABROAD, "D94", "K20", "D5103", "D3273", "D6472", "D35")
HOME_SHARE = 4
FEWEST = 80
USUAL = 300
_COMES_BACK = (6.0, 26.0)


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole year, and the people in it by username."""

    people: dict[str, Someone]
    rounds: tuple[Round, ...]


def make_plan(anchor: datetime, accounts: int) -> Plan:
    """The year before `anchor` with so many people; the same for the same two.

    :raises Trouble: too few for every state, or too many for their serial numbers.
    """
    if not FEWEST <= accounts <= MOST:
        raise Trouble(f"--accounts is {accounts}; give a number from {FEWEST} to {MOST}.")
    return _Planner(anchor, accounts).plan()


class _Planner:
    def __init__(self, anchor: datetime, accounts: int) -> None:
        self._anchor, self._accounts, self._share = anchor, accounts, min(1.0, accounts / USUAL)
        self._rng = Random("gapura sample data")  # noqa: S311 - the same each time is the point
        self._agencies = ELSEWHERE[: max(2, round(len(ELSEWHERE) * self._share))]
        self._crowd = Crowd(self._rng, _places(self._agencies))
        self._people: dict[str, Someone] = {}
        self._deeds: list[Deed] = []
        self._at_home = cycle(("verifikator", "verifikator2"))
        self._verifiers: dict[str, str] = {}
        self._sellers: dict[str, str] = {}
        self._officers: list[Officer] = []

    def plan(self) -> Plan:
        """All tales and what goes on besides, cut into rounds."""
        self._first_round()
        for line in LINES:
            for number, ends in enumerate(self._tellings(line)):
                self._tell(line, self._somebody(line, number), ends)
        ordinary = Line(works, 0)
        while len(self._people) < self._accounts:
            self._tell(ordinary, self._somebody(ordinary, 0))
        market = Market(self._rng, self._sellers, self._anchor, self._share)
        self._deeds += market.deeds()
        teams = teams_of(self._officers)
        buying = Purchases(self._rng, market.steady, self._sellers, teams, self._anchor)
        self._deeds += buying.deeds(self._share)
        self._deeds += registers(self._officers, self._anchor)
        self._deeds += standings(self._officers, self._anchor)
        self._deeds += everyday.questions(self._anchor)
        self._deeds += everyday.personas(self._rng, self._anchor)
        return Plan(self._people, cut(self._deeds, self._anchor))

    def _first_round(self) -> None:
        """Verifiers and suppliers come first: the others depend on them."""
        newest, oldest = FIRST_ROUND
        for agency in self._agencies:
            who = self._crowd.officer(agency)
            self._tell(Line(verifies, 0, newest=newest, oldest=oldest), who)
            self._verifiers[agency] = who.username
        sellers = {COMPANY: "penyedia"}
        others = [code for code in FIRMS if code != COMPANY]
        for code in others[: max(2, round(len(others) * self._share))]:
            who = self._crowd.citizen()
            self._tell(Line(founds(code), 0, newest=newest, oldest=oldest), who)
            sellers[code] = who.username
        self._sellers = sellers

    def _tellings(self, line: Line) -> Iterator[float | None]:
        """Once for each time in `ends`, or as often as the share says; at least once."""
        many = max(1, round((len(line.ends) or line.share) * self._share))
        step = max(1, len(line.ends) // many)
        yield from line.ends[::step][:many] or [None] * round(line.share * self._accounts / USUAL)

    def _somebody(self, line: Line, number: int) -> Someone:
        if line.citizens and len(self._people) % 2:
            who = self._crowd.citizen()
        else:
            who = self._crowd.officer(HOME if line.home else "")
        return replace(who, number=line.serials[number]) if line.serials else who

    def _tell(self, line: Line, who: Someone, ends: float | None = None) -> None:
        decider = next(self._at_home)
        if who.agency != HOME:
            decider = self._verifiers.get(who.agency, "")
        teller = Teller(who, self._rng, decider, self._role())
        line.tale(teller)
        self._people[who.username] = who
        start = fit(self._anchor, teller.at, line.newest, line.oldest, self._rng)
        if ends is not None:
            start = self._anchor - timedelta(hours=ends + teller.at)
        acts = [*teller.acts, *teller.later]
        deeds = [Deed(start + timedelta(hours=a.at), a.verb, a.who, a.values) for a in acts]
        self._deeds += [*deeds, *self._visits(deeds)]
        if line.tale in STEADY:
            since = next(deed.at for deed in deeds if deed.verb == "activate")
            self._officers.append(Officer(who, teller.role, since))

    def _role(self) -> str:
        return self._rng.choices(list(ROLES), list(ROLES.values()))[0]

    def _visits(self, deeds: list[Deed]) -> Iterator[Deed]:
        """Whoever got a role comes back from time to time, until it ends."""
        active = [deed for deed in deeds if deed.verb in ("activate", "found")]
        if not active:
            return
        since, until = active[0].at, deeds[-1].at
        until = until if until > active[-1].at else self._anchor
        yield from everyday.sign_ins(self._rng, active[0].who, since, until, _COMES_BACK)


def _places(agencies: tuple[str, ...]) -> list[tuple[str, str]]:
    """Agency and unit; the home agency comes up as often as several others."""
    everywhere = (*(HOME,) * HOME_SHARE, *agencies)
    units = {agency: units_of(agency)[:8] for agency in dict.fromkeys(everywhere)}
    return [(agency, unit.code) for agency in everywhere for unit in units[agency]]
