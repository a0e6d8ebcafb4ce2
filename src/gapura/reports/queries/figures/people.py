"""Pictures of people and their access: registrations, the queue, what ends, second factors."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gapura.access.models import AccessRequest, Grant
from gapura.accounts.models import Person
from gapura.authentication.models import Passkey, Totp
from gapura.kernel import clock
from gapura.kernel.texts import N_
from gapura.reports.queries.figures.scope import Scope, Span
from gapura.reports.rules.pictures import BARS, STACKED, Picture, Row
from gapura.reports.words import ROLE_NAMES, WAITING_REQUEST

_STEPS = {
    "registered": N_("Registered"),
    "mailbox": N_("Confirmed the e-mail address"),
    "verified": N_("Identity verified"),
    "asked": N_("Asked for access"),
    "approved": N_("Access approved"),
    "active": N_("Access activated"),
}
_CAME = {
    "registered": Q(),
    "mailbox": Q(email_verified_at__isnull=False),
    "verified": Q(verified_at__isnull=False),
    "asked": Q(asked=True),
    "approved": Q(given=True),
    "active": Q(activated=True),
}
# Hours since the request was sent; the law's clock runs 72.
_AGES = ((24, N_("Up to 24 hours")), (48, N_("24 to 48 hours")), (72, N_("48 to 72 hours")))
_OLDER = N_("Over 72 hours")
_ENDS = ((30, N_("Within 30 days")), (60, N_("31 to 60 days")), (90, N_("61 to 90 days")))
_FACTORS = {
    "passkey": N_("Passkey"),
    "app": N_("Authenticator app"),
    "none": N_("Code by e-mail only"),
}


def funnel(scope: Scope, span: Span) -> Picture:
    """How far those who registered within the span have come by now. One statement."""
    asked = AccessRequest.objects.filter(person=OuterRef("pk"), submitted_at__isnull=False)
    given = Grant.objects.filter(person=OuterRef("pk"))
    rows = Person.objects.filter(span.within("created_at"), scope.where()).annotate(
        asked=Exists(asked),
        given=Exists(given),
        activated=Exists(given.filter(activated_at__isnull=False)),
    )
    counts = rows.aggregate(**{f"count_{code}": Count("pk", filter=q) for code, q in _CAME.items()})
    return Picture(
        "funnel",
        BARS,
        N_("From registration to access"),
        N_("People who registered in the period, and how far they have come by now."),
        N_("Step"),
        (N_("People"),),
        tuple(Row(name, (counts[f"count_{code}"],)) for code, name in _STEPS.items()),
    )


def queue(scope: Scope) -> Picture:
    """How long open requests have waited, against the deadline of 72 hours. One statement."""
    now, names = clock.now(), (*(name for _hours, name in _AGES), _OLDER)
    waiting = AccessRequest.objects.filter(scope.where(), state__in=WAITING_REQUEST)
    counts = {
        f"{state}_{place}": Count("pk", filter=age & Q(state=state))
        for state in WAITING_REQUEST
        for place, age in enumerate(_ages(now))
    }
    found = waiting.aggregate(late=Count("pk", filter=Q(due_at__lt=now)), **counts)
    rows = tuple(
        Row(name, tuple(found[f"{state}_{place}"] for state in WAITING_REQUEST))
        for place, name in enumerate(names)
    )
    return Picture(
        "queue",
        STACKED,
        N_("Requests that wait for a decision"),
        N_("Open requests by the hours since they were sent. They are to be decided in 72 hours."),
        N_("Waiting for"),
        (N_("Nobody has taken it"), N_("Being checked")),
        rows,
        numbers={"late": found["late"], "waiting": sum(sum(row.values) for row in rows)},
    )


def _ages(now: datetime) -> list[Q]:
    """For each stretch of waiting the condition on when a request was sent."""
    edges = [now - timedelta(hours=hours) for hours, _name in _AGES]
    younger = [Q(submitted_at__gte=edge) for edge in edges]
    older = [Q(submitted_at__lt=edge) for edge in edges]
    return [
        younger[0],
        *(a & b for a, b in zip(older[:-1], younger[1:], strict=True)),
        older[-1],
    ]


def ending(scope: Scope) -> Picture:
    """Accesses that end within 90 days, by role. One statement."""
    today = clock.today()
    edges = [today + timedelta(days=days + 1) for days, _name in _ENDS]
    starts = [today + timedelta(days=1), *edges]
    counts = {
        f"within_{place}": Count(
            "pk", filter=Q(ends_before__gte=starts[place], ends_before__lt=edges[place])
        )
        for place in range(len(edges))
    }
    live = _live(scope).filter(ends_before__gte=starts[0], ends_before__lt=edges[-1])
    found = live.values_list("role").annotate(**counts)
    return Picture(
        "ending",
        STACKED,
        N_("Access that ends soon"),
        N_("Active roles by the day on which they or their appointment letter end."),
        N_("Role"),
        tuple(name for _days, name in _ENDS),
        _by_role(found),
    )


def factors(scope: Scope, day: date) -> Picture:
    """The strongest way to sign in of those who hold a role today. One statement."""
    passkey = Passkey.objects.filter(person=OuterRef("person"), cloned_at__isnull=True)
    app = Totp.objects.filter(person=OuterRef("person"), confirmed_at__isnull=False)
    rows = _live(scope).filter(valid__contains=day)
    rows = rows.annotate(has_passkey=Exists(passkey), has_app=Exists(app))
    people = {
        "passkey": Q(has_passkey=True),
        "app": Q(has_passkey=False, has_app=True),
        "none": Q(has_passkey=False, has_app=False),
    }
    counts = {
        f"count_{code}": Count("person", distinct=True, filter=rule)
        for code, rule in people.items()
    }
    found = rows.values_list("role").annotate(**counts)
    return Picture(
        "factors",
        STACKED,
        N_("Second factors by role"),
        N_("People with an active role, by the strongest way to sign in that they have set up."),
        N_("Role"),
        tuple(_FACTORS.values()),
        _by_role(found),
    )


def _live(scope: Scope) -> QuerySet[Grant]:
    rows = Grant.objects.filter(scope.where(), state="active", superseded_at__isnull=True)
    return rows.order_by()


def _by_role(found: Any) -> tuple[Row, ...]:
    """In the order in which the roles are listed everywhere."""
    counted = {role: tuple(counts) for role, *counts in found}
    return tuple(Row(name, counted[code]) for code, name in ROLE_NAMES.items() if code in counted)
