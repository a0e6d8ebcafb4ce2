"""/account/why: a refusal explained: the rule, what of it is missing, who can mend it."""

from typing import Any

from django.http import HttpResponse

from gapura.access.queries import ROLES
from gapura.kernel.actor import ActiveGrant
from gapura.kernel.permissions import Clause, all_rules
from gapura.kernel.prospects import prospect
from gapura.web.help.deeds import DEEDS
from gapura.web.shell.context import grant_label
from gapura.web.shell.display import tr
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to
from gapura.web.shell.why import Refusal, refusal


def show(request: Request) -> HttpResponse:
    """One refusal of the actor's own, of the last day.

    :raises Missing: nothing, or nothing of the actor's, stands in the address.
    """
    found = refusal(request.actor, request.GET.get("about", ""))
    role = ROLES.get(found.role)
    values = {
        "deed": tr(DEEDS.get(found.permission, found.permission)),
        "permission": found.permission,
        "role": tr(role.name) if role else "",
        "clauses": [_clause(clause, found) for clause in found.rule],
        "others": _others(found),
        "switches": [_switch(grant, found) for grant in _able(request, found)],
        "path": found.path,
        "needs": go_to("/account/rights", deed=found.permission)["Location"],
    }
    return render(request, "account/why.html", values)


def _clause(clause: Clause, found: Refusal) -> dict[str, Any]:
    return {
        "holds": clause not in found.missing,
        "says": tr(clause.says),
        "law": tr(clause.law),
        "mend": tr(clause.mend),
        "link": clause.link,
    }


def _others(found: Refusal) -> list[list[str]]:
    """The other rules that would allow it too, as what a refusal by them would say."""
    names = tuple(clause.name for clause in found.rule)
    rules = all_rules()[found.permission]
    return [
        [tr(clause.says) for clause in rule]
        for rule in rules
        if tuple(clause.name for clause in rule) != names
        and "is_the_system" not in {clause.name for clause in rule}
    ]


def _able(request: Request, found: Refusal) -> list[ActiveGrant]:
    """Other roles of the actor under which it may be allowed."""
    actor = request.actor
    others = (grant for grant in actor.grants if grant != actor.grant)
    return [g for g in others if prospect(actor.as_grant(g), found.permission).answer]


def _switch(grant: ActiveGrant, found: Refusal) -> dict[str, str]:
    return {
        "text": grant_label(grant),
        "href": str(go_to("/account/grant", grant=grant.id, next=found.path)["Location"]),
    }
