"""POST /account/identity/check: ask the civil registry about oneself once more."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.accounts.services import check_identity
from gapura.web.shell import flash
from gapura.web.shell.requests import Request, SeeOther

HERE = "/account/identity"


def check(request: Request) -> HttpResponse:
    """Ask, and say what came of it; the page has it field by field."""
    proof = check_identity(actor=request.actor, person=request.actor.who)
    kind, text = _said()[proof.outcome]
    flash.say(request, kind, text)
    return SeeOther(HERE)


def _said() -> dict[str, tuple[str, str]]:
    return {
        "matches": ("success", _("The civil registry confirmed your data.")),
        "differs": ("info", _("The civil registry has something else. See below what differs.")),
        "not_found": ("info", _("The civil registry does not know this NIK.")),
        "unavailable": (
            "info",
            _(
                "The civil registry does not answer at the moment. We ask again by ourselves every "
                "few minutes; you need to do nothing."
            ),
        ),
        "not_asked": ("info", _("Your data changed meanwhile. It is checked again in a moment.")),
    }
