"""/help: the four steps, a short guide for each role, answers to what people ask most."""

from django.http import HttpResponse

from gapura.access.queries import ROLES
from gapura.web.help.guides import GUIDES, guide_for
from gapura.web.help.questions import QUESTIONS, STEPS
from gapura.web.shell.display import tr
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request


def show(request: Request) -> HttpResponse:
    """The entrance to all help."""
    cards = [
        {"title": tr(guide.title), "href": f"/help/guides/{slug}", "text": tr(guide.about)}
        for slug, guide in GUIDES.items()
    ]
    role = ROLES.get(request.actor.role)
    own = guide_for(role.code) if role else ""
    values = {"cards": cards, "steps": STEPS, "questions": QUESTIONS, "own": own}
    return render(request, "help/index.html", values)
