"""What a rule finds: in the order of the log, or in how things stand now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from gapura.audit.queries import Pattern, Seen, patterns
from gapura.reports.queries import sifting, standing
from gapura.reports.queries.settings import EVERYWHERE, Setting
from gapura.reports.rules import Facts, Rule, Sift, amount_of


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding about one subject; `key` is set only for facts, which have a name of their own.

    `fresh` of its entries, at least, have to be new for it to be told of; `paired` means that of
    two entries only the later one counts.
    """

    subject: str
    entries: tuple[Seen, ...]
    key: str = ""
    person: UUID | None = None
    agency: str = ""
    fresh: int = 1
    paired: bool = False
    counted: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)


_SIFTS: dict[Sift, Callable[[list[Pattern], Mapping[str, int]], list[sifting.Kept]]] = {
    Sift.AT_NIGHT: sifting.at_night,
    Sift.NEW_NETWORK: sifting.in_a_new_network,
    Sift.SAME_SUPPLIER: sifting.from_the_same_supplier,
}
_FACTS: dict[Facts, Callable[[Mapping[str, int]], list[standing.Fact]]] = {
    Facts.LAST_ADMIN: standing.agencies_without_admin,
    Facts.LOG_HEALTH: standing.log_troubles,
    Facts.SHARED_DEVICE: standing.shared_devices,
}


def in_the_log(rule: Rule, settings: Mapping[str, Setting], first: int, last: int) -> list[Finding]:
    """What leaves from `first` until before `last` complete, under each agency's own setting."""
    found: list[Finding] = []
    for scope, setting in settings.items():
        if not setting.active:
            continue
        mine = _look(rule, setting, first, last)
        found += [one for one in mine if _holds(one.agency, scope, settings)]
    return found


def as_it_stands(rule: Rule, settings: Mapping[str, Setting]) -> list[Finding]:
    """What holds now of a rule about facts, under each agency's own setting."""
    assert rule.facts is not None  # noqa: S101 - asked of rules about facts only
    found: list[Finding] = []
    for scope, setting in settings.items():
        facts = _FACTS[rule.facts](setting.parameters) if setting.active else []
        found += [
            Finding(
                subject=fact.subject,
                entries=fact.entries,
                key=fact.key,
                person=fact.person,
                agency=fact.agency,
                values={"parameters": dict(setting.parameters), **fact.values},
            )
            for fact in facts
            if _holds(fact.agency, scope, settings)
        ]
    return found


def _holds(agency: str, scope: str, settings: Mapping[str, Setting]) -> bool:
    """An agency with a setting of its own is judged by that alone."""
    return scope == (agency if agency in settings else EVERYWHERE)


def _look(rule: Rule, setting: Setting, first: int, last: int) -> list[Finding]:
    assert rule.shape is not None  # noqa: S101 - asked of rules about the log only
    amount = amount_of(rule, setting.parameters)
    found = patterns(rule.shape, amount, first, last)
    sift = _SIFTS[rule.sift] if rule.sift else sifting.all_of_them
    counted = type(rule.shape).__name__ == "Often"
    return [
        Finding(
            subject=kept.subject or kept.pattern.subject,
            entries=kept.pattern.entries,
            person=kept.pattern.person,
            agency=kept.pattern.agency,
            fresh=amount.least if counted else 1,
            paired=not counted and len(kept.pattern.entries) > 1,
            counted=counted,
            values={
                "parameters": dict(setting.parameters),
                "username": kept.pattern.username,
                **kept.values,
            },
        )
        for kept in sift(found, setting.parameters)
    ]
