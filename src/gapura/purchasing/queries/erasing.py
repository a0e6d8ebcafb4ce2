"""What ties a person to orders, and which papers name them, for whoever asks to be erased."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from gapura.purchasing.models import Moment, Offer, Order
from gapura.purchasing.states import DRAFT, HANDED_OVER, ORDER, OUTSIDE, PROCESS

_UNPAID = Q(state=OUTSIDE) | Q(state=PROCESS, delivery__state=HANDED_OVER)


@dataclass(frozen=True, slots=True)
class Work:
    """Numbers of open orders, and how many of them wait for their payment; references of some."""

    running: int
    unpaid: int
    references: tuple[str, ...]


SHOWN = 5


def running_work(person: UUID) -> Work:
    """Orders that have left the desk and have not ended, in which the person has a part."""
    rows = _of(person).exclude(state__in=(*ORDER.ends, DRAFT))
    unpaid = rows.filter(_UNPAID).count()
    names = tuple(rows.order_by("reference").values_list("reference", flat=True)[:SHOWN])
    return Work(rows.count(), unpaid, names)


def last_paper_day(person: UUID) -> date | None:
    """The day of the newest order whose papers name the person; None where there are none."""
    rows = _of(person).exclude(submitted_at__isnull=True).order_by("-changed_at")
    found = rows.values_list("changed_at", flat=True).first()
    return found.date() if found else None


def _of(person: UUID) -> QuerySet[Order]:
    mine = Order.objects.filter(
        Q(buyer=person)
        | Q(ppk=person)
        | Q(documents__signatures__person=person)
        | Q(payment__person=person)
        | Q(delivery__received_by=person)
        | Q(pk__in=Offer.objects.filter(person=person).values("order"))
        | Q(pk__in=Moment.objects.filter(person=person).values("order"))
    )
    return Order.objects.filter(pk__in=mine.values("pk"))
