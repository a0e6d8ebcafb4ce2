"""What the way to a contract and its changes leave behind: the same as their services would."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from gapura.catalog.services import release_stock, reserve_stock
from gapura.kernel.references import next_reference
from gapura.purchasing.models import Addendum, Clause, Delivery, Offer
from gapura.purchasing.rules import other_side
from gapura.purchasing.services.bulk_papers import keep_paper, sign_newest
from gapura.purchasing.services.bulk_story import Effect, Facts, ReadyStep, Story
from gapura.purchasing.services.lines import add_up, put, sums_at, tax_on
from gapura.purchasing.services.papers import order_letter
from gapura.purchasing.services.steps import side_of


def _nothing(_story: Story, _step: ReadyStep) -> Facts:
    return {}


def _ended(story: Story, step: ReadyStep) -> Facts:
    """Over, and what it held is free again."""
    story.row.ended_at, story.row.turn = step.at, ""
    if story.row.submitted_at is not None:
        release_stock(order=story.row.id)
    return {}


def _lapsed(story: Story, step: ReadyStep) -> Facts:
    due = story.row.due_at
    _ended(story, step)
    return {"due_at": due.isoformat() if due else ""}


def _reserve(story: Story) -> None:
    lines = [(line.product_id, line.quantity) for line in story.lines]
    reserve_stock(order=story.row.id, lines=lines)


def _submitted(story: Story, step: ReadyStep) -> Facts:
    story.row.submitted_at = step.at
    _reserve(story)
    return {"total": str(story.row.total)}


def _offered(story: Story, step: ReadyStep) -> Facts:
    """A share of the listed prices, for each line; `share` of the step's words."""
    row, side = story.row, side_of(step.actor)
    number = 1 + sum(isinstance(one, Offer) for one in story.more)
    share = Decimal(step.words["share"])
    prices = [(line.list_price * share).quantize(Decimal(1)) for line in story.lines]
    total = sums_at(story.lines, prices).amount
    story.more.append(
        Offer(order=row, round=number, side=side, prices=prices, total=total,
              note=step.words.get("note", ""), person_id=step.actor.who, at=step.at)
    )  # fmt: skip
    row.submitted_at = row.submitted_at or step.at
    row.method, row.turn = "negotiation", other_side(side)
    return {"total": str(total), "round": number}


def _agreed(story: Story, _step: ReadyStep) -> Facts:
    offer = story.last(Offer)
    for line, price in zip(story.lines, offer.prices, strict=True):
        line.agreed_price = price
        put(line, tax_on(line))
    add_up(story.row, story.lines)
    story.row.turn = ""
    _reserve(story)
    return {"total": str(story.row.total), "round": offer.round}


def _approved(story: Story, step: ReadyStep) -> Facts:
    row, clauses = story.row, list(step.words.get("clauses", ()))
    row.reference, row.ppk_id, row.approved_at = next_reference("SP"), step.actor.who, step.at
    story.more += [
        Clause(order=row, number=number, text=text) for number, text in enumerate(clauses, start=1)
    ]
    made = order_letter(row, story.lines, clauses, ppk=step.actor.name)
    return {"total": str(row.total), "digest": keep_paper(story, step, "sp", made)}


def _taken_back(story: Story, _step: ReadyStep) -> Facts:
    story.row.ppk_id = story.row.approved_at = None
    story.more = [one for one in story.more if not isinstance(one, Clause)]
    return {}


def _signed(story: Story, step: ReadyStep) -> Facts:
    story.row.sent_at = step.at
    return sign_newest(story, step)


def _accepted(story: Story, step: ReadyStep) -> Facts:
    story.row.accepted_at = step.at
    story.delivery = Delivery(order=story.row)
    return sign_newest(story, step)


def _asked_for_change(story: Story, step: ReadyStep) -> Facts:
    row, side = story.row, side_of(step.actor)
    day, clauses = step.words["deliver_by"], list(step.words.get("clauses", ()))
    story.more.append(
        Addendum(order=row, version=1, side=side, deliver_by=day, clauses=clauses,
                 proposed_at=step.at)
    )  # fmt: skip
    row.turn = other_side(side)
    return {"deliver_by": day.isoformat(), "clauses": "\n".join(clauses)}


def _answered(story: Story, step: ReadyStep, *, accepted: bool) -> Addendum:
    asked: Addendum = story.last(Addendum)
    asked.answered_at, asked.accepted, story.row.turn = step.at, accepted, ""
    return asked


def _changed(story: Story, step: ReadyStep) -> Facts:
    asked, row = _answered(story, step, accepted=True), story.row
    told = [one.text for one in story.more if isinstance(one, Clause)]
    row.deliver_by = asked.deliver_by
    story.more += [
        Clause(order=row, number=number, text=text)
        for number, text in enumerate(asked.clauses, start=len(told) + 1)
    ]
    ppk = row.ppk.name if row.ppk else ""
    made = order_letter(row, story.lines, [*told, *asked.clauses], ppk=ppk, addendum=1)
    digest = keep_paper(story, step, "addendum", made)
    return {"deliver_by": row.deliver_by.isoformat(), "digest": digest}


def _unchanged(story: Story, step: ReadyStep) -> Facts:
    _answered(story, step, accepted=False)
    return {}


def _cancel_asked(story: Story, step: ReadyStep) -> Facts:
    story.row.cancel_asked_at = step.at
    return {}


CONTRACT_EFFECTS: Mapping[str, Effect] = MappingProxyType(
    {
        "submit": _submitted,
        "propose_price": _offered,
        "answer_offer": _offered,
        "agree": _agreed,
        "cancel_negotiation": _ended,
        "discard": _ended,
        "lapse": _lapsed,
        "approve": _approved,
        "reject": _ended,
        "sign": _signed,
        "reject_signing": _ended,
        "hand_over_review": _taken_back,
        "accept": _accepted,
        "decline": _ended,
        "propose_addendum": _asked_for_change,
        "accept_addendum": _changed,
        "decline_addendum": _unchanged,
        "request_cancel": _cancel_asked,
        "grant_cancel": _ended,
        "refuse_cancel": _nothing,
    }
)
