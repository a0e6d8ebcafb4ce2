"""Pictures of incidents: alerts and what came of them, signs of strangers, locked accounts."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count

from gapura.authentication.models import AccountLock, Suspicion
from gapura.kernel.texts import N_
from gapura.reports.models import Alert
from gapura.reports.queries.figures.scope import Scope, Span
from gapura.reports.rules.pictures import BARS, STACKED, Picture, Row
from gapura.reports.words import ALERT_STATES, LOCK_NAMES, SIGN_NAMES, SIGN_STATES, rule_names


def alerts(scope: Scope, span: Span) -> Picture:
    """Alerts raised in the span, by rule and what came of them. One statement."""
    rows = Alert.objects.filter(scope.where(), span.within("raised_at")).order_by()
    found = rows.values_list("rule", "state").annotate(count=Count("pk"))
    return Picture(
        "alerts",
        STACKED,
        N_("Alerts by rule"),
        N_("Alerts of the period and what came of them."),
        N_("Rule"),
        tuple(ALERT_STATES.values()),
        _crossed(found, rule_names(), tuple(ALERT_STATES)),
    )


def suspicions(scope: Scope, span: Span) -> Picture:
    """Signs of strangers found in the span, by what was done about them. One statement."""
    rows = Suspicion.objects.filter(scope.where("person__agency"), span.within("found_at"))
    found = rows.order_by().values_list("kind", "state").annotate(count=Count("pk"))
    return Picture(
        "suspicions",
        STACKED,
        N_("Signs that an account was taken over"),
        N_("What the security desk was shown in the period, and what came of it."),
        N_("Sign"),
        tuple(SIGN_STATES.values()),
        _crossed(found, SIGN_NAMES, tuple(SIGN_STATES)),
    )


def locks(scope: Scope, span: Span) -> Picture:
    """Accounts that were locked in the span, and how many still are. One statement."""
    rows = AccountLock.objects.filter(scope.where("person__agency"), span.within("locked_at"))
    found = rows.order_by().values_list("why").annotate(count=Count("pk"))
    counts = dict(found)
    return Picture(
        "locks",
        BARS,
        N_("Locked accounts"),
        N_("Accounts that were locked in the period."),
        N_("Why"),
        (N_("Accounts"),),
        tuple(Row(name, (counts.get(code, 0),)) for code, name in LOCK_NAMES.items()),
    )


def _crossed(
    found: Iterable[tuple[Any, ...]], names: Mapping[str, str], columns: tuple[str, ...]
) -> tuple[Row, ...]:
    counts: dict[tuple[str, str], int] = {(row, column): count for row, column, count in found}
    seen = {row for row, _column in counts}
    order = [code for code in names if code in seen] + sorted(seen - set(names))
    return tuple(
        Row(
            names.get(code, code),
            tuple(counts.get((code, column), 0) for column in columns),
            said=code not in names,
        )
        for code in order
    )
