"""The rules with how they are set, how they run, and how good they turned out to be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from gapura.audit.queries import leaves
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.reports.errors import NoSuchRule
from gapura.reports.models import Alert, Cursor
from gapura.reports.permissions import Can
from gapura.reports.queries.alerts import visible
from gapura.reports.queries.settings import EVERYWHERE, Setting, all_settings, past_settings
from gapura.reports.rules import ALERT_RULES, RULES_BY_CODE, Precision, Rule, precision
from gapura.reports.states import DISPOSED, OPEN, WORTH


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule: its settings by scope, its alerts in the reader's reach, and its last run.

    `behind` are the leaves it has not read; None for rules that look at facts.
    """

    rule: Rule
    settings: Mapping[str, Setting]
    open: int
    precision: Precision
    ran_at: datetime | None
    failures: int
    fault: str
    behind: int | None

    @property
    def now(self) -> Setting:
        """What holds for agencies without a setting of their own."""
        return self.settings[EVERYWHERE]


@dataclass(frozen=True, slots=True)
class RuleHealth:
    """For metrics: leaves behind (the worst rule), seconds since its last run, failures."""

    behind: int
    failing: int
    open: int
    last_run: datetime | None


def rules_for(actor: Actor) -> tuple[RuleView, ...]:
    """All rules; the figures are those of the alerts that the reader may see. Four queries.

    :raises Refused: for others than overseers.
    """
    require(actor, Can.SEE_RULES)
    return _views(actor, ALERT_RULES)


def rule_for(actor: Actor, code: str) -> tuple[RuleView, list[Setting]]:
    """One rule, and everything that was ever set, the newest first.

    :raises NoSuchRule: no rule has that code.
    :raises Refused: for others than overseers.
    """
    require(actor, Can.SEE_RULES)
    rule = RULES_BY_CODE.get(code)
    if rule is None:
        raise NoSuchRule()
    return _views(actor, (rule,))[0], past_settings(rule)


def _views(actor: Actor, rules: tuple[Rule, ...]) -> tuple[RuleView, ...]:
    codes = [rule.code for rule in rules]
    counted = _counted(actor, codes)
    cursors = {row.rule: row for row in Cursor.objects.filter(rule__in=codes)}
    settings, top = all_settings(rules), leaves()
    return tuple(
        _view(
            rule,
            settings[rule.code],
            counted.get(rule.code, _NONE),
            cursors.get(rule.code) or Cursor(rule=rule.code),
            top,
        )
        for rule in rules
    )


_NONE = {"open": 0, "worth": 0, "disposed": 0}


def _counted(actor: Actor, codes: list[str]) -> dict[str, dict[str, int]]:
    rows = visible(actor).filter(rule__in=codes).values("rule").order_by()
    found = rows.annotate(
        open=Count("pk", filter=Q(state__in=OPEN)),
        worth=Count("pk", filter=Q(state__in=WORTH)),
        disposed=Count("pk", filter=Q(state__in=DISPOSED)),
    )
    return {
        row["rule"]: {"open": row["open"], "worth": row["worth"], "disposed": row["disposed"]}
        for row in found
    }


def _view(
    rule: Rule,
    settings: Mapping[str, Setting],
    figures: Mapping[str, int],
    cursor: Cursor,
    top: int,
) -> RuleView:
    return RuleView(
        rule=rule,
        settings=settings,
        open=figures["open"],
        precision=precision(figures["worth"], figures["disposed"]),
        ran_at=cursor.ran_at,
        failures=cursor.failures,
        fault=cursor.fault,
        behind=None if rule.shape is None else top - cursor.next_leaf,
    )


def rule_health() -> RuleHealth:
    """How the watch itself does. Three queries."""
    watched = [rule.code for rule in ALERT_RULES if rule.shape is not None]
    rows = list(Cursor.objects.values_list("rule", "next_leaf", "failures"))
    top = leaves()
    known = {rule: next_leaf for rule, next_leaf, _ in rows}
    return RuleHealth(
        behind=max((top - known.get(rule, 0) for rule in watched), default=0),
        failing=sum(1 for _, _, failures in rows if failures),
        open=Alert.objects.filter(state__in=OPEN).count(),
        last_run=Cursor.objects.aggregate(last=Max("ran_at"))["last"],
    )
