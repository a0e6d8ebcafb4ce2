"""What the frame of every page needs, each part worked out when the template asks for it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from gapura.access.queries import ROLES
from gapura.audit.permissions import Can as AuditCan
from gapura.audit.queries import behalf_line
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.holds import Hold
from gapura.kernel.permissions import may
from gapura.notifications.queries import unread_count
from gapura.web.shell import flash
from gapura.web.shell.display import tr
from gapura.web.shell.navigation import Menu
from gapura.web.shell.requests import Request


@dataclass(frozen=True, slots=True)
class Option:
    """One grant in the switcher."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Acting:
    """The grant in use and the others."""

    id: str
    label: str
    options: tuple[Option, ...]


class Shell:
    """What `shell/base.html` shows around a page. `bare` asks nothing of the database."""

    def __init__(self, request: Request, *, bare: bool = False) -> None:
        self._request = request
        self._bare = bare
        self.lang = get_language() or settings.LANGUAGE_CODE
        self.demo: bool = settings.DEMO
        self.mail_window: str = settings.MAIL_WINDOW_URL if settings.DEMO else ""
        self.simulator: str = settings.SIMULATOR_URL if settings.DEMO else ""

    @property
    def _actor(self) -> Actor:
        return self._request.actor

    @property
    def person(self) -> str:
        """The name of the person who is signed in, or an empty text."""
        return self._actor.name if self._actor.signed_in else ""

    @cached_property
    def path(self) -> str:
        """This page with its query, for coming back to it."""
        return self._request.get_full_path() if self._request.method == "GET" else "/"

    @cached_property
    def nav(self) -> Menu | None:
        """The menu for this person."""
        if self._bare or not self._actor.signed_in:
            return None
        return Menu(self._actor, self._request.path)

    @property
    def holds(self) -> list[Hold]:
        """What stands on the account, for every page but the one that ends it."""
        return [one for one in self._actor.holds if one.missing.link != self._request.path]

    @property
    def reads_log(self) -> bool:
        """Whether pages about things offer what the activity log tells about them."""
        return not self._bare and may(self._actor, AuditCan.EXPLORE)

    @cached_property
    def unread(self) -> int:
        """How many notices wait."""
        person = self._actor.person
        if self._bare or person is None or not self._actor.signed_in:
            return 0
        return unread_count(person)

    @cached_property
    def acting(self) -> Acting | None:
        """The role in use, with the choice of others."""
        grant = self._actor.grant
        if grant is None:
            return None
        options = tuple(Option(str(g.id), grant_label(g)) for g in self._actor.grants)
        return Acting(str(grant.id), grant_label(grant), options)

    @cached_property
    def notices(self) -> list[flash.Notice]:
        """What was said before the redirect to this page."""
        return flash.take(self._request)

    @property
    def session_seconds(self) -> int:
        """Until the session ends by itself; 0 when nobody is signed in."""
        view = self._request.session_view
        return view.seconds_left if view is not None and self._actor.signed_in else 0


def grant_label(grant: ActiveGrant) -> str:
    """Role and place of a grant, as people say it; who stands in sees for whom."""
    name = tr(ROLES[grant.role].name)
    if grant.principal:
        name = f"{name} ({behalf_line(f'{grant.standing}:{grant.principal}')})"
    return f"{name}, {grant.place}" if grant.place else name


def form_token(request: HttpRequest) -> dict[str, Any]:
    """`csrf_input`, made once a page: each use of Django's masks the token anew."""
    return {"csrf_input": SimpleLazyObject(lambda: csrf_input(request))}


def shell_context(request: Request, *, bare: bool = False) -> dict[str, Any]:
    """The names every template may use."""
    return {"shell": Shell(request, bare=bare)}
