"""The holds that stand on a person, read where the actor is resolved: validity comes from dates."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Expression, OuterRef, Q, QuerySet

from gapura.accounts.models import PersonHold
from gapura.kernel import clock
from gapura.kernel.holds import Hold, holds_of


def standing_holds(now: datetime) -> QuerySet[PersonHold]:
    """Holds that count at this moment."""
    return PersonHold.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=now), starts_at__lte=now, lifted_at__isnull=True
    )


def hold_kinds(now: Any, person: str = "person") -> Expression:
    """For a queryset with a person in the column `person`: the kinds of hold that stand now."""
    return ArraySubquery(standing_holds(now).filter(person=OuterRef(person)).values("kind"))


def holds_on(person_id: UUID) -> tuple[Hold, ...]:
    """The holds on one person now; one query. For acts that have no resolved actor."""
    return holds_of(
        standing_holds(clock.now()).filter(person=person_id).values_list("kind", flat=True)
    )
