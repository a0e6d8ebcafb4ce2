"""/requests/new and /requests/<id>/role: which role, what it may do, why some are missing."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.errors import AlreadyOpen
from gapura.access.queries import OF_COMPANIES, REQUESTABLE, ROLES, Role, draft_view
from gapura.access.services import save_draft
from gapura.accounts.queries import Profile, own_profile
from gapura.web.requests.editing import is_editable, onward, page_of
from gapura.web.shell import flash
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, Form
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to


class RoleForm(Form):
    """One of the roles that this type of person may hold."""

    role = ChoiceField(
        label=lazy("Which role do you need?"), missing=lazy("Choose the role you need.")
    )

    def __init__(self, roles: tuple[Role, ...], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["role"]
        field.choices = [(role.code, tr(role.name)) for role in roles]
        field.hints = {role.code: _("You may %(acts)s.") % {"acts": tr(role.may)} for role in roles}


def new(request: Request) -> HttpResponse:
    """Choose a role; a draft begins at the person's own agency."""
    profile = own_profile(request.actor)
    roles = _open_to(profile)
    if request.method == "GET":
        return _page(request, RoleForm(roles, initial=_wished(request, roles)), profile)
    form = RoleForm(roles, request.POST)
    if not form.is_valid():
        return _page(request, form, profile, status=422)
    try:
        request_id = save_draft(
            actor=request.actor, role=form.cleaned_data["role"], agency=_home(profile)
        )
    except AlreadyOpen as problem:
        flash.say(request, "info", _("You already began this request. You can go on here."))
        return go_to(page_of(problem.request_id))
    return go_to(onward(draft_view(request.actor, request_id)))


def change(request: Request, request_id: UUID) -> HttpResponse:
    """Choose another role for a request that is not sent in, or came back."""
    draft = draft_view(request.actor, request_id)
    if not is_editable(draft.state) or draft.renews:
        return go_to(page_of(request_id))
    profile = own_profile(request.actor)
    roles = _open_to(profile)
    if request.method == "GET":
        return _page(request, RoleForm(roles, initial={"role": draft.role}), profile, request_id)
    form = RoleForm(roles, request.POST)
    if form.is_valid():
        try:
            save_draft(actor=request.actor, request_id=request_id, role=form.cleaned_data["role"])
        except AlreadyOpen as problem:
            form.take(problem)
        else:
            return go_to(onward(draft_view(request.actor, request_id)))
    return _page(request, form, profile, request_id, status=422)


def _open_to(profile: Profile) -> tuple[Role, ...]:
    """Public offices for officers; who buys for an enterprise may be anybody."""
    return tuple(
        role for role in REQUESTABLE if profile.kind.code in role.kinds or role.code in OF_COMPANIES
    )


def _home(profile: Profile) -> str | None:
    """Where an officer's request begins; citizens hold no office in an agency."""
    return profile.agency if profile.agency and profile.kind.official else None


def _wished(request: Request, roles: tuple[Role, ...]) -> dict[str, str]:
    """A link such as /requests/new?role=ppk chooses beforehand."""
    wish = request.GET.get("role", "")
    return {"role": wish} if any(role.code == wish for role in roles) else {}


def _page(
    request: Request,
    form: RoleForm,
    profile: Profile,
    request_id: UUID | None = None,
    status: int = 200,
) -> HttpResponse:
    closed = [role for role in ROLES.values() if not role.requestable]
    values = {"form": form, "profile": profile, "closed": closed, "request_id": request_id}
    return render(request, "requests/role.html", values, status)
