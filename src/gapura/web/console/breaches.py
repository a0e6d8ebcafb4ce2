"""/console/breaches: the register of breaches, one entry, and what is done about it."""

from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.journeys.breaches import find_affected, searchable
from gapura.kernel import clock
from gapura.kernel.problems import FieldProblems, Problem
from gapura.privacy import services
from gapura.privacy.queries import BREACH_TEXTS, KINDS, BreachView, breach, breaches
from gapura.web.console.breach_forms import BreachForm, CloseForm, FindForm, ReportForm
from gapura.web.shell import flash
from gapura.web.shell.display import tr
from gapura.web.shell.forms import Form
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to
from gapura.web.shell.states import BREACHES

HERE = "/console/breaches"


def show(request: Request) -> HttpResponse:
    """The register, the most urgent first."""
    values = {"lines": breaches(request.actor), "states": BREACHES, "zone": _zone(request)}
    return render(request, "console/breaches.html", values)


def new(request: Request) -> HttpResponse:
    """The form; POST enters a breach."""
    if request.method == "GET":
        return _form(request, BreachForm(zone=_zone(request)), HERE)
    form = BreachForm(request.POST, zone=_zone(request))
    if form.is_valid():
        try:
            found = services.enter_breach(actor=request.actor, told=form.told())
            return go_to(f"{HERE}/{found}")
        except Problem as problem:
            _take(form, problem)
    return _form(request, form, HERE, 422)


def change(request: Request, breach_id: UUID) -> HttpResponse:
    """What is known now; the clock stays."""
    view, zone = breach(request.actor, breach_id), _zone(request)
    back = f"{HERE}/{breach_id}"
    if request.method == "GET":
        return _form(request, BreachForm(initial=_initial(view, zone), zone=zone), back)
    form = BreachForm(request.POST, zone=zone)
    if form.is_valid():
        try:
            services.change_breach(actor=request.actor, breach_id=breach_id, told=form.told())
            return go_to(back)
        except Problem as problem:
            _take(form, problem)
    return _form(request, form, back, 422)


def one(request: Request, breach_id: UUID) -> HttpResponse:
    """One entry with its clock, its people and its forms."""
    return _one(request, breach_id)


def find(request: Request, breach_id: UUID) -> HttpResponse:
    """Put people on the list by one way."""
    form = FindForm(request.POST)
    if form.is_valid():
        values, zone = form.cleaned_data, ZoneInfo(_zone(request))
        try:
            added = find_affected(
                actor=request.actor,
                breach_id=breach_id,
                way=values["way"],
                value=values["value"].strip(),
                since=datetime.combine(values["since"], time.min, zone),
                until=datetime.combine(values["until"], time.max, zone),
            )
        except Problem as problem:
            _take(form, problem, "value")
        else:
            said = _("%(count)s more people are on the list.") % {"count": added}
            flash.say(request, "success", said)
            return go_to(f"{HERE}/{breach_id}")
    return _one(request, breach_id, find=form)


def tell(request: Request, breach_id: UUID) -> HttpResponse:
    """Have everybody on the list told."""
    count = services.tell_affected(actor=request.actor, breach_id=breach_id)
    flash.say(request, "success", _("%(count)s people are being told.") % {"count": count})
    return go_to(f"{HERE}/{breach_id}")


def report(request: Request, breach_id: UUID) -> HttpResponse:
    """Write down that the authority was told."""
    form = ReportForm(request.POST, zone=_zone(request))
    if form.is_valid():
        values = form.cleaned_data
        told = {"reported_at": values["reported_at"], "number": values["number"]}
        try:
            services.report_breach(actor=request.actor, breach_id=breach_id, **told)
            return go_to(f"{HERE}/{breach_id}")
        except Problem as problem:
            _take(form, problem, "number")
    return _one(request, breach_id, report=form)


def close(request: Request, breach_id: UUID) -> HttpResponse:
    """Close it, with what was learned."""
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            services.close_breach(actor=request.actor, breach_id=breach_id, reason=reason)
            return go_to(f"{HERE}/{breach_id}")
        except Problem as problem:
            _take(form, problem, "reason")
    return _one(request, breach_id, close=form)


def paper(request: Request, breach_id: UUID) -> HttpResponse:
    """The recap for the authority, as a PDF in Indonesian."""
    made, reference = services.breach_paper(actor=request.actor, breach_id=breach_id)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{reference}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def _one(request: Request, breach_id: UUID, **forms: Any) -> HttpResponse:
    view, zone = breach(request.actor, breach_id), _zone(request)
    today = clock.today(zone)
    usual = {"since": clock.legal_day(view.began_at, zone), "until": today}
    values: dict[str, Any] = {
        "breach": view,
        "states": BREACHES,
        "zone": zone,
        "classes": [tr(KINDS[key]) for key in view.classes],
        "find": FindForm(initial=usual),
        "report": ReportForm(zone=zone),
        "close": CloseForm(),
        "held": [(name, tr(title)) for name, title in searchable()],
    }
    return render(request, "console/breach.html", {**values, **forms}, 422 if forms else 200)


def _form(request: Request, form: BreachForm, back: str, status: int = 200) -> HttpResponse:
    values = {"form": form, "back": back, "fresh": back == HERE}
    return render(request, "console/breach_form.html", values, status)


def _initial(view: BreachView, zone: str) -> dict[str, Any]:
    here = ZoneInfo(zone)
    known: dict[str, Any] = {name: getattr(view, name) for name in (*BREACH_TEXTS, "classes")}
    for name in ("began", "ended", "found"):
        at: datetime | None = getattr(view, f"{name}_at")
        if at is not None:
            local = at.astimezone(here)
            known |= {f"{name}_on": local.date(), f"{name}_time": f"{local:%H:%M}"}
    return known


def _take(form: Form, problem: Problem, otherwise: str = "found_on") -> None:
    """Put it at the field that was typed: moments are typed as a day and a time."""
    if not isinstance(problem, FieldProblems):
        form.refuse(otherwise, problem)
        return
    fields = {name.replace("_at", "_on"): each for name, each in problem.fields.items()}
    form.take(FieldProblems(fields))


def _zone(request: Request) -> str:
    return request.actor.grant.zone if request.actor.grant else clock.JAKARTA
