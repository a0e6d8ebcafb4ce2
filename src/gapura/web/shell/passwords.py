"""What is said about a new password while it is being typed."""

from collections.abc import Mapping

from django.http import HttpResponse

from gapura.authentication.queries import PasswordContext, password_feedback
from gapura.kernel.texts import N_
from gapura.web.shell.errors import todo_of, what_of
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

STRENGTHS: Mapping[int, str] = {
    0: N_("Very easy to guess."),
    1: N_("Easy to guess."),
    2: N_("Good enough."),
    3: N_("Good."),
    4: N_("Very good."),
}


def strength(request: Request, text: str, about: PasswordContext) -> HttpResponse:
    """The fragment that a password field with `check_url` shows below itself."""
    if not text:
        return HttpResponse("")
    feedback = password_feedback(text, about)
    reasons = [f"{what_of(problem)} {todo_of(problem)}" for problem in feedback.problems]
    context = {"reasons": reasons, "word": STRENGTHS[feedback.strength]}
    return render(request, "shell/strength.html", context)
