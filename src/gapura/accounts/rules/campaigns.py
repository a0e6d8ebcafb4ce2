"""The days of a campaign: when people are told what, and from when some can only read."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from gapura.kernel.clock import JAKARTA
from gapura.kernel.texts import N_


class Stage(StrEnum):
    """What a message of a campaign says; each is a mail's template."""

    BEGUN = "begun"
    REMINDER = "reminder"
    LATE = "late"
    HELD = "held"


def end_of(day: date) -> datetime:
    """The moment a day is over in Jakarta: of the three zones the one where it ends last."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(JAKARTA))


def held_from(due_on: date, grace_days: int) -> datetime:
    """From when whoever has not verified again can only read."""
    return end_of(due_on + timedelta(days=grace_days))


def stages(
    started_at: datetime, due_on: date, held: datetime | None, remind_days: Sequence[int]
) -> list[tuple[datetime, Stage]]:
    """What is told when, in order: the start, reminders so many days before, late, only reading.

    A reminder that would come before the start, or with it, is left out.
    """
    told = [(started_at, Stage.BEGUN)]
    for days in sorted(set(remind_days), reverse=True):
        at = end_of(due_on) - timedelta(days=days)
        if at > started_at:
            told.append((at, Stage.REMINDER))
    told.append((end_of(due_on), Stage.LATE))
    if held is not None:
        told.append((held, Stage.HELD))
    return told


def stage_at(told: Sequence[tuple[datetime, Stage]], now: datetime) -> int:
    """How many of them have come: a line whose number is lower is told the latest."""
    return sum(at <= now for at, _ in told)


def day_problems(
    today: date, starts_on: date, due_on: date, grace_days: int, rule: Mapping[str, Any]
) -> dict[str, str]:
    """What is wrong with the days, by field; `rule` is the dated rule `campaign_days`.

    People need time to act: at least `least` days until the last one and `grace_least` after it.
    """
    problems: dict[str, str] = {}
    if starts_on < today:
        problems["starts_on"] = N_("It cannot begin in the past.")
    if due_on < max(starts_on, today) + timedelta(days=rule["least"]):
        problems["due_on"] = N_("People need more time: choose a later last day.")
    elif due_on > starts_on + timedelta(days=rule["longest"]):
        problems["due_on"] = N_("That is too far away: choose an earlier last day.")
    if not rule["grace_least"] <= grace_days <= rule["grace_most"]:
        problems["grace_days"] = N_("Give more grace days, or fewer.")
    return problems
