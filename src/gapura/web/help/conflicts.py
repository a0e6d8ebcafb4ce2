"""/help/conflicts: roles that exclude each other and who may stand in, from the dated rows."""

from typing import Any

from django.http import HttpResponse

from gapura.access.queries import EXCEPTIONS, REACHES, ROLES, SEVERITIES, STANDING_NAMES, laws
from gapura.kernel import clock
from gapura.web.help.deeds import DEEDS
from gapura.web.shell.display import tr
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request


def show(request: Request) -> HttpResponse:
    """Both tables: what is in force today, then what was or will be."""
    today, known = clock.today(), laws()
    order = list(ROLES)
    conflicts = sorted(
        known.conflicts,
        key=lambda law: (not law.covers(today), not law.blocks, order.index(law.role), law.code),
    )
    standings = sorted(
        known.standings,
        key=lambda law: (not law.covers(today), order.index(law.role), law.standing),
    )
    values = {
        "conflicts": conflicts,
        "standings": [{"law": law, "without": _deeds(law.without)} for law in standings],
        "roles": ROLES,
        "reaches": REACHES,
        "severities": SEVERITIES,
        "exceptions": EXCEPTIONS,
        "ways": STANDING_NAMES,
        "today": today,
    }
    return render(request, "help/conflicts.html", values)


def _deeds(permissions: frozenset[str]) -> list[Any]:
    return sorted(tr(DEEDS.get(name, name)) for name in permissions)
