"""Where a request or a grant is, for those who show or tell of it."""

from gapura.access.models import AccessRequest, Grant
from gapura.access.queries.views import Place
from gapura.kernel import clock


def place_of(thing: AccessRequest | Grant) -> Place:
    """Codes and names of where a request or a grant is; its agency and unit are loaded with it."""
    agency, unit = thing.agency, thing.unit
    company = thing.company if isinstance(thing, Grant) else None
    return Place(
        agency=thing.agency_id or "",
        agency_name=agency.name if agency else "",
        unit=thing.unit_id or "",
        unit_name=unit.name if unit else "",
        company=company.code if company else "",
        company_name=company.name if company else "",
        zone=unit.zone if unit else clock.JAKARTA,
    )
