"""What the clock does to identity documents: late ones go one level up, stray ones are erased."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from gapura.accounts import events
from gapura.accounts.choices import AT_AGENCY, AT_PLATFORM
from gapura.accounts.models import AccountRule, IdentityCase
from gapura.accounts.permissions import Can
from gapura.accounts.queries import recipient
from gapura.accounts.rules.cases import STRAY_MINUTES, due_at
from gapura.accounts.services.cases import PURPOSE
from gapura.accounts.services.rows import record
from gapura.accounts.states import CASE, OPEN_CASE
from gapura.documents.queries import left_over
from gapura.documents.services import erase
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import require
from gapura.notifications.services import notify

BATCH = 200


@dataclass(frozen=True, slots=True)
class Escalated:
    """One that went up: the agency it waited at, and whose document it is."""

    case: UUID
    agency: str
    username: str


def escalate_cases(*, actor: Actor) -> list[Escalated]:
    """Move up to BATCH documents nobody compared in time from their agency to the platform.

    Each gets an event and a new deadline, and its person is told. What waits at the platform
    stays there, marked late.

    :raises Refused: a person tried.
    """
    require(actor, Can.ESCALATE_CASE)
    with transaction.atomic():
        late = IdentityCase.objects.filter(
            state__in=OPEN_CASE, level=AT_AGENCY, due_at__lte=clock.now()
        )
        held = late.select_related("person").select_for_update(skip_locked=True, of=("self",))
        rows = list(held.order_by("due_at")[:BATCH])
        for row in rows:
            _escalate(actor, row)
        return [Escalated(row.id, row.agency, row.person.username) for row in rows]


def _escalate(actor: Actor, row: IdentityCase) -> None:
    old, now = row.due_at, clock.now()
    new = due_at(now, AccountRule.value_at("identity_deadline_hours", clock.today()))
    changes = {"level": AT_PLATFORM, "due_at": new, "escalated_at": now}
    step = move(CASE, row, "escalate", claimed_by_id=None, claimed_at=None, **changes)
    record(
        actor,
        events.CASE_ESCALATED,
        row.person,
        facts={"due_at": old.isoformat(), "new_due_at": new.isoformat()},
        before={"state": step.source},
        after={"state": step.target},
        agency=row.agency,
    )
    template = "accounts/mail/document_escalated.txt"
    notify(recipient(row.person), template, {"due_at": new}, link="/account/identity")


def forget_stray_documents(*, actor: Actor) -> int:
    """Erase scans that never became part of a case, an hour after; answers how many, at most BATCH.

    :raises Refused: a person tried.
    """
    require(actor, Can.PRUNE)
    used = set(
        IdentityCase.objects.filter(document__isnull=False).values_list("document_id", flat=True)
    )
    before = clock.now() - timedelta(minutes=STRAY_MINUTES)
    stray = left_over(PURPOSE, before, used, BATCH)
    erase(documents=stray)
    return len(stray)
