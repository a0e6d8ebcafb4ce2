"""Sets the alert rules: a new row follows the one before, nothing is edited."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import IntegrityError, transaction

from gapura.audit.services import Subject, record
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems, Problem
from gapura.organizations.queries import agencies_by_code
from gapura.reports import events
from gapura.reports.errors import BadParameter, BadScope, NobodyTold, NoSuchRule, NothingChanged
from gapura.reports.models import RuleSetting
from gapura.reports.permissions import Can
from gapura.reports.queries.settings import EVERYWHERE, Setting, settings_of
from gapura.reports.rules import RULES_BY_CODE, TOLD_ROLES, Rule
from gapura.reports.services.alerts import sound_reason


def change_rule(
    *,
    actor: Actor,
    rule: str,
    scope: str,
    active: bool,
    parameters: Mapping[str, int],
    tells: tuple[str, ...],
    reason: str,
) -> None:
    """Set a rule from now on, for an agency (its code) or, with an empty scope, for all others.

    What it found before stays; entries it has read are not read again.

    :raises Refused: for others than the platform's administrators.
    :raises NoSuchRule: no rule has that code.
    :raises FieldProblems: a number out of bounds, nobody told, no such agency, no reason.
    :raises NothingChanged: it is set like this already.
    :raises NoSuchMove: somebody else set it at the same moment.
    """
    require(actor, Can.CHANGE_RULE)
    found = RULES_BY_CODE.get(rule)
    if found is None:
        raise NoSuchRule()
    told = tuple(role for role in TOLD_ROLES if role in tells)
    _check(found, scope, parameters, told, active=active)
    numbers = {name: parameters[name] for name in found.defaults}
    _set(actor, found, Setting(scope, active, numbers, told, actor.username, sound_reason(reason)))


def _set(actor: Actor, rule: Rule, new: Setting) -> None:
    after = _told(new)
    with transaction.atomic():
        settings = settings_of(rule)
        before = _told(settings.get(new.scope) or settings[EVERYWHERE])
        if before == after:
            raise NothingChanged()
        told = _follow(rule, new)
        record(
            actor,
            events.CHANGED,
            Subject("rule", rule.code, rule.code),
            facts={"rule": rule.code, "scope": new.scope or "*", "reason": new.reason, **told},
            before=before,
            after=after,
            agency=new.scope,
        )


def _told(setting: Setting) -> dict[str, object]:
    """What the log says of a setting."""
    return {"active": setting.active, "tells": list(setting.tells), **setting.parameters}


def _follow(rule: Rule, new: Setting) -> dict[str, str]:
    """End what held before, and begin this; of two at once one is refused by the constraint.

    Answers what tells the log of both rows; `claims.py` holds the table against it.
    """
    now = clock.now()
    rows = RuleSetting.objects.select_for_update().filter(rule=rule.code, scope=new.scope)
    last = rows.filter(until__isnull=True).first()
    if last is not None:
        # Two within one tick of the clock still follow each other.
        now = max(now, last.since + timedelta(microseconds=1))
        last.until = now
        last.save(update_fields=["until"])
    row = RuleSetting(rule=rule.code, scope=new.scope, active=new.active, since=now)
    row.parameters, row.tells = dict(new.parameters), list(new.tells)
    row.reason, row.set_by = new.reason, new.set_by
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise NoSuchMove() from None
    numbers = ",".join(f"{name}={new.parameters[name]}" for name in sorted(new.parameters))
    told = {"setting": str(row.id), "set_to": f"{numbers};{','.join(new.tells)}"}
    return told | ({"former_setting": str(last.id)} if last else {})


def _check(
    rule: Rule, scope: str, parameters: Mapping[str, int], told: tuple[str, ...], *, active: bool
) -> None:
    problems: dict[str, Problem] = {}
    for parameter in rule.parameters:
        value = parameters.get(parameter.name)
        if value is None or not parameter.least <= value <= parameter.most:
            problem = BadParameter(least=parameter.least, most=parameter.most)
            problems[parameter.name.value] = problem
    if active and not told:
        problems["tells"] = NobodyTold()
    if scope and not agencies_by_code({scope}):
        problems["scope"] = BadScope()
    if problems:
        raise FieldProblems(problems)
