"""/people/units/<code>/confirm: what is kept of a unit is read, mended and confirmed."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.kernel.problems import FieldProblems
from gapura.organizations.errors import NoSuchUnit
from gapura.organizations.queries import UnitPage, unit_facts, unit_page
from gapura.organizations.services import confirm_unit
from gapura.web.people.units.forms import ConfirmForm
from gapura.web.people.units.shown import HERE, STANDINGS
from gapura.web.shell import flash
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to


def confirm(request: Request, code: str) -> HttpResponse:
    """The form with what is kept; POST confirms it."""
    page = unit_page(request.actor, code)
    if not page.may_confirm:
        raise NoSuchUnit()
    if request.method == "GET":
        kept = {
            "address": page.address,
            "head_name": page.line.head_name,
            "head_position": page.head_position,
        }
        return _page(request, page, ConfirmForm(initial=kept))
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _page(request, page, form)
    try:
        changed = confirm_unit(
            actor=request.actor, code=code, truth=form.truth(unit_facts(code).npwp)
        )
    except FieldProblems as problem:
        form.take(problem)
        return _page(request, page, form)
    done = _("Confirmed; what you mended is kept.") if changed else _("Confirmed as it stood.")
    flash.say(request, "success", done)
    return go_to(HERE)


def _page(request: Request, page: UnitPage, form: ConfirmForm) -> HttpResponse:
    values = {"page": page, "form": form, "standings": STANDINGS}
    return render(request, "people/unit_confirm.html", values, 422 if form.errors else 200)
