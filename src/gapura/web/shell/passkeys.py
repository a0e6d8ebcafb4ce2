"""Passkeys on pages: the field that takes a browser's answer, and options handed to the script."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as lazy

from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems, Problem
from gapura.web.shell.forms import Form, TextField, sentences

# Longer ones are refused by the service too.
LONGEST = 16_384
_MISSING = lazy(
    "Nothing was confirmed. Press the button, then follow what your browser or device says."
)


def answer_field(*, required: bool = True) -> TextField:
    """What the browser answered, as the script put it into the form."""
    return TextField(label=lazy("Passkey"), missing=_MISSING, longest=LONGEST, required=required)


class PasskeyForm(Form):
    """A passkey instead of a code; the field is called alike."""

    code = answer_field()


def options(make: Callable[[], dict[str, Any]]) -> HttpResponse:
    """The options that `make` gives, or in words why there are none.

    :raises Refused: the page answers it as always; the script then loads the page anew.
    """
    try:
        return JsonResponse({"options": make()})
    except Refused:
        raise
    except Problem as problem:
        each = problem.fields.values() if isinstance(problem, FieldProblems) else (problem,)
        text = " ".join(sentences(one) for one in each)
        return JsonResponse({"problem": text}, status=problem.status)
