"""Stories in the log for tests of alerts: entries some time ago, and the rules over them."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.db import transaction

from gapura.audit import sealer
from gapura.audit.events import Event, Subject
from gapura.audit.services import record, seal_all
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor, system_actor
from gapura.kernel.ids import uuid7
from gapura.reports.models import Alert
from gapura.reports.rules import RULES_BY_CODE
from gapura.reports.services import Run, watch

WATCH = system_actor("alerts")
REASON = "Sudah ditanyakan kepada yang bersangkutan dan atasannya."


def who(role: str = "", agency: str = "T1", acr: int = 2, username: str = "budi") -> Actor:
    """Somebody signed in, under a role that nobody checked."""
    grant = ActiveGrant(uuid7(), role, agency) if role else None
    return Actor(
        person=uuid7(),
        username=username,
        name=username.title(),
        state="verified",
        grant=grant,
        grants=(grant,) if grant else (),
        acr=acr,
        session=uuid7(),
        ip="203.0.113.7",
    )


def write(
    actor: Actor,
    event: Event,
    subject: Subject | None = None,
    *,
    ago: timedelta = timedelta(),
    times: int = 1,
    facts: dict[str, Any] | None = None,
    **details: Any,
) -> None:
    """Entries of the log, some time ago, each about something else unless a subject is given."""
    given = {**dict.fromkeys(event.needs, ""), **(facts or {})}
    with clock.frozen(clock.now() - ago), transaction.atomic():
        for _ in range(times):
            about = subject or Subject("thing", str(uuid7()), "thing")
            record(actor, event, about, facts=given, **details)


def seal() -> None:
    """Seal what this test wrote, although its transaction is still open.

    The sealer rightly waits for the end of a transaction; whether it takes one of a test for an
    entry from another cluster depends on what else the server does at that moment.
    """
    with patch.multiple(sealer, _SETTLED="TRUE", _after=lambda edge: ("TRUE", [])):
        seal_all()


def look(*rules: str) -> Run:
    """Seal everything, then let these rules look once."""
    seal()
    return watch(actor=WATCH, rules=tuple(RULES_BY_CODE[code] for code in rules))


def alerts(rule: str) -> list[Alert]:
    """What a rule has raised, the oldest first."""
    return list(Alert.objects.filter(rule=rule).order_by("id"))


def raised(rule: str) -> list[Alert]:
    """Look once, and answer all that the rule has raised."""
    run = look(rule)
    assert run.failed == []
    return alerts(rule)


def about_person(person: UUID, username: str = "budi") -> Subject:
    """The subject of entries about an account."""
    return Subject("person", str(person), username)
