"""The goods on their way: shipped by the company, checked by the unit, handed over by both."""

from uuid import UUID

from django.db import transaction

from gapura.accounts.queries import free_text_problem
from gapura.authentication.services import Deed
from gapura.catalog.services import consume_stock
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.problems import FieldProblems
from gapura.purchasing import events
from gapura.purchasing.errors import TicksMissing, WrongText
from gapura.purchasing.models import OrderDocument
from gapura.purchasing.permissions import Can
from gapura.purchasing.rules import LEAST_TEXT, late_days
from gapura.purchasing.services.lines import lines_of
from gapura.purchasing.services.papers import handover_record, signing_name
from gapura.purchasing.services.signing import keep, latest, sign_paper
from gapura.purchasing.services.steps import checked_note, held, take_delivery, write_down

HAND_OVER = "purchasing.delivery.hand_over"
CONFIRM = "purchasing.delivery.confirm_handover"
_LONGEST = 100


def ship(*, actor: Actor, order: UUID, courier: str, tracking: str = "") -> None:
    """The goods leave the company; what was reserved counts as gone.

    :raises NoSuchOrder, Refused, NoSuchMove: not visible, not the company's, not to be shipped.
    :raises FieldProblems: courier (2 to 100 letters) or tracking (up to 100).
    """
    courier, tracking = " ".join(courier.split()), " ".join(tracking.split())
    _check_line("courier", courier, 2)
    _check_line("tracking", tracking, 0)
    with transaction.atomic():
        row = held(actor, Can.SHIP, order, "ship")
        # A second shipment after a mismatch finds nothing reserved, and takes nothing.
        consume_stock(order=row.id)
        take_delivery(
            actor,
            row,
            "ship",
            events.SHIPPED,
            facts={"courier": courier, "tracking": tracking},
            courier=courier,
            tracking=tracking,
            shipped_at=clock.now(),
        )


def receive(
    *, actor: Actor, order: UUID, function: bool, quantity: bool, time: bool, note: str = ""
) -> None:
    """The unit checked the goods: their function, their quantity, their time.

    :raises NoSuchOrder, Refused, NoSuchMove: not visible, not the unit's, not on the way.
    :raises FieldProblems: ticks: one is missing (then `report_mismatch`); note too long.
    """
    note = checked_note(note)
    if not (function and quantity and time):
        raise FieldProblems({"ticks": TicksMissing()})
    with transaction.atomic():
        row = held(actor, Can.RECEIVE, order, "receive")
        late = late_days(clock.today(row.zone), row.deliver_by)
        take_delivery(
            actor,
            row,
            "receive",
            events.RECEIVED,
            facts={"late_days": late},
            note=note,
            received_at=clock.now(),
            received_by_id=actor.who,
            late_days=late,
        )


def report_mismatch(*, actor: Actor, order: UUID, note: str) -> None:
    """What arrived is not what was ordered; the company ships again.

    :raises NoSuchOrder, Refused, NoSuchMove: not visible, not the unit's, not on the way.
    :raises FieldProblems: note: 5 to 1,000 characters.
    """
    note = checked_note(note, least=LEAST_TEXT)
    with transaction.atomic():
        row = held(actor, Can.REPORT_MISMATCH, order, "report_mismatch")
        take_delivery(actor, row, "report_mismatch", events.MISMATCH_REPORTED, note=note)


def prepare_handover(*, actor: Actor, order: UUID, own_number: str) -> UUID:
    """Make the handover record (BAST) under the unit's own number, to be read and then signed.

    Answers the order document's id. Another number makes another version; the newest is signed.
    Call it outside a transaction: the record is made while no row is locked.

    :raises NoSuchOrder, Refused, NoSuchMove: not visible, no PPK of the unit, nothing arrived.
    :raises FieldProblems: own_number: 3 to 100 letters.
    """
    own_number = " ".join(own_number.split())
    _check_line("own_number", own_number, 3)
    with transaction.atomic():
        row = held(actor, Can.HAND_OVER, order, "hand_over")
        lines = lines_of(row)
    made = handover_record(row, lines, own_number=own_number, ppk=signing_name(actor))
    with transaction.atomic():
        row = held(actor, Can.HAND_OVER, order, "hand_over")
        last = OrderDocument.objects.filter(order=row, kind="bast").order_by("-version").first()
        if last is not None and last.sha256 == made.sha256:
            return last.id
        paper = keep(actor, row, "bast", last.version + 1 if last else 1, made, own_number)
        facts = {"digest": made.sha256, "own_number": own_number}
        write_down(actor, row, events.HANDOVER_PREPARED, facts)
        return paper.id


def hand_over(*, actor: Actor, order: UUID, deed: Deed) -> None:
    """The PPK signs the newest handover record (deed `purchasing.delivery.hand_over`).

    :raises NoSuchOrder, Refused, NoSuchMove: not visible, no PPK of the unit, nothing arrived.
    :raises NothingToSign: it was not prepared yet.
    :raises DeedMismatch, DeedUsed, DeedOver: see `authentication.services.use_deed`.
    """
    with transaction.atomic():
        row = held(actor, Can.HAND_OVER, order, "hand_over")
        facts = sign_paper(actor, latest(row, "bast"), deed, HAND_OVER)
        take_delivery(actor, row, "hand_over", events.HANDED_OVER, facts=facts)


def confirm_handover(*, actor: Actor, order: UUID, deed: Deed) -> None:
    """The company signs it too (deed `purchasing.delivery.confirm_handover`); it can be paid.

    :raises NoSuchOrder, Refused, NoSuchMove: not visible, not the company's, not signed before.
    :raises DeedMismatch, DeedUsed, DeedOver: see `authentication.services.use_deed`.
    """
    with transaction.atomic():
        row = held(actor, Can.CONFIRM_HANDOVER, order, "confirm_handover")
        facts = sign_paper(actor, latest(row, "bast"), deed, CONFIRM)
        take_delivery(
            actor,
            row,
            "confirm_handover",
            events.HANDOVER_CONFIRMED,
            facts=facts,
            handed_over_at=clock.now(),
        )


def _check_line(field: str, text: str, least: int) -> None:
    if not least <= len(text) <= _LONGEST:
        raise FieldProblems({field: WrongText(least=least, most=_LONGEST)})
    if problem := free_text_problem(text, _LONGEST):
        raise FieldProblems({field: problem})
