"""Where a request or a grant is, for those who show or tell of it."""

from django.db.models import Case, Q, Value, When

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


def below(path: str) -> Q:
    """That a row's unit has this path or lies below it.

    Not a join, whose few rows the planner would sort anew: what is in order is read in order.
    """
    inside = When(unit__in=codes_below(Value(path)), then=Value(True))
    return Q(Case(inside, default=Value(False)))
