"""An access review for tests: heads, an administrator, officers, and one that is open."""

from datetime import timedelta
from uuid import UUID

from gapura.access import services
from gapura.access.models import Grant, Review, ReviewLine
from gapura.accounts.models import Person
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from tests.access import world

REASON = "Yearly review 2026"
WHY = "She went to another unit in October."


def head(unit: str = "T1.1") -> Person:
    return world.holder("head", "kepala_unit", "T1", unit)


def administrator() -> Person:
    return world.holder("keeper", "admin_instansi", "T1")


def officer(unit: str = "T1.1", role: str = "ppk") -> Grant:
    person = world.holder("officer", role, "T1", unit)
    return Grant.objects.get(person=person)


def opened(by: Person, overdue: str = "keep", agency: str = "T1") -> UUID:
    return services.open_review(
        actor=world.actor(by), agency=agency, overdue=overdue, reason=REASON
    )


def line(grant: Grant) -> ReviewLine:
    return ReviewLine.objects.get(grant=grant)


def confirm(by: Person | Actor, *grants: Grant) -> services.Answered:
    lines = [line(grant) for grant in grants]
    actor = by if isinstance(by, Actor) else world.actor(by)
    ids = [one.id for one in lines]
    return services.confirm_lines(actor=actor, review_id=lines[0].review_id, line_ids=ids)


def remove(by: Person | Actor, grant: Grant) -> bool:
    found = line(grant)
    return services.remove_line(
        actor=by if isinstance(by, Actor) else world.actor(by),
        review_id=found.review_id,
        line_id=found.id,
        reason_code="moved",
        reason=WHY,
    )


def round_after(review_id: UUID, days: int) -> None:
    """The scheduled round so many days after the day on which the review was opened."""
    opened_at = Review.objects.get(pk=review_id).opened_at
    with clock.frozen(opened_at + timedelta(days=days)):
        services.tend_review(actor=world.SYSTEM, review_id=review_id)


def state(grant: Grant) -> tuple[str, str]:
    """How the line stands, and its access."""
    return line(grant).state, Grant.objects.get(pk=grant.pk).state
