"""/help/rights: who may do what, made from the tables that decide it."""

from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.queries import ROLES, Right, rights
from gapura.web.help.deeds import DEEDS, ROOMS
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, Form
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request


class RoleForm(Form):
    """A GET form: one role, or all."""

    role = ChoiceField(label=lazy("Role"), look="select", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["role"]
        named = [(code, tr(role.name)) for code, role in ROLES.items()]
        field.choices = [("", _("All roles")), *named]


def show(request: Request) -> HttpResponse:
    """The table, or one role's part of it."""
    form = RoleForm(request.GET)
    code = form.cleaned_data["role"] if form.is_valid() else ""
    order = list(ROOMS)
    found = sorted(rights(code), key=lambda right: order.index(right.room))
    groups = [
        {"name": tr(ROOMS[room]), "id": room, "rows": [_row(right) for right in rows]}
        for room, rows in groupby(found, key=lambda right: right.room)
    ]
    values = {"form": form, "groups": groups, "role": ROLES.get(code)}
    return render(request, "help/rights.html", values, 422 if form.errors else 200)


def _row(right: Right) -> dict[str, Any]:
    return {
        "name": tr(DEEDS.get(right.permission, right.permission)),
        "everyone": _everyone(right),
        "roles": _roles(right),
        "system": right.system and not (right.roles or right.signed_in or right.public),
        "strong": right.strong,
        "reasons": right.reasons,
    }


def _roles(right: Right) -> list[str]:
    if len(right.roles) == len(ROLES):
        return [_("Everyone who holds a role")]
    return [tr(ROLES[code].name) for code in right.roles]


def _everyone(right: Right) -> str:
    if right.public:
        return _("Everyone, also without signing in")
    return _("Everyone who is signed in") if right.signed_in else ""
