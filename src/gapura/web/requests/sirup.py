"""/requests/<id>/sirup: link the account that SiRUP had made for a budget user, once."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.errors import LegacyAnother, LegacyTaken, LegacyTooNew, LegacyWrong
from gapura.access.queries import LINKED_ROLES, ROLES, DraftView, draft_view, legacy_account
from gapura.access.services import link_legacy_account
from gapura.kernel.throttle import TooMany
from gapura.outside.errors import AuthorityDown
from gapura.web.requests.editing import is_editable, page_of
from gapura.web.shell import flash
from gapura.web.shell.forms import Form, PasswordField, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to


class SirupForm(Form):
    """The old account's name and password; the password is handed on and forgotten."""

    username = TextField(
        label=lazy("Username in SiRUP"),
        missing=lazy("Enter the username of the old account."),
        longest=100,
        autocomplete="off",
    )
    password = PasswordField(
        label=lazy("Password in SiRUP"),
        missing=lazy("Enter the password of the old account."),
        longest=200,
    )


def link(request: Request, request_id: UUID) -> HttpResponse:
    """GET asks; POST asks SiRUP. Whatever it says, one can go on without."""
    draft = draft_view(request.actor, request_id)
    details = page_of(request_id, "details")
    if not is_editable(draft.state) or draft.role not in LINKED_ROLES or draft.renews:
        return go_to(page_of(request_id))
    if request.method == "GET":
        return _page(request, draft, SirupForm())
    form = SirupForm(request.POST)
    if not form.is_valid():
        return _page(request, draft, form, 422)
    try:
        link_legacy_account(
            actor=request.actor,
            request_id=request_id,
            username=form.cleaned_data["username"],
            password=form.cleaned_data["password"],
        )
    except (LegacyWrong, LegacyTaken, LegacyTooNew, LegacyAnother) as problem:
        form.take(problem)
        return _page(request, draft, form, 422)
    except (AuthorityDown, TooMany) as problem:
        form.take(problem)
        return _page(request, draft, form, problem.status)
    flash.say(request, "success", _("Your SiRUP account is linked."))
    return go_to(details)


def _page(request: Request, draft: DraftView, form: SirupForm, status: int = 200) -> HttpResponse:
    legacy = legacy_account(request.actor)
    values = {"form": form, "draft": draft, "role": ROLES[draft.role], "legacy": legacy}
    return render(request, "requests/sirup.html", values, status)
