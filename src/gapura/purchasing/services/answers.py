"""The supplier's answer to a signed order: accepted with a signature, or declined."""

from uuid import UUID

from django.db import transaction

from gapura.authentication.services import Deed
from gapura.catalog.services import release_stock
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.purchasing import events
from gapura.purchasing.models import Delivery
from gapura.purchasing.permissions import Can
from gapura.purchasing.reasons import DECLINE_REASONS
from gapura.purchasing.services.lines import check_company, check_live, lines_of
from gapura.purchasing.services.signing import latest, sign_paper
from gapura.purchasing.services.steps import checked_reason, held, take

ACCEPT = "purchasing.order.accept"


def accept_order(*, actor: Actor, order: UUID, deed: Deed) -> None:
    """Accept and sign the order letter with a confirmed deed (`purchasing.order.accept`).

    :raises NoSuchOrder, Refused, NoSuchMove, TooLate: not visible, not the company's, over.
    :raises DeedMismatch, DeedUsed, DeedOver: see `authentication.services.use_deed`.
    :raises ProductGone: a product was withdrawn, frozen or taken down since the draft.
    :raises CompanyNotActive: the company may not take orders today.
    """
    with transaction.atomic():
        row = held(actor, Can.ACCEPT, order, "accept")
        check_company(row)
        check_live(lines_of(row))
        facts = sign_paper(actor, latest(row, "sp"), deed, ACCEPT)
        row.delivery = Delivery.objects.create(order=row)
        take(
            actor,
            row,
            "accept",
            events.ACCEPTED,
            facts=facts,
            accepted_at=clock.now(),
            due_at=None,
        )


def decline_order(*, actor: Actor, order: UUID, reason_code: str, note: str = "") -> None:
    """Do not take the order; it ends and its goods are free again.

    :raises NoSuchOrder, Refused, NoSuchMove, TooLate: not visible, not the company's, over.
    :raises FieldProblems: no reason of DECLINE_REASONS; `other` without a note.
    """
    note = checked_reason(reason_code, note, DECLINE_REASONS)
    with transaction.atomic():
        row = held(actor, Can.DECLINE, order, "decline")
        release_stock(order=row.id)
        take(
            actor,
            row,
            "decline",
            events.DECLINED,
            note=note,
            reason_code=reason_code,
            due_at=None,
            ended_at=clock.now(),
        )
