"""A URL table for the tests of the edge: pages that do one thing each."""

from typing import Any

from django.http import HttpResponse

from gapura.kernel.permissions import (
    Clause,
    Refused,
    Verdict,
    anyone,
    clause,
    is_signed_in,
    require,
    signed_in_strongly,
)
from gapura.kernel.problems import Busy, FieldProblems, Missing, Overtaken, Problem
from gapura.web.shell.flash import say
from gapura.web.shell.pages import Page, render, urls
from gapura.web.shell.requests import Request, go_to, keep_session


@clause("The moon must be full.", law="Lunar act 1", mend="You can: wait.", link="/moon")
def moon_is_full(actor: Any, thing: Any) -> bool:
    """Never."""
    return False


RULES: dict[str, tuple[tuple[Clause, ...], ...]] = {
    "edge.public.see": ((anyone,),),
    "edge.own.see": ((is_signed_in,),),
    "edge.strong.see": ((is_signed_in, signed_in_strongly),),
    "edge.moon.see": ((is_signed_in, moon_is_full),),
}


class Wrong(Problem):
    """A problem of a room."""

    what = "The letter %(number)s has ended."
    todo = "Ask for a new one."


PROBLEMS: dict[str, Exception] = {
    "missing": Missing(),
    "overtaken": Overtaken(),
    "busy": Busy(seconds=42),
    "wrong": Wrong(number="SK-1"),
    "fields": FieldProblems({"nik": Wrong(number="<b>"), "name": "Enter your name."}),
    "refused": Refused(Verdict(False, "edge.moon.see", (), (moon_is_full,))),
    "weak": Refused(Verdict(False, "edge.strong.see", (), (signed_in_strongly,))),
    "bug": RuntimeError("secret detail"),
}


def ok(request: Request, **ids: Any) -> HttpResponse:
    """Say who asks, in what language."""
    return HttpResponse(f"{request.actor.username}|{request.actor.ip}|{request.language}")


def fail(request: Request, kind: str) -> HttpResponse:
    """Raise the problem of that name."""
    raise PROBLEMS[kind]


def thing(request: Request, number: int) -> HttpResponse:
    """A page that asks its permission itself."""
    require(request.actor, "edge.moon.see")
    return HttpResponse("never")


def tell(request: Request) -> HttpResponse:
    """Say something once, on the next page."""
    say(request, "success", "Saved <b>all</b>.")
    return go_to("/shown")


def shown(request: Request) -> HttpResponse:
    """A page inside the shell."""
    texts = {"title": "T", "what": "W", "why": "", "todo": "D", "reasons": (), "links": ()}
    return render(request, "shell/error.html", {**texts, "request_id": ""})


def enter(request: Request) -> HttpResponse:
    """Give the browser a session."""
    response = go_to("/own")
    keep_session(request, response, "new-token")
    return response


_BOTH = ("GET", "POST")
PAGES = (
    Page("public", ok, "edge.public.see", name="edge-public"),
    Page("own", ok, "edge.own.see", _BOTH, name="edge-own"),
    Page("strong", ok, "edge.strong.see", name="edge-strong"),
    Page("moon", ok, "edge.moon.see", name="edge-moon"),
    Page("thing/<int:number>", thing, "edge.moon.see", on_object=True, name="edge-thing"),
    Page("fail/<str:kind>", fail, "edge.public.see", _BOTH, name="edge-fail"),
    Page("tell", tell, "edge.public.see", _BOTH, name="edge-tell"),
    Page("shown", shown, "edge.public.see", name="edge-shown"),
    Page("enter", enter, "edge.public.see", ("POST",), name="edge-enter"),
)

from gapura.config.urls import handler400, handler403, handler404, handler500  # noqa: E402, F401
from gapura.web.shell.urls import PAGES as SHELL  # noqa: E402

urlpatterns = urls((*SHELL, *PAGES))
