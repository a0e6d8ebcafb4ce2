"""What many people hold at once, for those who give roles to many: one query for all of them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from gapura.access.models import Grant
from gapura.access.queries.conflicts import offices
from gapura.access.queries.laws import laws
from gapura.access.rules import Clash, Office, Span, clashes
from gapura.access.states import LIVE_GRANT
from gapura.accounts.queries import people_by_id


@dataclass(frozen=True, slots=True)
class Holding:
    """One live grant of a person as the rules look at it, and the letter it rests on."""

    office: Office
    letter: UUID | None


def holdings(people: Collection[UUID]) -> dict[UUID, list[Holding]]:
    """Live grants by person: also waiting and paused ones, not those of revoked letters."""
    found: dict[UUID, list[Holding]] = defaultdict(list)
    if not people:
        return found
    rows = Grant.objects.filter(
        Q(letter__isnull=True) | Q(letter__revoked_at__isnull=True),
        Q(rests_on__isnull=True) | Q(rests_on__state__in=LIVE_GRANT),
        person__in=people,
        state__in=LIVE_GRANT,
        superseded_at__isnull=True,
    )
    columns = rows.values_list("id", "person_id", "letter_id")
    about = {key: (person, letter) for key, person, letter in columns}
    for office in offices(rows) if about else ():
        if office.grant in about:
            person, letter = about[office.grant]
            found[person].append(Holding(office, letter))
    return found


def known_at(agency: str | None, company: str | None, people: Collection[UUID]) -> set[UUID]:
    """Those of some people who belong to an agency, or hold or held a role there; no one else's."""
    if not people or not (agency or company):
        return set()
    where = {"agency": agency} if agency else {"company": company}
    held = Grant.objects.filter(person__in=people, **where).values_list("person_id", flat=True)
    homes = people_by_id(set(people)).items() if agency else ()
    return {*held, *(one for one, person in homes if person.agency == agency)}


def is_blocked(office: Office, others: Sequence[Office]) -> bool:
    """True when a rule in force forbids the office together with one of the others."""
    if not others:
        return False
    return any(clash.law.blocks for clash in clashes(office, others, laws().conflicts))


def warned_of(office: Office, others: Sequence[Office]) -> list[Clash]:
    """What rules in force only warn of, were the office held together with the others."""
    if not others:
        return []
    return [clash for clash in clashes(office, others, laws().conflicts) if not clash.law.blocks]


def is_held(office: Office, others: Sequence[Office]) -> bool:
    """True when one of the others is the same role at the same place on some of the same days."""
    days = Span(office.first, office.after)
    return any(_is_same(office, other) and _meets(days, other) for other in others)


def before(office: Office, others: Sequence[Office]) -> UUID | None:
    """The grant of the same role at the same place that ends last before this one begins."""
    ended = [one for one in others if _is_same(office, one) and one.after is not None]
    ended = [one for one in ended if one.after is not None and one.after <= office.first]
    last = max(ended, key=lambda one: (one.after, one.first), default=None)
    return last.grant if last else None


def _is_same(one: Office, two: Office) -> bool:
    places = ((each.role, each.agency, each.unit, each.company) for each in (one, two))
    first, second = places
    return first == second


def _meets(days: Span, other: Office) -> bool:
    begins_in_time = days.after is None or other.first < days.after
    return begins_in_time and (other.after is None or days.first < other.after)
