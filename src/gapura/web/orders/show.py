"""GET /orders/<id>: who acts next and until when, the one next act, and the whole order."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from gapura.evaluations import permissions as evaluations
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import decide, may
from gapura.purchasing.queries import OrderView
from gapura.purchasing.services import look_at
from gapura.web.orders.acts import Act, page_of
from gapura.web.orders.facing import heading, part
from gapura.web.orders.table import BY_VERB
from gapura.web.orders.timeline import timeline, until
from gapura.web.orders.warned import splits_of
from gapura.web.orders.words import tables
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

_STRONG = 2
AUDITOR = "apip"
READERS = frozenset({AUDITOR, "pa", "kpa"})
OUTSIDERS = READERS | {"helpdesk", "admin_platform"}
_PREPARE, _HAND_OVER = "prepare_handover", "hand_over"


@dataclass(frozen=True, slots=True)
class Offered:
    """The reader's acts: the one that is due, others that are open, and the quiet ones below."""

    main: Act | None
    others: tuple[Act, ...]
    quiet: tuple[Act, ...]
    stronger: bool


def show(request: Request, order_id: UUID) -> HttpResponse:
    """The page; an auditor's look at it is recorded."""
    view = look_at(actor=request.actor, order=order_id)
    now, inside = clock.now(), part(request.actor)
    values: dict[str, Any] = {
        "view": view,
        "heading": heading(request.actor, view),
        "address": page_of(order_id),
        "acts": offered(request.actor, view),
        "until": until(view, now),
        "timeline": timeline(view, now),
        "reads": request.actor.role in OUTSIDERS,
        "audits": request.actor.role == AUDITOR,
        "compares": may(request.actor, evaluations.Can.COMPARE),
        "may_rate": may(request.actor, evaluations.Can.RATE, view.facts),
        "acts_here": request.actor.role not in READERS,
        "splits": splits_of(view, inside=inside["with_budget"]),
        **tables(),
        **inside,
    }
    return render(request, "orders/show.html", values)


def offered(actor: Actor, view: OrderView) -> Offered:
    """What this reader may do now, the due act first."""
    nothing_to_sign = _PREPARE in view.verbs and view.to_sign is None
    due = _PREPARE if nothing_to_sign else view.next.verb
    hidden = _HAND_OVER if nothing_to_sign else ""
    acts = [act for act in BY_VERB.values() if act.is_open(view) and act.verb != hidden]
    main = next((act for act in acts if act.verb == due), None)
    rest = [act for act in acts if act is not main]
    return Offered(
        main,
        tuple(act for act in rest if not act.quiet),
        tuple(act for act in rest if act.quiet),
        main is None and _would_be_mine(actor, view),
    )


def _would_be_mine(actor: Actor, view: OrderView) -> bool:
    """The next step only waits for the app's code of this reader's sign-in."""
    act = BY_VERB.get(view.next.verb)
    if act is None or view.late or actor.acr >= _STRONG:
        return False
    return decide(actor, act.permission, view.facts).only_needs_strength
