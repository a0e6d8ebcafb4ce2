"""/recover/stop/<token>: the owner stops a way back; /recover/wait tells of a running one."""

from django.http import HttpResponse

from gapura.authentication.errors import FlowOver, NothingWaits
from gapura.authentication.queries import Step, mailbox_wait, recovery_to_stop
from gapura.authentication.services import ask_after_reset, stop_by_link
from gapura.kernel import clock
from gapura.web.recover.standing import standing, start_again
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther, forget_session


def stop(request: Request, stop_token: str) -> HttpResponse:
    """What the link is about, and the button; opening the link alone changes nothing."""
    if request.method == "POST":
        try:
            stop_by_link(actor=request.actor, token=stop_token)
        except NothingWaits:
            return _page(request, "over")
        return _page(request, "stopped")
    found = recovery_to_stop(stop_token)
    return _page(request, "open" if found else "over", found)


def wait(request: Request) -> HttpResponse:
    """Only the mailbox was proven: until when it waits, or that a role needs two people's help."""
    if standing(request, Step.RESET_VOUCHED) is not None:
        return _vouched(request)
    flow, view = standing(request, Step.RESET_WAIT), request.session_view
    found = mailbox_wait(view.person) if flow and view and view.person else None
    if found is None:
        return start_again(request)
    return render(request, "recover/wait.html", {"wait": found, "zone": _zone(request)})


def _vouched(request: Request) -> HttpResponse:
    """POST asks the two people: the mailbox is proven here, so nothing is asked once more."""
    if request.method != "POST":
        return render(request, "recover/vouched.html", {})
    try:
        ask_after_reset(actor=request.actor)
    except FlowOver:
        return start_again(request)
    response = SeeOther("/recover/asked")
    forget_session(response)
    return response


def _page(request: Request, stands: str, found: object = None) -> HttpResponse:
    context = {"stands": stands, "found": found, "zone": _zone(request)}
    return render(request, "recover/stop.html", context)


def _zone(request: Request) -> str:
    return request.actor.grant.zone if request.actor.grant else clock.JAKARTA
