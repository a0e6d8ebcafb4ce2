"""The backup codes, shown once. The page itself carries them on; the site keeps only hashes."""

import re
from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as lazy

from gapura.web.shell.forms import CheckField, Form
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, keep_session

_CODE = re.compile(r"[A-Z2-9]{4}-[A-Z2-9]{4}", re.ASCII)
_MOST = 10


class SavedForm(Form):
    """A promise to have kept them."""

    saved = CheckField(
        label=lazy("I have saved these codes"),
        missing=lazy("Save the codes first: they are never shown again. Then tick the box."),
    )


def show(
    request: Request,
    codes: Sequence[str],
    *,
    onward: str,
    token: str = "",
    form: SavedForm | None = None,
) -> HttpResponse:
    """The sheet with its codes; `onward` is where the person goes when they are saved.

    `token` is the session's new one, when showing follows on a change of strength.
    """
    carrier = HttpResponse()
    if token:
        # Before rendering: the tokens of the forms in the page change with the session.
        keep_session(request, carrier, token)
    context = {"codes": tuple(codes), "onward": onward, "form": form or SavedForm()}
    response = render(request, "account/codes.html", context, 422 if form else 200)
    response.cookies.update(carrier.cookies)
    return response


def carried(request: Request) -> tuple[str, ...]:
    """The codes that the page sent back; whatever is not written like one is left out."""
    return tuple(_CODE.findall(request.POST.get("codes", "")[:200]))[:_MOST]
