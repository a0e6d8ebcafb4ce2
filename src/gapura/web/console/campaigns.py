"""/console/campaigns: campaigns of verifying accounts again, and how far they are."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gapura.access.queries import ROLES
from gapura.accounts.errors import CampaignOver, NobodyConcerned
from gapura.accounts.permissions import Can
from gapura.accounts.queries import (
    AUDIENCES,
    CONSEQUENCES,
    KINDS,
    CampaignRow,
    campaign_for,
    campaign_rule,
    campaigns_for,
    progress_of,
)
from gapura.accounts.services import cancel_campaign, extend_campaign
from gapura.journeys import reverifying
from gapura.kernel.permissions import may
from gapura.kernel.problems import FieldProblems, Problem
from gapura.kernel.texts import N_
from gapura.web.console.campaign_forms import CampaignForm, CancelForm, ExtendForm
from gapura.web.shell import flash
from gapura.web.shell.display import tr
from gapura.web.shell.forms import Form
from gapura.web.shell.pages import render
from gapura.web.shell.paging import page_number
from gapura.web.shell.requests import Request, go_to

HERE = "/console/campaigns"
PAGE = 40
AGENCIES = 50
STATES = {
    "draft": (N_("Prepared"), "grey"),
    "planned": (N_("Begins on its day"), "blue"),
    "running": (N_("Running"), "green"),
    "canceled": (N_("Canceled"), "red"),
    "ended": (N_("Ended"), "grey"),
}


def show(request: Request) -> HttpResponse:
    """All campaigns, the newest first."""
    page = page_number(request.GET.get("page", ""))
    rows = campaigns_for(request.actor, page)
    values = {
        "rows": rows,
        "states": STATES,
        "whom": {row.id: whom(row) for row in rows},
        "may_draft": may(request.actor, Can.DRAFT_CAMPAIGN),
        "previous": f"?page={page - 1}" if page > 1 else "",
        "next": f"?page={page + 1}" if len(rows) == PAGE else "",
    }
    return render(request, "console/campaigns.html", values)


def new(request: Request) -> HttpResponse:
    """The form; POST prepares it, and its page says how many it would concern."""
    form = CampaignForm(request.POST if request.method == "POST" else None, initial=_usual())
    if form.is_bound and form.is_valid():
        try:
            made = reverifying.draft(actor=request.actor, wish=form.wish())
        except FieldProblems as problem:
            form.take(_placed(problem, form))
        else:
            return go_to(f"{HERE}/{made}")
    values = {"form": form, "rule": campaign_rule()}
    return render(request, "console/campaign_new.html", values, 422 if form.errors else 200)


def _usual() -> dict[str, Any]:
    return {"consequence": "read_only", "grace_days": str(campaign_rule()["grace_least"])}


def _placed(problem: FieldProblems, form: CampaignForm) -> FieldProblems:
    """What is wrong with `among` stands at the field that the audience asks for."""
    audience = form.cleaned_data["audience"]
    at = audience if audience in form.fields else "audience"
    return FieldProblems({at if n == "among" else n: p for n, p in problem.fields.items()})


def one(request: Request, campaign_id: UUID) -> HttpResponse:
    """One campaign: its words, its numbers by agency, and what can be done."""
    return _page(request, campaign_for(request.actor, campaign_id))


def start(request: Request, campaign_id: UUID) -> HttpResponse:
    """Begin it: once, however often it is pressed."""
    try:
        number = reverifying.start(actor=request.actor, campaign_id=campaign_id)
    except (CampaignOver, NobodyConcerned) as problem:
        flash.say(request, "problem", f"{tr(problem.what)} {tr(problem.todo)}")
    else:
        said = ngettext(
            "The campaign runs for %(num)s account. Mails leave little by little.",
            "The campaign runs for %(num)s accounts. Mails leave little by little.",
            number,
        ) % {"num": number}
        flash.say(request, "success", said if number else _("The campaign begins on its day."))
    return go_to(f"{HERE}/{campaign_id}")


def extend(request: Request, campaign_id: UUID) -> HttpResponse:
    """More time for everybody."""

    def do(told: dict[str, Any]) -> None:
        told["grace_days"] = int(told["grace_days"])
        extend_campaign(actor=request.actor, campaign_id=campaign_id, **told)

    return _decide(request, campaign_id, ExtendForm(request.POST), do, _("People have more time."))


def cancel(request: Request, campaign_id: UUID) -> HttpResponse:
    """It stops for everybody."""

    def do(told: dict[str, Any]) -> None:
        cancel_campaign(actor=request.actor, campaign_id=campaign_id, **told)

    said = _("The campaign is canceled. Nothing more follows for anybody.")
    return _decide(request, campaign_id, CancelForm(request.POST), do, said)


def _decide(
    request: Request,
    campaign_id: UUID,
    form: Form,
    do: Callable[[dict[str, Any]], None],
    said: str,
) -> HttpResponse:
    row = campaign_for(request.actor, campaign_id)
    if not form.is_valid():
        return _page(request, row, form)
    try:
        do(form.cleaned_data)
    except CampaignOver as problem:
        flash.say(request, "problem", f"{tr(problem.what)} {tr(problem.todo)}")
    except FieldProblems as problem:
        form.take(problem)
        return _page(request, row, form)
    except Problem as problem:
        if problem.status >= 403 and problem.status != 422:
            raise
        form.take(FieldProblems({"reason": problem}))
        return _page(request, row, form)
    else:
        flash.say(request, "success", said)
    return go_to(f"{HERE}/{campaign_id}")


def _page(request: Request, row: CampaignRow, bad: Form | None = None) -> HttpResponse:
    waits = row.state in ("draft", "planned")
    found = None if waits else progress_of(request.actor, row.id)
    page = page_number(request.GET.get("page", ""))
    shown = found.agencies[(page - 1) * AGENCIES : page * AGENCIES] if found else ()
    forms = _forms(row) | ({} if bad is None else {str(bad.prefix): bad})
    values = {
        "row": row,
        "whom": whom(row),
        "states": STATES,
        "consequences": CONSEQUENCES,
        "concerns": reverifying.concerns(request.actor, row) if waits else 0,
        "progress": found,
        "agencies": shown,
        "names": reverifying.names_of(shown),
        "current": page,
        "pages": -(-len(found.agencies) // AGENCIES) if found else 0,
        "forms": forms,
        "form": bad,
    }
    return render(request, "console/campaign.html", values, 422 if bad is not None else 200)


def _forms(row: CampaignRow) -> dict[str, Form]:
    extend = ExtendForm(initial={"grace_days": str(row.grace_days)})
    return {"extend": extend, "cancel": CancelForm()}


def whom(row: CampaignRow) -> str:
    """Whom a campaign concerns, in words."""
    text = tr(AUDIENCES[row.audience])
    names = {
        "kind": lambda: tr(KINDS[row.among].name),
        "role": lambda: tr(ROLES[row.among].name),
        "agency": lambda: row.among,
    }
    return f"{text}: {names[row.audience]()}" if row.audience in names else text
