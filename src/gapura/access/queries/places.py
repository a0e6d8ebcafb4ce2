"""Where a request or a grant is, for those who show or tell of it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, Model, OuterRef, Q, Subquery, Value, When

from gapura.access.models import AccessRequest, Grant
from gapura.access.queries.views import Place
from gapura.kernel import clock
from gapura.organizations.queries import codes_below


def place_of(thing: AccessRequest | Grant) -> Place:
    """Codes and names of where a request or a grant is; its agency and unit are loaded with it."""
    agency, unit = thing.agency, thing.unit
    company = thing.company
    return Place(
        agency=thing.agency_id or "",
        agency_name=agency.name if agency else "",
        unit=thing.unit_id or "",
        unit_name=unit.name if unit else "",
        company=company.code if company else "",
        company_name=company.name if company else "",
        zone=unit.zone if unit else clock.JAKARTA,
    )


PLACE_COLUMNS = (
    *("agency_id", "agency__name", "unit_id", "unit__name", "unit__zone"),
    *("company_id", "company__name"),
)


def place_in(row: Mapping[str, Any]) -> Place:
    """The same of PLACE_COLUMNS by name."""
    return Place(
        agency=row["agency_id"] or "",
        agency_name=row["agency__name"] or "",
        unit=row["unit_id"] or "",
        unit_name=row["unit__name"] or "",
        company=row["company_id"] or "",
        company_name=row["company__name"] or "",
        zone=row["unit__zone"] or clock.JAKARTA,
    )


def value_of(model: type[Model], relation: str, column: str = "name") -> Subquery:
    """A column of what a row of `model` points at by `relation`, for the rows of one page.

    Not a join: the order in which a handful of tables could be joined costs PostgreSQL more than a
    page of rows, and a plan made for any place would join all that waits there.
    """
    field: Any = model._meta.get_field(relation)
    found = field.remote_field.model.objects.filter(pk=OuterRef(field.attname))
    return Subquery(found.values(column))


def below(path: str) -> Q:
    """That a row's unit has this path or lies below it.

    Not a join, whose few rows the planner would sort anew: what is in order is read in order.
    """
    inside = When(unit__in=codes_below(Value(path)), then=Value(True))
    return Q(Case(inside, default=Value(False)))
