"""/help/guides/<role>: one short guide."""

from django.http import HttpResponse

from gapura.access.queries import ROLES
from gapura.kernel.problems import Missing
from gapura.web.help.guides import GUIDES
from gapura.web.help.guides.pictures import HEIGHT, PICTURES, WIDTH
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request


def show(request: Request, role: str) -> HttpResponse:
    """The guide for one kind of role.

    :raises Missing: when there is none of that name.
    """
    guide = GUIDES.get(role)
    if guide is None:
        raise Missing()
    roles = [ROLES[code] for code in guide.roles]
    values = {"guide": guide, "roles": roles, "shown": PICTURES, "size": (WIDTH, HEIGHT)}
    return render(request, "help/guide.html", values)
