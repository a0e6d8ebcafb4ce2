"""/account/backup-codes: make new codes, keep them as a file, and say that they are kept."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.authentication.permissions import Can
from gapura.authentication.queries import factors_of
from gapura.authentication.services import make_recovery_codes
from gapura.kernel import clock
from gapura.kernel.permissions import require
from gapura.web.account import code_sheet
from gapura.web.shell import flash
from gapura.web.shell.display import day
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther, safe_path

HERE = "/account/backup-codes"
AFTERWARDS = "/account/security"


def codes(request: Request) -> HttpResponse:
    """What they are for; POST makes ten and shows them once."""
    factors = factors_of(request.actor)
    require(request.actor, Can.MAKE_RECOVERY_CODES, factors)
    if request.method == "GET":
        return render(request, "account/backup_codes.html", {"factors": factors})
    return code_sheet.show(request, make_recovery_codes(actor=request.actor), onward=AFTERWARDS)


def saved(request: Request) -> HttpResponse:
    """On with whoever has saved them; the others see them once more, for the page sent them."""
    onward = safe_path(request.POST.get("onward"), AFTERWARDS)
    kept = code_sheet.carried(request)
    form = code_sheet.SavedForm(request.POST)
    if kept and not form.is_valid():
        return code_sheet.show(request, kept, onward=onward, form=form)
    if kept:
        text = _("Your authenticator app and your backup codes are ready.")
        flash.say(request, "success", text)
    return SeeOther(onward)


def file(request: Request) -> HttpResponse:
    """The codes as a text file to print or to keep."""
    kept = code_sheet.carried(request)
    if not kept:
        return SeeOther(HERE)
    lines = (
        _("Gapura: backup codes of %(username)s, made on %(day)s")
        % {"username": request.actor.username, "day": day(clock.today())},
        "",
        *kept,
        "",
        _("Each code works once, instead of the code of the authenticator app."),
        _("Keep this where only you can get at it, and not in your mailbox."),
        "",
    )
    response = HttpResponse("\r\n".join(lines), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="gapura-backup-codes.txt"'
    return response
