"""The year's orders as a plan: which unit buys what from whom, and how it went."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from gapura.ops.seeding.bargains import ABROAD_COURSES, COURSES, Course
from gapura.ops.seeding.cast import ABROAD, ABROAD_UNIT, COMPANY, HEALTH, HOME
from gapura.ops.seeding.goods import Good
from gapura.ops.seeding.market import Offered
from gapura.ops.seeding.rounds import Deed, days_before, fit
from gapura.ops.seeding.teams import Team

# With tax, and far enough from the ceiling of the PP that a price that moved changes nothing.
_SMALL, _LARGE = (1_500_000, 150_000_000), (260_000_000, 900_000_000)
_DEAR, _LEAST = 1_500_000, 100_000
_MOST_LINES, _TRIES = 6, 40
_WITH_TAX = Decimal("1.11")
_SHORT = 84.0
# At the demo's own unit, from its own company: so everybody finds work in every course.
_FIRST = ((True, True), (True, False), (False, True))
_BY_PERSONAS, _SMALL_SHARE = 0.4, 0.75


@dataclass(frozen=True, slots=True)
class Taken:
    """One step: its verb, who takes it with which role, when."""

    verb: str
    who: str
    role: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Purchase:
    """One order: from whom what, and its steps. `worth` is in rupiah with tax, as listed."""

    number: int
    team: Team
    company: str
    lines: tuple[tuple[str, Decimal], ...]
    worth: Decimal
    steps: tuple[Taken, ...]


PERSONAS = ("ppk", "pp", "bendahara")


class Purchases:
    """Makes the orders, with what is in the catalog by then and as long as it lasts."""

    def __init__(
        self,
        rng: Random,
        offered: Sequence[Offered],
        sellers: Mapping[str, str],
        teams: Sequence[Team],
        anchor: datetime,
    ) -> None:
        """`teams` are the units' officers besides the demo's own."""
        self._rng, self._sellers, self._anchor = rng, sellers, anchor
        ppk, pp, treasurer = PERSONAS
        since = days_before(anchor, 360)
        self._own = Team(HOME, HEALTH, ppk, pp, treasurer, since)
        self._abroad = Team(ABROAD, ABROAD_UNIT, "luar", "", "", since)
        self._teams = list(teams)
        self._left = {id(one.good): one.good.stock * Decimal("0.8") for one in offered}
        self._goods: dict[str, list[Offered]] = {}
        for one in offered:
            self._goods.setdefault(one.good.company, []).append(one)
        self._made = 0

    def deeds(self, share: float) -> Iterator[Deed]:
        """Every course as often as `share` of the usual says, at least three times.

        Last what the other agency's persona buys, from whoever has something left.
        """
        made = [
            self._purchase(course, number)
            for course in COURSES
            for number in range(max(len(_FIRST), round(course.share * share)))
        ]
        made += [self._bought(course, self._abroad) for course in ABROAD_COURSES]
        for purchase in made:
            if purchase:
                first = purchase.steps[0]
                yield Deed(first.at, "purchase", first.who, {"purchase": purchase})

    def _purchase(self, course: Course, number: int) -> Purchase | None:
        own_unit, own_company = self._rng.random() < _BY_PERSONAS, False
        if number < len(_FIRST):
            own_unit, own_company = _FIRST[number]
        return self._bought(course, self._own if own_unit else None, own_company=own_company)

    def _bought(
        self, course: Course, team: Team | None, *, own_company: bool = False
    ) -> Purchase | None:
        """By that team, or one that is there by then; None when nobody has enough of anything."""
        rng, times = self._rng, self._times(course)
        team = team or self._team(course, times[0])
        role = "pp" if team.pp and rng.random() < _SMALL_SHARE else "ppk"
        for _ in range(_TRIES):
            company = COMPANY if own_company else rng.choice(list(self._goods))
            lines = self._basket(company, _SMALL if role == "pp" else _LARGE, times[0])
            if lines:
                break
            own_company = False
        else:
            return None
        self._made += 1
        who = self._who(team, company, role)
        moves = zip(course.moves, times, strict=True)
        steps = tuple(Taken(move.verb, *who[move.by], at) for move, at in moves)
        worth = sum((good.price * pieces for good, pieces in lines), Decimal(0)) * _WITH_TAX
        names = tuple((good.fields.name, pieces) for good, pieces in lines)
        return Purchase(self._made, team, company, names, worth, steps)

    def _team(self, course: Course, start: datetime) -> Team:
        """Officers who are there by then; with a treasurer where one is needed."""
        pays = any(move.by == "treasurer" for move in course.moves)
        fit_ones = [t for t in self._teams if t.since < start and (t.treasurer or not pays)]
        return self._rng.choice(fit_ones) if fit_ones else self._own

    def _who(self, team: Team, company: str, role: str) -> dict[str, tuple[str, str]]:
        seller = self._sellers[company]
        as_seller = (seller, "admin_perusahaan")
        if company == COMPANY and self._rng.random() < 0.5:
            as_seller = ("staf", "staf_perusahaan")
        return {
            "buyer": (team.pp if role == "pp" else team.ppk, role),
            "ppk": (team.ppk, "ppk"),
            "seller": as_seller,
            "treasurer": (team.treasurer, "bendahara"),
            "arbiter": ("helpdesk", "helpdesk"),
            "system": ("", ""),
        }

    def _times(self, course: Course) -> list[datetime]:
        """When each step is taken; all of them in one round."""
        rng = self._rng
        waits = [rng.uniform(*move.wait) for move in course.moves]
        if course.lately:
            # The last rounds are short, so those go a little faster.
            brisk = min(1.0, _SHORT / max(sum(waits), 1))
            waits = [wait * brisk for wait in waits]
            ago = timedelta(hours=rng.uniform(0.5, 92 - sum(waits)))
            start = self._anchor - ago - timedelta(hours=sum(waits))
        else:
            start = fit(self._anchor, sum(waits) + 1, 14.5, 300, rng)
        found, at = [], start
        for wait in waits:
            at += timedelta(hours=wait)
            found.append(at)
        return found

    def _basket(
        self, company: str, worth: tuple[int, int], by: datetime
    ) -> list[tuple[Good, Decimal]]:
        """Products of one company that come to about so much; empty when it has not enough."""
        rng, (least, most) = self._rng, worth
        floor = _DEAR if worth == _LARGE else 0
        there = [one.good for one in self._goods[company] if one.at < by]
        goods = [good for good in there if good.price >= floor]
        rng.shuffle(goods)
        aim, worth_now = Decimal(rng.randint(least, least * 2)), Decimal(0)
        found: list[tuple[Good, Decimal]] = []
        for good in goods[:_MOST_LINES]:
            wanted = max((aim - worth_now) / good.price / rng.randint(1, 2), Decimal(1))
            quantity = min(self._left[id(good)] / 3, wanted).to_integral_value()
            if quantity >= 1 and worth_now + quantity * good.price <= most:
                found.append((good, quantity))
                worth_now += quantity * good.price
            if worth_now >= aim:
                break
        if worth_now < (least if floor else _LEAST):
            return []
        for good, quantity in found:
            self._left[id(good)] -= quantity
        return found
