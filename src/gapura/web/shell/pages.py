"""The page table: a row is a URL with its view, its methods and the permission asked first."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.http import HttpResponse, HttpResponseBase
from django.template import loader
from django.urls import URLPattern, path

from gapura.authentication.queries import must_change
from gapura.kernel.holds import reading
from gapura.kernel.permissions import Refused, decide
from gapura.kernel.problems import Missing
from gapura.web.shell.context import shell_context
from gapura.web.shell.errors import method_refused
from gapura.web.shell.kept import send_to_login
from gapura.web.shell.requests import STEP_UP, Request, send_to
from gapura.web.shell.strength import held_back_role_may

View = Callable[..., HttpResponseBase]
NEW_PASSWORD = "/account/password/required"  # noqa: S105 - a page's address
# Signing out, the language, a fresh proof, and the page itself.
OPEN_TO_CONFINED = ("logout", "language", "login/step-up", "account/password/required")


@dataclass(frozen=True, slots=True)
class Page:
    """One URL. `permission` is asked before the view; with `on_object` the view or service asks.

    `name` is what `url(...)` in templates takes. An `on_object` page is for signed-in people unless
    `public`. With `from_elsewhere` its POST comes from other sites, without our form token and
    without our cookies: it must change nothing and only lead on to a page of ours.
    """

    route: str
    view: View
    permission: str
    methods: tuple[str, ...] = ("GET",)
    on_object: bool = False
    name: str = ""
    public: bool = False
    from_elsewhere: bool = False


def render(
    request: Request, template: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The page made of `template` in the person's language, inside the shell."""
    values = {**shell_context(request), **(context or {})}
    html = loader.get_template(template).render(values, request)
    return HttpResponse(html, status=status)


def confined(request: Request, page: Page) -> HttpResponse | None:
    """Whoever must choose a new password is led there from every page but the few that help."""
    if not must_change(request.actor) or page.route.startswith(OPEN_TO_CONFINED):
        return None
    return send_to(request, NEW_PASSWORD)


def at_the_edge(request: Request, page: Page) -> HttpResponse | None:
    """None to go on; else the way to sign in or to a stronger sign-in.

    :raises Missing: when the page is not for this actor.
    :raises Refused: when it is, and a hold on the account stands in the way.
    """
    if page.on_object:
        return None if page.public or request.actor.signed_in else send_to_login(request)
    verdict = decide(request.actor, page.permission)
    if verdict:
        return None
    if not request.actor.signed_in:
        return send_to_login(request)
    if verdict.only_needs_strength or held_back_role_may(request.actor, page.permission):
        return send_to(request, STEP_UP)
    if verdict.held:
        if only_reads(request, page):
            return None
        raise Refused(verdict)
    raise Missing() from Refused(verdict)


def only_reads(request: Request, page: Page) -> bool:
    """A page without a form of its own, opened: whoever is held may read it.

    A form is refused before it is filled in, not after.
    """
    return "POST" not in page.methods and request.method in ("GET", "HEAD")


def _guarded(page: Page) -> View:
    allowed = {*page.methods, "HEAD"} if "GET" in page.methods else set(page.methods)
    allow = ", ".join(sorted(allowed))

    @wraps(page.view)
    def guarded(request: Any, **ids: Any) -> HttpResponseBase:
        if request.method not in allowed:
            return method_refused(request, allow)
        asked = cast(Request, request)
        early = confined(asked, page) or at_the_edge(asked, page)
        if early is not None:
            return early
        if not only_reads(asked, page):
            return page.view(asked, **ids)
        with reading():
            return page.view(asked, **ids)

    guarded.page = page  # type: ignore[attr-defined]
    # Nothing to protect: without POST in its table the page answers 405 before anything happens.
    guarded.csrf_exempt = "POST" not in allowed or page.from_elsewhere  # type: ignore[attr-defined]
    return guarded


def urls(pages: Iterable[Page]) -> list[URLPattern]:
    """Django's URL patterns of a page table.

    :raises ValueError: when two pages share a name or a route.
    """
    rows = [(page, page.name or page.view.__name__) for page in pages]
    for what, keys in {"name": [n for _, n in rows], "route": [p.route for p, _ in rows]}.items():
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise ValueError(f"pages share a {what}: {', '.join(sorted(twice))}")
    return [path(page.route, _guarded(page), name=name) for page, name in rows]
