"""What goes on beside the tales: questions, sign-ins, notices read."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from gapura.ops.seeding.cast import CAST
from gapura.ops.seeding.questions import QUESTIONS
from gapura.ops.seeding.rounds import Deed, days_before, fit

_READ_BEFORE = (40, 12, 1.5)


def questions(anchor: datetime) -> Iterator[Deed]:
    """Cases are opened, most are answered the same day, older ones closed."""
    for number, question in enumerate(QUESTIONS):
        at = fit(anchor, 30, question.days_ago, question.days_ago, Random(number))  # noqa: S311
        if not question.answer:
            at = days_before(anchor, question.days_ago)
        values = {"question": number}
        by = "admin_instansi" if question.agency == CAST[1].agency else "helpdesk"
        yield Deed(at, "ask_for_help", by, values)
        if question.answer:
            yield Deed(at + timedelta(hours=4), "answer", by, values)
        if question.closed:
            yield Deed(at + timedelta(hours=28), "close_case", by, values)


def sign_ins(
    rng: Random, who: str, since: datetime, until: datetime, days: tuple[float, float]
) -> Iterator[Deed]:
    """Somebody comes back every few days."""
    at = since + timedelta(hours=rng.uniform(1, 30))
    while at < until:
        yield Deed(at, "sign_in", who, {})
        at += timedelta(days=rng.uniform(*days))


def personas(rng: Random, anchor: datetime) -> Iterator[Deed]:
    """The demo's own people sign in often and read their notices, except the newest."""
    for persona in CAST:
        since = days_before(anchor, 363)
        yield from sign_ins(rng, persona.username, since, anchor, (2, 9))
        for days in _READ_BEFORE:
            yield Deed(days_before(anchor, days), "read_notices", persona.username, {})
