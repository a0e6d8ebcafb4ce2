"""At which agencies the yearly access review is due."""

from datetime import date, datetime, timedelta

from django.db.models import Max, Min, Q

from gapura.access.models import AccessRule, Grant, Review
from gapura.access.states import REVIEW
from gapura.kernel import clock


def due_reviews(day: date) -> dict[str, date]:
    """By agency the day from which a review is due, of those where it is and none is open.

    A year (the rule `review_every_days`) after the last one that was not broken off; where there
    was none, after the first access that is still in use. Three queries.
    """
    began: dict[str, datetime] = dict(
        Grant.objects.filter(state="active", superseded_at__isnull=True, agency__isnull=False)
        .filter(agency__closed_on__isnull=True)
        .order_by()
        .values_list("agency")
        .annotate(first=Min("activated_at"))
    )
    reviews = Review.objects.filter(agency__isnull=False).exclude(state="cancelled").order_by()
    last = reviews.values_list("agency").annotate(
        at=Max("opened_at"), open=Max("opened_at", filter=Q(state=REVIEW.start))
    )
    for agency, at, is_open in last:
        if agency in began and is_open is None:
            began[agency] = at
        else:
            began.pop(agency, None)
    everywhere: int = AccessRule.value_at("review_every_days", day)
    own = _own_rules(day)
    due = {
        agency: clock.legal_day(at) + timedelta(days=own.get(agency, everywhere))
        for agency, at in began.items()
    }
    return {agency: on for agency, on in sorted(due.items()) if on <= day}


def first_activation(agency: str) -> datetime | None:
    """When the first access that is still in use at an agency began."""
    rows = Grant.objects.filter(state="active", superseded_at__isnull=True, agency=agency)
    first: datetime | None = rows.aggregate(first=Min("activated_at"))["first"]
    return first


def _own_rules(day: date) -> dict[str, int]:
    """Agencies with a rule of their own."""
    in_force = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    rows = AccessRule.objects.filter(in_force, key="review_every_days", valid_from__lte=day)
    return dict(rows.exclude(scope="").order_by("valid_from").values_list("scope", "value"))
