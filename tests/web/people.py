"""People of each role at small made-up places, signed in with their authenticator apps."""

from typing import Any

from gapura.access.services import issue_grant
from gapura.accounts.models import Person
from gapura.organizations.models import Company
from tests.authentication import world
from tests.sessions import entered
from tests.web.browser import SESSION, Browser

UNIT_ROLES = frozenset({"pa", "kpa", "ppk", "pp", "bendahara", "kepala_unit"})
AGENCY_ROLES = frozenset({"apip", "verifikator", "admin_instansi"})
COMPANY_ROLES = frozenset({"admin_perusahaan", "staf_perusahaan"})


def holder(role: str, place: str = "", **values: Any) -> Person:
    """Someone with a working grant; `place` is the code of the unit, agency or company."""
    values = {"kind": "pns", "agency": "T1", **values}
    found = world.person(**values)
    unit = place or "T1.1" if role in UNIT_ROLES else None
    agency = unit[:2] if unit else place or "T1" if role in AGENCY_ROLES else None
    company = place or "PT1" if role in COMPANY_ROLES else None
    if company:
        Company.objects.get_or_create(code=company, defaults={"name": f"Company {company}"})
    issue_grant(
        actor=world.SYSTEM,
        person_id=found.id,
        role=role,
        agency=agency,
        unit=unit,
        company=company,
    )
    return found


def enter(found: Person, language: str = "en") -> Browser:
    """That person's browser, signed in with the app."""
    world.with_app(found)
    here = Browser(language)
    here.cookies[SESSION] = entered(found)
    return here


def signed_in(role: str, place: str = "", language: str = "en", **values: Any) -> Browser:
    """Someone new with the role, signed in with the app."""
    return enter(holder(role, place, **values), language)
