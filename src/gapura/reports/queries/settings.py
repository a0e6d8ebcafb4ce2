"""How the rules are set now, for all agencies and for single ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from gapura.reports.models import RuleSetting
from gapura.reports.rules import Rule

EVERYWHERE = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """One rule in one scope (an agency's code, or empty for all): numbers, whom it tells.

    `set_by` and `since` are empty where nobody has set it and the first numbers hold.
    """

    scope: str
    active: bool
    parameters: Mapping[str, int]
    tells: tuple[str, ...]
    set_by: str = ""
    reason: str = ""
    since: datetime | None = None
    until: datetime | None = None


def settings_of(rule: Rule) -> dict[str, Setting]:
    """What holds now, by scope; for all agencies there always is one. One query."""
    rows = RuleSetting.objects.filter(rule=rule.code, until__isnull=True)
    return {EVERYWHERE: at_first(rule), **{row.scope: _setting(rule, row) for row in rows}}


def all_settings(rules: tuple[Rule, ...]) -> dict[str, dict[str, Setting]]:
    """The same for many rules, by code and scope. One query."""
    found = {rule.code: {EVERYWHERE: at_first(rule)} for rule in rules}
    known = {rule.code: rule for rule in rules}
    for row in RuleSetting.objects.filter(rule__in=found, until__isnull=True):
        found[row.rule][row.scope] = _setting(known[row.rule], row)
    return found


def at_first(rule: Rule) -> Setting:
    """The rule as it comes."""
    return Setting(EVERYWHERE, True, rule.defaults, rule.tells)


def past_settings(rule: Rule, most: int = 20) -> list[Setting]:
    """Everything that was ever set, the newest first."""
    rows = RuleSetting.objects.filter(rule=rule.code).order_by("-since")[:most]
    return [_setting(rule, row) for row in rows]


def _setting(rule: Rule, row: RuleSetting) -> Setting:
    """A parameter that the rule got only later has its first value."""
    numbers = {name: row.parameters.get(name, first) for name, first in rule.defaults.items()}
    return Setting(
        scope=row.scope,
        active=row.active,
        parameters=numbers,
        tells=tuple(row.tells),
        set_by=row.set_by,
        reason=row.reason,
        since=row.since,
        until=row.until,
    )
