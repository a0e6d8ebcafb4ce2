"""The holds that stand on a person, read where the actor is resolved: validity comes from dates."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Case,
    CharField,
    Expression,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from gapura.accounts.models import CampaignLine, PersonHold
from gapura.accounts.states_of_campaigns import RUNNING
from gapura.kernel import clock
from gapura.kernel.holds import Hold, holds_of


def standing_holds(now: datetime) -> QuerySet[PersonHold]:
    """Holds that count at this moment."""
    return PersonHold.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=now), starts_at__lte=now, lifted_at__isnull=True
    )


def hold_kinds(now: Any, person: str = "person") -> Expression:
    """For a queryset with a person in the column `person`: the kinds of hold that stand now.

    Those of campaigns follow from the campaign's days, so that moving them moves everybody's.
    """
    placed = standing_holds(now).filter(person=OuterRef(person)).values("kind")
    due = _open_lines(now).filter(person=OuterRef(person))
    return Func(
        ArraySubquery(placed),
        ArraySubquery(due),
        function="array_cat",
        output_field=ArrayField(CharField()),
    )


def _open_lines(now: Any) -> QuerySet[CampaignLine, Any]:
    """What a person still has to do in campaigns that run. A verification since counts as done."""
    over = Q(campaign__held_from__isnull=False, campaign__held_from__lte=now)
    kind = Case(
        When(over, then=Value("reverification")),
        default=Value("reverification_due"),
        output_field=CharField(),
    )
    return (
        CampaignLine.objects.filter(done_at__isnull=True, campaign__state=RUNNING)
        .exclude(person__verified_at__gte=F("campaign__started_at"))
        .annotate(hold=kind)
        .values_list("hold", flat=True)
    )


def holds_on(person_id: UUID) -> tuple[Hold, ...]:
    """The holds on one person now; for acts that have no resolved actor."""
    now = clock.now()
    placed = standing_holds(now).filter(person=person_id).values_list("kind", flat=True)
    due = _open_lines(now).filter(person=person_id)
    return holds_of((*placed, *due))
