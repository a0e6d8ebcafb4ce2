"""/account/rights: what somebody would need to do something, and how to get it."""

from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.queries import ROLES, Needs, Right, Role, Scope, Way, needs, rights
from gapura.accounts.queries import own_profile
from gapura.kernel.actor import Actor
from gapura.kernel.prospects import Answer
from gapura.web.account.tabs import tabs
from gapura.web.help.deeds import DEEDS, ROOMS
from gapura.web.shell.context import grant_label
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, Form
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to

HERE = "/account/rights"
# Where a role is asked for, by what it reaches; the platform gives its own.
_ASKED_AT = {Scope.COMPANY: "/company", Scope.PLATFORM: "/help/contact"}
_REQUEST = "/requests/new"


class DeedForm(Form):
    """A GET form: one act that people may do."""

    deed = ChoiceField(label=lazy("What do you want to do?"), look="select")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["deed"].choices = [("", _("Choose an act")), *deeds()]


def deeds() -> list[tuple[str, str]]:
    """Acts that some person may do, by room and in the words of people."""
    order = list(ROOMS)
    found = [r for r in rights() if (r.roles or r.signed_in) and r.room in ROOMS]
    found.sort(key=lambda right: order.index(right.room))
    return [
        (right.permission, f"{tr(ROOMS[room])}: {_name(right)}")
        for room, group in groupby(found, key=lambda right: right.room)
        for right in sorted(group, key=_name)
    ]


def _name(right: Right) -> str:
    return tr(DEEDS.get(right.permission, right.permission))


def show(request: Request) -> HttpResponse:
    """The form; once an act was chosen, the answer."""
    asked = "deed" in request.GET
    form = DeedForm(request.GET if asked else None)
    valid = asked and form.is_valid()
    profile = own_profile(request.actor)
    found = needs(request.actor, form.cleaned_data["deed"], profile.kind.code) if valid else None
    values = {
        "form": form,
        "tabs": tabs(HERE),
        "username": request.actor.username,
        "found": _found(request.actor, found) if found else None,
    }
    return render(request, "account/rights.html", values, 422 if asked and not valid else 200)


def _found(actor: Actor, found: Needs) -> dict[str, Any]:
    return {
        "name": _name(found.right),
        "can": found.now.answer is not Answer.NEVER,
        "depends": found.now.answer is Answer.DEPENDS,
        "everyone": found.right.signed_in,
        "missing": [
            {"says": tr(c.says), "law": tr(c.law), "mend": tr(c.mend), "link": c.link}
            for c in found.missing
        ],
        "open": [tr(clause.says) for clause in found.now.open],
        "strong": found.right.strong,
        "is_strong": actor.acr > 1,
        "ways": [_way(way) for way in found.ways],
    }


def _asked_at(role: Role) -> str:
    """Where the role is asked for: the form of requests, with this role chosen."""
    if role.requestable:
        return go_to(_REQUEST, role=role.code)["Location"]
    return _ASKED_AT.get(role.scope, "/help/contact")


def _way(way: Way) -> dict[str, Any]:
    role = way.role
    return {
        "role": tr(role.name),
        "may": tr(role.may),
        "held": [grant_label(grant) for grant in way.held],
        "stopped": [(one.place.label, tr(one.why_not)) for one in way.stopped],
        "suits": way.suits,
        "by": [tr(ROLES[code].name) for code in role.approved_by],
        "letter": role.needs_letter,
        "href": _asked_at(role),
        "requestable": role.requestable,
    }
