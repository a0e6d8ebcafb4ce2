"""/console/clients: the applications that trust us, with their health, and one in full."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.access.queries import ROLES
from gapura.kernel import clock
from gapura.kernel.permissions import may
from gapura.kernel.texts import N_
from gapura.sso.permissions import Can
from gapura.sso.queries import (
    AUTH_METHODS,
    GRANT_TYPES,
    PROFILES,
    SCOPES,
    WAYS,
    WITH_SECRET,
    ClientView,
    client_for,
    clients_for,
    logo_of,
)
from gapura.web.console.client_deed_forms import (
    CloseForm,
    LogoForm,
    RestoreForm,
    SecretForm,
    SuspendForm,
)
from gapura.web.console.places import agency_names
from gapura.web.shell.display import tr
from gapura.web.shell.downloads import shown
from gapura.web.shell.forms import Form
from gapura.web.shell.pages import render
from gapura.web.shell.paging import page_number
from gapura.web.shell.requests import Request
from gapura.web.shell.states import CLIENTS, Words

HERE = "/console/clients"
TABS = {
    "open": N_("In use"),
    "sandbox": N_("Sandbox"),
    "suspended": N_("Suspended"),
    "closed": N_("Closed"),
}
MESSAGES: Words = {
    "waiting": (N_("Waiting"), "yellow"),
    "delivered": (N_("Delivered"), "teal"),
    "dead": (N_("Given up"), "red"),
}
FAULTS = {
    "timeout": N_("no answer in time"),
    "unreachable": N_("nobody answers there"),
    "broken": N_("the connection broke"),
    "gone": N_("the address is gone (410)"),
    "size": N_("the answer is too large"),
    "kind": N_("the answer is not JSON"),
    "status": N_("the server did not answer with 200"),
    "address_private": N_("the name leads to a machine that is not open to the internet"),
}
_DEEDS: tuple[type[Form], ...] = (SuspendForm, RestoreForm, CloseForm, SecretForm, LogoForm)


def show(request: Request) -> HttpResponse:
    """Those in one's care, the newest first."""
    tab = request.GET.get("tab", "open")
    tab = tab if tab in TABS else "open"
    page = clients_for(request.actor, tab, page_number(request.GET.get("page", "")))
    tabs = [
        {"text": tr(text), "href": f"{HERE}?tab={name}", "count": page.counts[name],
         "current": name == tab}
        for name, text in TABS.items()
    ]  # fmt: skip
    values = {
        "page": page,
        "tab": tab,
        "tabs": tabs,
        "agencies": agency_names({row.agency for row in page.rows} - {""}),
        "may_register": may(request.actor, Can.REGISTER_CLIENT),
        "may_list_tokens": may(request.actor, Can.LIST_INITIAL_TOKENS),
        **words(request),
    }
    return render(request, "console/clients.html", values)


def show_one(request: Request, app_id: UUID) -> HttpResponse:
    """One with its contract, secrets, keys and messages."""
    return client_page(request, client_for(request.actor, app_id))


def logo(request: Request, app_id: UUID) -> HttpResponse:
    """Its logo, pixels only."""
    client_for(request.actor, app_id)
    return shown(logo_of(app_id))


def client_page(
    request: Request, view: ClientView, wrong: Form | None = None, status: int = 200
) -> HttpResponse:
    """The page, with a form that was refused where there is one."""
    forms: dict[str, Any] = {str(form.prefix): form for form in (kind() for kind in _DEEDS)}
    forms |= {str(wrong.prefix): wrong} if wrong else {}
    codes = {view.row.agency, *view.contract.agencies} - {""}
    values = {
        "view": view,
        "forms": forms,
        "form": wrong,
        "agencies": agency_names(codes),
        "with_secret": view.metadata["token_endpoint_auth_method"] in WITH_SECRET,
        "strength": tr(_STRENGTHS[view.contract.least_acr]),
        "said_grants": [tr(GRANT_TYPES[code]) for code in view.metadata["grant_types"]],
        "said_scopes": [f"{tr(SCOPES[s].text)} ({s})" for s in view.metadata["scope"].split()],
        "said_roles": [tr(ROLES[code].name) for code in view.contract.roles],
        **words(request),
    }
    return render(request, "console/client.html", values, 422 if wrong else status)


_STRENGTHS = {
    1: N_("With a code by e-mail or more"),
    2: N_("With an authenticator app or more"),
    3: N_("With a passkey"),
}


def words(request: Request) -> dict[str, Any]:
    """What all pages about applications show things with."""
    grant = request.actor.grant
    return {
        "states": CLIENTS,
        "messages": MESSAGES,
        "methods": AUTH_METHODS,
        "profiles": PROFILES,
        "ways": WAYS,
        "zone": grant.zone if grant else clock.JAKARTA,
        "fault_of": fault_of,
    }


def fault_of(word: str) -> str:
    """Why a message was not taken or keys were not read, in words; the rest as it was recorded."""
    if word.startswith("status_"):
        return _("answer %(status)s") % {"status": word.removeprefix("status_")}
    return tr(FAULTS[word]) if word in FAULTS else word
