"""/company: the own company, or the ways to one."""

from django.http import HttpResponse

from gapura.access.permissions import Can as Access
from gapura.access.queries import (
    ROLES,
    GrantView,
    grants_of,
    own_joins,
    own_successions,
    running_succession,
)
from gapura.kernel.permissions import may
from gapura.organizations.permissions import Can
from gapura.organizations.queries import application_of, company_for, past_papers
from gapura.web.company.words import TABLES
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request
from gapura.web.shell.states import GRANTS


def show(request: Request) -> HttpResponse:
    """The company of the role in use; whoever uses another role sees how to come to one."""
    actor = request.actor
    common = {"tables": TABLES, "roles": ROLES, "grant_states": GRANTS}
    if may(actor, Can.SEE_COMPANY):
        context = {
            "page": company_for(actor),
            "past_papers": past_papers(actor),
            "may_admit": may(actor, Access.SEE_STAFF),
        }
        context |= {"takeover": running_succession(actor), "grant": actor.grant}
        return render(request, "company/company.html", common | context)
    found = application_of(actor)
    held = [grant for grant in grants_of(actor) if grant.place.company and _is_live(grant)]
    context = {
        "held": held,
        "usable": {grant.id for grant in actor.grants},
        "joins": own_joins(actor),
        "takeovers": own_successions(actor),
        "begun": found if found and found.outcome == "ok" else None,
    }
    return render(request, "company/ways.html", common | context)


def _is_live(grant: GrantView) -> bool:
    return grant.state != "revoked"
