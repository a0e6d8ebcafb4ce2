"""/: a welcome for guests; for people who are signed in what they can do and what waits."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse

from gapura.access.queries import REQUESTABLE, ROLES, Matter, open_matters
from gapura.accounts.queries import own_profile
from gapura.authentication.queries import Method, SecondFactor, second_factor_of
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.texts import N_
from gapura.notifications.queries import newest
from gapura.web.help.guides import guide_for
from gapura.web.home.tasks import Task, kept_task, tasks
from gapura.web.home.tiles import tiles
from gapura.web.shell.context import Shell
from gapura.web.shell.display import tr
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

# From which hour of the day which greeting; Indonesian divides the day in four.
GREETINGS = (
    (18, N_("Good evening, %(name)s")),
    (15, N_("Good afternoon, %(name)s")),
    (11, N_("Good day, %(name)s")),
    (4, N_("Good morning, %(name)s")),
    (0, N_("Good evening, %(name)s")),
)
ENDS_SOON = timedelta(days=30)
_STRONG = frozenset({Method.PASSKEY, Method.TOTP})
_OFFICES = frozenset(kind for role in REQUESTABLE for kind in role.kinds)


def home(request: Request) -> HttpResponse:
    """At most six queries, those of the sign-in included."""
    actor = request.actor
    if not actor.signed_in:
        return render(request, "home/welcome.html")
    bell = newest(actor)
    matters = open_matters(actor)
    outside = not actor.grants and not matters and not _can_apply(actor)
    shell = Shell(request)
    shell.unread = bell.unread
    context: dict[str, Any] = {
        "shell": shell,
        "greeting": greeting(actor),
        "acting": ROLES[actor.role] if actor.grant else None,
        "grant": actor.grant,
        "grants": actor.grants,
        "ends_soon": _ends_soon(actor),
        "held_back": [grant for grant in actor.grants if grant.least_acr > actor.acr],
        "tasks": _tasks(request, matters, outside=outside),
        "tiles": tiles(actor),
        "roles": ROLES,
        "guide": guide_for(actor.role),
        "notices": bell.latest,
        "no_role_for": outside,
    }
    return render(request, "home/home.html", context)


def _tasks(request: Request, matters: Sequence[Matter], *, outside: bool) -> tuple[Task, ...]:
    """Somebody who is `outside` all offices is told of another way, and only of kept forms."""
    kept, actor = kept_task(request.session_view), request.actor
    return kept if outside else (*kept, *tasks(actor, matters, _second_factor(actor)))


def greeting(actor: Actor) -> str:
    """By the time of day where the person works."""
    zone = actor.grant.zone if actor.grant else clock.JAKARTA
    hour = clock.now().astimezone(ZoneInfo(zone)).hour
    message = next(text for first, text in GREETINGS if hour >= first)
    return tr(message, name=actor.name)


def _ends_soon(actor: Actor) -> date | None:
    """The last day of the role in use, when it is near."""
    last = actor.grant.valid_until if actor.grant else None
    if actor.grant is None or last is None:
        return None
    return last if last - clock.today(actor.grant.zone) < ENDS_SOON else None


def _second_factor(actor: Actor) -> SecondFactor | None:
    """None when the sign-in itself shows that nothing is missing: then nothing is asked."""
    methods = actor.facts.get("methods", ())
    if _STRONG.intersection(methods) and Method.RECOVERY_CODE not in methods:
        return None
    return second_factor_of(actor)


def _can_apply(actor: Actor) -> bool:
    """Other citizens hold no public office, so they are not asked to apply for one."""
    return own_profile(actor).kind.code in _OFFICES
