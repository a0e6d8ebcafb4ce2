"""/console/companies: how companies stand, with every dated row, its source and who recorded it."""

from urllib.parse import urlencode

from django.http import HttpResponse

from gapura.accounts.queries import people_by_id
from gapura.kernel import clock
from gapura.organizations.queries import (
    COMPARED_FIELDS,
    SETTLED,
    companies_for,
    company_record,
)
from gapura.web.company.words import SOURCES, STANDING_WORDS, VALUES
from gapura.web.shell.pages import render
from gapura.web.shell.paging import page_number
from gapura.web.shell.requests import Request

PAGE = 40


def search(request: Request) -> HttpResponse:
    """Companies by name; `q` is a part of the name, a code or a business number."""
    text = request.GET.get("q", "")[:100]
    number = request.GET.get("page", "")
    page = page_number(number)
    rows = companies_for(request.actor, text, page)
    values = {
        "rows": rows,
        "text": text,
        "standings": STANDING_WORDS,
        "previous": _address(text, page - 1) if page > 1 else "",
        "next": _address(text, page + 1) if len(rows) == PAGE else "",
    }
    return render(request, "console/companies.html", values)


def _address(text: str, page: int) -> str:
    return "?" + urlencode({"q": text, "page": page})


def show(request: Request, company: str) -> HttpResponse:
    """One company's record."""
    record = company_record(request.actor, company)
    ids = {by for row in record.standings for by in (row.recorded_by, row.lifted_by) if by}
    grant = request.actor.grant
    values = {
        "record": record,
        "people": {person.id: person.username for person in people_by_id(ids).values()},
        "standings": STANDING_WORDS,
        "sources": SOURCES,
        "compared": COMPARED_FIELDS,
        "settled": SETTLED,
        "values": VALUES,
        "zone": grant.zone if grant else clock.JAKARTA,
    }
    return render(request, "console/company.html", values)
