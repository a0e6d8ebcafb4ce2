"""/console/erasures: who asked to be erased, for the officer; a refusal with its reason."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.kernel import clock
from gapura.privacy.errors import BadText
from gapura.privacy.queries import erasures
from gapura.privacy.services import refuse_erasure
from gapura.web.shell import flash
from gapura.web.shell.forms import Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to
from gapura.web.shell.states import ERASURES

HERE = "/console/erasures"


class RefuseForm(Form):
    """The reason, which the person reads. Several stand on one page: each has its own prefix."""

    reason = TextField(
        label=lazy("Reason, with the article of the law"),
        shortest=10,
        longest=500,
        lines=True,
        rows=2,
        spelling=True,
    )


def show(request: Request) -> HttpResponse:
    """Open ones first."""
    return _page(request, {})


def refuse(request: Request, erasure_id: UUID) -> HttpResponse:
    """Refuse one."""
    form = RefuseForm(request.POST, prefix=str(erasure_id))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            refuse_erasure(actor=request.actor, erasure_id=erasure_id, reason=reason)
        except BadText as problem:
            form.refuse("reason", problem)
        else:
            flash.say(request, "success", _("It is refused, and the person was told why."))
            return go_to(HERE)
    return _page(request, {erasure_id: form}, 422)


def _page(request: Request, typed: dict[UUID, RefuseForm], status: int = 200) -> HttpResponse:
    lines = erasures(request.actor)
    forms = {one.id: typed.get(one.id) or RefuseForm(prefix=str(one.id)) for one in lines}
    grant = request.actor.grant
    zone = grant.zone if grant else clock.JAKARTA
    values = {"lines": lines, "forms": forms, "states": ERASURES, "zone": zone}
    return render(request, "console/erasures.html", values, status)
