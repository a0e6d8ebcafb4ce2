"""Who can be stood in for in a letter, and for whom the holder of a grant stands in."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import CharField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat

from gapura.access.kinds import DEFINITIVE
from gapura.access.models import Grant
from gapura.access.queries.places import below
from gapura.kernel import clock
from gapura.organizations.queries import RegisterLetter, unit_paths

# More than these do not fit a box to choose from.
MOST_PRINCIPALS = 200
# For a vacant post it is whoever held it last; a year is longer than any term of standing in.
_BACK = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody who holds a role in their own right, or held it lately."""

    username: str
    name: str
    role: str
    unit_name: str


def principals_of(letter: RegisterLetter) -> tuple[Principal, ...]:
    """Who holds, or held within a year, a role of this letter at a place it reaches. By name.

    One more than `MOST_PRINCIPALS` when there are too many to choose from.
    """
    rows = Grant.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=clock.now() - _BACK),
        Q(valid__endswith__isnull=True) | Q(valid__endswith__gt=clock.today() - _BACK),
        role__in=letter.roles,
        agency=letter.said.agency,
        standing=DEFINITIVE,
        activated_at__isnull=False,
        superseded_at__isnull=True,
    )
    if letter.said.unit:
        rows = rows.filter(below(unit_paths(letter.said.agency)[letter.said.unit].path))
    columns = ("person__username", "person__name", "role", "unit__name")
    found = rows.order_by("person__name", "role", "unit__name").values_list(*columns).distinct()
    return tuple(
        Principal(username, name, role, unit or "")
        for username, name, role, unit in found[: MOST_PRINCIPALS + 1]
    )


def stood_in(grant: str) -> Any:
    """An expression for queries over rows with a column of grants: how and for whom their holder
    stands in, as `plh:username`; NULL for grants held in their own right.
    """
    rows = Grant.objects.filter(pk=OuterRef(grant), principal__isnull=False)
    told = Concat("standing", Value(":"), "principal__username")
    return Subquery(rows.values(told=told)[:1], output_field=CharField())
