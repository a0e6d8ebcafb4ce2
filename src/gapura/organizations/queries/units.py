"""What a unit told of itself when its first people registered: tax number and address."""

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, F, Func, QuerySet, TextField

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
    # As `startswith`, but said as a span: a plan kept for any path then reads the index too.
    behind = Func(path, template="(%(expressions)s || chr(1114111))", output_field=TextField())
    inside = _AtLeast(F("path"), path), _Below(F("path"), behind)
    return Unit.objects.filter(*inside).values("code")


class _AtLeast(Func):
    """In the order of characters, as the index of paths keeps them."""

    template, arg_joiner, output_field = "(%(expressions)s)", " ~>=~ ", BooleanField()


class _Below(_AtLeast):
    arg_joiner = " ~<~ "
