"""What is said about a new password: before it is typed, and while it is."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.authentication.queries import PasswordContext, PasswordPolicy, password_feedback
from gapura.kernel.problems import Busy
from gapura.kernel.texts import N_
from gapura.web.shell.errors import todo_of, what_of
from gapura.web.shell.forms import Form
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

STRENGTHS: Mapping[int, str] = {
    0: N_("Very easy to guess."),
    1: N_("Easy to guess."),
    2: N_("It is strong enough."),
    3: N_("It is strong."),
    4: N_("It is very strong."),
}


def strength(
    request: Request, text: str, about: PasswordContext, person: UUID | None = None
) -> HttpResponse:
    """The fragment that a password field with `check_url` shows below itself.

    It is judged by the rule that holds for `person`, or by the one for everybody who is new.
    """
    if not text:
        return HttpResponse("")
    feedback = password_feedback(text, about, person)
    reasons = [f"{what_of(problem)} {todo_of(problem)}" for problem in feedback.problems]
    context = {"reasons": reasons, "word": STRENGTHS[feedback.strength]}
    return render(request, "shell/strength.html", context)


def explain_rule(form: Form, name: str, policy: PasswordPolicy) -> None:
    """Say at a field for a new password what the rule in force asks for."""
    values = {"count": policy.min_length}
    hint = (
        _(
            "At least %(count)s characters, with a capital letter, a small letter, a digit and "
            "another sign."
        )
        if policy.by_classes
        else _("At least %(count)s characters. Four words that do not belong together are good.")
    )
    field = form.fields[name]
    field.help_text = hint % values
    missing = _("Choose a password of at least %(count)s characters.")
    field.error_messages["required"] = missing % values


def come_back(response: HttpResponse, problem: Busy) -> HttpResponse:
    """The page of a hasher that is full, with the seconds after which to try again."""
    response["Retry-After"] = str(problem.seconds)
    return response
