"""What delivery and payment of a loaded order leave behind: the same as their services would."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from gapura.catalog.services import consume_stock
from gapura.documents.queries import get_document
from gapura.kernel import clock
from gapura.purchasing import events
from gapura.purchasing.models import Delivery, Payment
from gapura.purchasing.rules import late_days
from gapura.purchasing.services.bulk_papers import keep_paper, sign_newest
from gapura.purchasing.services.bulk_story import Effect, Facts, ReadyStep, Story, write_entry
from gapura.purchasing.services.papers import handover_record
from gapura.purchasing.services.payment import payment_facts
from gapura.purchasing.services.steps import grant_of

# A record is made first and signed after it was read.
_READ = timedelta(seconds=30)


def _nothing(_story: Story, _step: ReadyStep) -> Facts:
    return {}


def _way(story: Story) -> Delivery:
    assert story.delivery is not None  # noqa: S101 - the state table has let it be accepted
    return story.delivery


def _shipped(story: Story, step: ReadyStep) -> Facts:
    delivery = _way(story)
    delivery.courier, delivery.tracking = step.words["courier"], step.words["tracking"]
    delivery.shipped_at = step.at
    consume_stock(order=story.row.id)
    return {"courier": delivery.courier, "tracking": delivery.tracking}


def _received(story: Story, step: ReadyStep) -> Facts:
    delivery, row = _way(story), story.row
    delivery.received_at, delivery.received_by_id = step.at, step.actor.who
    delivery.late_days = late_days(clock.legal_day(step.at, row.zone), row.deliver_by)
    return {"late_days": delivery.late_days}


def _handed_over(story: Story, step: ReadyStep) -> Facts:
    """The record is made and signed in one go."""
    number = step.words["own_number"]
    story.row.delivery = _way(story)
    made = handover_record(story.row, story.lines, own_number=number, ppk=step.actor.name)
    digest = keep_paper(story, step, "bast", made, number)
    prepared = {"digest": digest, "own_number": number}
    with clock.frozen(step.at - _READ):
        write_entry(story, step.actor, events.HANDOVER_PREPARED, prepared, None)
    return sign_newest(story, step)


def _confirmed(story: Story, step: ReadyStep) -> Facts:
    _way(story).handed_over_at = step.at
    return sign_newest(story, step)


def _paid(story: Story, step: ReadyStep) -> Facts:
    row, words = story.row, step.words
    row.ended_at = step.at
    paid_on = clock.legal_day(step.at, row.zone)
    paid = Payment(
        order=row,
        channel=words["channel"],
        amount=row.total,
        paid_on=paid_on,
        paper=words["reference"],
        evidence_id=words["evidence"],
        evidence_sha256=get_document(words["evidence"]).sha256,
        person_id=step.actor.who,
        grant=grant_of(step.actor).id,
        at=step.at,
    )
    story.more.append(paid)
    return {**payment_facts(paid)}


DELIVERY_EFFECTS: Mapping[str, Effect] = MappingProxyType(
    {
        "ship": _shipped,
        "receive": _received,
        "report_mismatch": _nothing,
        "hand_over": _handed_over,
        "confirm_handover": _confirmed,
        "pay": _paid,
        "pay_outside": _nothing,
        "confirm_payment": _paid,
    }
)
