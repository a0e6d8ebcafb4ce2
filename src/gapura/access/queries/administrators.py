"""Who administers a company: enough of them, and never none through what one of them does."""

from collections.abc import Collection
from uuid import UUID

from gapura.access.duties import duties_of
from gapura.access.models import AccessRule, Grant
from gapura.access.queries.grants import working
from gapura.access.roles import COMPANY_ADMIN, COMPANY_STAFF
from gapura.access.states import LIVE_GRANT
from gapura.kernel import clock


def administered_besides(company: str, grants: Collection[UUID]) -> bool:
    """Whether a working administrator of the company remains when these grants end."""
    rows = working(clock.now()).filter(role=COMPANY_ADMIN, company=company)
    return rows.exclude(pk__in=list(grants)).exists()


def administered_alone(person: UUID) -> tuple[str, ...]:
    """Codes of the companies that would be without administrator if this person went.

    A role of theirs that is suspended or waits counts, too: it is not ended while nobody
    else works.
    """
    now = clock.now()
    live = Grant.objects.filter(state__in=LIVE_GRANT, superseded_at__isnull=True)
    own = live.filter(role=COMPANY_ADMIN, person=person)
    codes = sorted({code for code in own.values_list("company_id", flat=True) if code})
    others = working(now).filter(role=COMPANY_ADMIN, company__in=codes).exclude(person=person)
    kept = set(others.values_list("company_id", flat=True))
    return tuple(code for code in codes if code not in kept)


def administrators_advised() -> int:
    """How many administrators a company is advised to have."""
    return int(AccessRule.value_at("company_admins", clock.today()))


def company_people(company: str, *duties: str) -> list[UUID]:
    """Who works for the company now; with `duties`, who may do one of them there.

    For notices only.
    """
    rows = working(clock.now()).filter(company=company)
    found = rows.values_list("person_id", "role", "duties")
    return sorted({who for who, role, kept in found if _does(role, kept, duties)})


def _does(role: str, kept: Collection[str], wanted: Collection[str]) -> bool:
    if role not in (COMPANY_ADMIN, COMPANY_STAFF):
        return False
    return not wanted or not duties_of(role, kept).isdisjoint(wanted)
