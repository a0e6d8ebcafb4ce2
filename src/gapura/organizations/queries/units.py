"""What a unit told of itself when its first people registered: tax number and address."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from gapura.organizations.errors import NoSuchUnit
from gapura.organizations.models import Unit


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """The unit's tax number in clear (mask it on screen) and its address; empty if unknown."""

    npwp: str
    address: str


def unit_facts(code: str) -> UnitFacts:
    """What is known of one unit.

    :raises NoSuchUnit: unknown code.
    """
    row = Unit.objects.filter(pk=code).only("npwp", "address").first()
    if row is None:
        raise NoSuchUnit()
    return UnitFacts(row.npwp or "", row.address)


def codes_below(path: Any) -> QuerySet[Any, Any]:
    """The codes of the unit with this path and of all below it, for the condition of a query."""
    return Unit.objects.filter(path__startswith=path).values("code")
