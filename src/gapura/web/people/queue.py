"""GET /people/identities: documents that wait to be compared, the nearest deadline first."""

from django.http import HttpResponse

from gapura.accounts.queries import DOCUMENTS, PAGE, cases_to_check
from gapura.kernel import clock
from gapura.organizations.queries import agencies_by_code
from gapura.web.shell.display import left
from gapura.web.shell.pages import render
from gapura.web.shell.paging import page_number
from gapura.web.shell.requests import Request
from gapura.web.shell.states import IDENTITIES


def queue(request: Request) -> HttpResponse:
    """One page of 40."""
    number = request.GET.get("page", "")
    page = page_number(number)
    rows = cases_to_check(request.actor, page)
    now, grant = clock.now(), request.actor.grant
    agencies = agencies_by_code({row.agency for row in rows if row.agency})
    values = {
        "rows": rows,
        "left": {row.id: "" if row.late else left(row.due_at, now) for row in rows},
        "agencies": {code: found.name for code, found in agencies.items()},
        "documents": DOCUMENTS,
        "states": IDENTITIES,
        "me": request.actor.person,
        "zone": grant.zone if grant else clock.JAKARTA,
        "previous": f"?page={page - 1}" if page > 1 else "",
        "next": f"?page={page + 1}" if len(rows) == PAGE else "",
    }
    return render(request, "people/identities.html", values)
