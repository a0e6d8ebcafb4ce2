"""/oversight/rules: the alert rules with their numbers, how good they are, and changing them."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.kernel.permissions import may
from gapura.kernel.problems import FieldProblems
from gapura.reports.errors import NothingChanged
from gapura.reports.permissions import Can
from gapura.reports.queries import rule_for, rules_for
from gapura.reports.services import change_rule
from gapura.web.oversight.alert_forms import RuleForm
from gapura.web.oversight.alert_words import words
from gapura.web.shell import flash
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to

HERE = "/oversight/rules"


def show(request: Request) -> HttpResponse:
    """All rules; the figures are those of the alerts that the reader may see."""
    values = {"rules": rules_for(request.actor), **words(request)}
    return render(request, "oversight/rules.html", values)


def show_one(request: Request, alert_rule: str) -> HttpResponse:
    """One rule: its numbers now and before, and the form for whoever may change it."""
    return _page(request, alert_rule)


def change(request: Request, alert_rule: str) -> HttpResponse:
    """Set it from now on, with a reason."""
    view, _past = rule_for(request.actor, alert_rule)
    form = RuleForm(view.rule, request.POST)
    if form.is_valid():
        try:
            change_rule(actor=request.actor, rule=alert_rule, **form.chosen())
        except (FieldProblems, NothingChanged) as problem:
            form.take(problem)
        else:
            flash.say(request, "success", _("The rule holds like this from now on."))
            return go_to(f"{HERE}/{alert_rule}")
    return _page(request, alert_rule, form)


def _page(request: Request, rule: str, wrong: RuleForm | None = None) -> HttpResponse:
    view, past = rule_for(request.actor, rule)
    values = {
        "view": view,
        "past": past,
        "may_change": may(request.actor, Can.CHANGE_RULE),
        "forms": {"change": wrong or RuleForm(view.rule, now=view.now)},
        "form": wrong,
        **words(request),
    }
    return render(request, "oversight/rule.html", values, 422 if wrong else 200)
