"""What the clock does: orders nobody answered in time end. They could not go on before either."""

from uuid import UUID

from django.db import transaction

from gapura.catalog.services import release_stock
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.purchasing import events
from gapura.purchasing.models import Order
from gapura.purchasing.permissions import Can
from gapura.purchasing.queries.facts import whole
from gapura.purchasing.services.steps import take
from gapura.purchasing.states import WAITING

BATCH = 100


def lapse_overdue(*, actor: Actor) -> int:
    """End up to 100 orders whose deadline is over, free their goods and tell the parties.

    Answers how many. Running it twice, or twice at once, ends none of them twice.

    :raises Refused: a person tried.
    """
    require(actor, Can.LAPSE)
    late = Order.objects.filter(state__in=WAITING, due_at__lte=clock.now())
    keys = list(late.order_by("due_at", "id").values_list("pk", flat=True)[:BATCH])
    return sum(_end(actor, key) for key in keys)


def _end(actor: Actor, key: UUID) -> bool:
    """End one, unless somebody else has it in hand or was faster.

    Each in a transaction of its own: the goods of several orders, locked one after the other, could
    stand crosswise to an order that reserves.
    """
    with transaction.atomic():
        rows = Order.objects.filter(pk=key, state__in=WAITING, due_at__lte=clock.now())
        if not rows.select_for_update(skip_locked=True).values_list("pk").first():
            return False
        _lapse(actor, whole(Order.objects.filter(pk=key)).get())
        return True


def _lapse(actor: Actor, row: Order) -> None:
    release_stock(order=row.id)
    take(
        actor,
        row,
        "lapse",
        events.LAPSED,
        facts={"due_at": row.due_at.isoformat() if row.due_at else ""},
        turn="",
        due_at=None,
        ended_at=clock.now(),
    )
