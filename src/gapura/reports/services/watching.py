"""Runs the rules over what is new in the log: each from where it stood, none in another's way."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F

from gapura.audit.queries import leaves, names_between
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.reports.models import Alert, Cursor
from gapura.reports.permissions import Can
from gapura.reports.queries.findings import Finding, as_it_stands, in_the_log
from gapura.reports.queries.settings import Setting, all_settings
from gapura.reports.rules import ALERT_RULES, Rule
from gapura.reports.services.raising import raise_alert
from gapura.reports.services.telling import tell_raised

# Leaves at a time; after a failure half as many, down to one, so that what is ill is found.
BATCH = 2000
# So long one run of all rules may take; what is left waits for the next minute.
SECONDS = 30.0
# A rule that is new begins so far back, not at the first entry of years.
BEGIN_BACK = 50_000
_MOST_FOUND = 1000
_NAMES = Callable[[int, int], frozenset[str]]

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Run:
    """What one run did: new alerts by rule, and the rules that failed."""

    raised: dict[str, int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


def watch(*, actor: Actor, rules: tuple[Rule, ...] = ALERT_RULES) -> Run:
    """Let every rule look at what it has not seen; tell people of what is new, once for all.

    A rule that fails keeps its place and is tried again with less; the others go on.
    """
    require(actor, Can.RAISE_ALERT)
    run, until = Run(), time.monotonic() + SECONDS
    top, names = leaves(), _remembering(names_between)
    settings = all_settings(rules)
    new: list[Alert] = []
    for rule in rules:
        began = time.monotonic()
        try:
            found = _watch_one(actor, rule, settings[rule.code], top, names, until)
        except Exception as error:
            _log.exception("the alert rule %s failed; the others go on", rule.code)
            _note_failure(rule, error)
            run.failed.append(rule.code)
            continue
        _note_run(rule, began)
        new += found
        if found:
            run.raised[rule.code] = len(found)
    tell_raised(new)
    return run


def _watch_one(
    actor: Actor,
    rule: Rule,
    settings: dict[str, Setting],
    top: int,
    names: _NAMES,
    until: float,
) -> list[Alert]:
    if rule.shape is None:
        Cursor.objects.get_or_create(pk=rule.code)
        with transaction.atomic():
            if _cursor(rule) is None:
                return []
            return _raise_all(actor, rule, as_it_stands(rule, settings))
    Cursor.objects.get_or_create(pk=rule.code, defaults={"next_leaf": max(0, top - BEGIN_BACK)})
    new: list[Alert] = []
    while True:
        with transaction.atomic():
            cursor = _cursor(rule)
            if cursor is None or cursor.next_leaf >= top:
                return new
            new += _step(actor, rule, settings, cursor, top, names)
        if time.monotonic() > until:
            return new


def _cursor(rule: Rule) -> Cursor | None:
    """The rule's place, held to the end of the transaction; None while another worker has it."""
    return Cursor.objects.select_for_update(skip_locked=True).filter(pk=rule.code).first()


def _step(
    actor: Actor,
    rule: Rule,
    settings: dict[str, Setting],
    cursor: Cursor,
    top: int,
    names: _NAMES,
) -> list[Alert]:
    """One batch: what it holds and how far the rule has come are committed together."""
    assert rule.shape is not None  # noqa: S101 - asked of rules about the log only
    first = cursor.next_leaf
    last = min(top, first + max(1, BATCH >> min(cursor.failures, 11)))
    found: list[Finding] = []
    if not names(first, last).isdisjoint(rule.shape.names):
        found = in_the_log(rule, settings, first, last)
        while len(found) >= _MOST_FOUND and last - first > 1:
            last = first + (last - first) // 2
            found = in_the_log(rule, settings, first, last)
    Cursor.objects.filter(pk=rule.code).update(next_leaf=last)
    return _raise_all(actor, rule, found)


def _raise_all(actor: Actor, rule: Rule, found: list[Finding]) -> list[Alert]:
    raised = (raise_alert(actor=actor, rule=rule, found=one) for one in found)
    return [alert for alert in raised if alert is not None]


def _remembering(ask: _NAMES) -> _NAMES:
    """Most rules stand at the same place: what lies there is read once for all of them."""
    known: dict[tuple[int, int], frozenset[str]] = {}

    def names(first: int, last: int) -> frozenset[str]:
        if (first, last) not in known:
            known[first, last] = ask(first, last)
        return known[first, last]

    return names


def _note_run(rule: Rule, began: float) -> None:
    spent = int((time.monotonic() - began) * 1000)
    Cursor.objects.filter(pk=rule.code).update(
        ran_at=clock.now(), milliseconds=spent, failures=0, fault=""
    )


def _note_failure(rule: Rule, error: Exception) -> None:
    Cursor.objects.get_or_create(pk=rule.code)
    Cursor.objects.filter(pk=rule.code).update(
        failures=F("failures") + 1, failed_at=clock.now(), fault=type(error).__name__[:80]
    )
