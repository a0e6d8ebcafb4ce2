"""One order in full, in three statements that are compiled once."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from gapura.catalog.queries import is_open_to
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may
from gapura.purchasing.errors import NoSuchOrder
from gapura.purchasing.permissions import Can
from gapura.purchasing.queries.facts import verbs_of
from gapura.purchasing.queries.statements import (
    ADDENDUM,
    COLUMNS,
    DELIVERY,
    LINE,
    LINES,
    ONE,
    PAYMENT,
    STORY,
)
from gapura.purchasing.queries.views import (
    AddendumView,
    DeliveryView,
    DocumentView,
    LineView,
    MomentView,
    NextStep,
    OfferView,
    OrderView,
    Party,
    PaymentView,
    ReferenceView,
    SignatureView,
    ToSign,
)
from gapura.purchasing.reasons import REASONS
from gapura.purchasing.rules import Facts, in_time
from gapura.purchasing.states import WAITING
from gapura.purchasing.words import HAPPENED, OFFICES, STATE_NAMES, duty_of


def order_for(actor: Actor, order: UUID) -> OrderView:
    """One order as the actor may see it; three statements.

    The page for a person calls `services.look_at`, which also records an auditor's look.

    :raises NoSuchOrder: not there, another agency's or company's, or somebody's draft.
    """
    rows = ONE.rows(order)
    if not rows:
        raise NoSuchOrder()
    row = dict(zip(COLUMNS, rows[0], strict=True))
    facts = _facts(row)
    if not may(actor, Can.SEE, facts):
        raise NoSuchOrder()
    documents = tuple(_document(json.loads(paper)) for paper in row["papers"])
    moments, offers = _story(order)
    late = row["state"] in WAITING and not in_time(row["due_at"], clock.now())
    verbs = () if late else verbs_of(actor, facts)
    return OrderView(
        **_own(row),
        **_parties(row),
        late=late,
        lines=tuple(_line(actor, *r) for r in LINES.rows(order)),
        documents=documents,
        offers=offers,
        moments=moments,
        next=next_step(facts, verbs, row["due_at"]),
        verbs=verbs,
        to_sign=_to_sign(verbs, documents),
        facts=facts,
    )


_OWN = (
    "id", "reference", "state", "method", "zone", "turn", "mak", "budget", "delivery_address",
    "deliver_by", "base", "tax", "total", "due_at", "created_at", "submitted_at", "approved_at",
    "sent_at", "accepted_at", "ended_at", "changed_at", "split_reason",
)  # fmt: skip


def _own(row: dict[str, Any]) -> dict[str, Any]:
    """What stands in the order's own row, and what hangs on it once."""
    return {
        **{name: row[name] for name in _OWN},
        "state_name": STATE_NAMES[row["state"]],
        "rup_codes": tuple(row["rup_codes"]),
        "clauses": tuple(row["texts"]),
        "addendum": _addendum(row),
        "delivery": _part(DeliveryView, row, "delivery", DELIVERY),
        "payment": _part(PaymentView, row, "payment", PAYMENT),
    }


def _parties(row: dict[str, Any]) -> dict[str, Any]:
    place = (row["unit_id"], row["unit__name"], row["agency__name"])
    return {
        "buyer": Party(*place, row["buyer__name"], row["buyer_role"]),
        "ppk": Party(*place, row["ppk__name"], "ppk") if row["ppk_id"] else None,
        "seller": Party(row["company_id"], row["company__name"], "", "", ""),
    }


def _facts(row: dict[str, Any]) -> Facts:
    return Facts(
        id=row["id"],
        agency=row["agency_id"],
        unit=row["unit_id"],
        company=row["company_id"],
        state=row["state"],
        delivery=row["delivery__state"] or "",
        buyer=row["buyer_id"],
        buyer_role=row["buyer_role"],
        ppk=row["ppk_id"],
        turn=row["turn"],
        submitted=row["submitted_at"] is not None,
        accepted=row["accepted_at"] is not None,
        cancel_asked=row["cancel_asked_at"] is not None,
        senders=tuple(row["senders"]),
    )


def next_step(facts: Facts, verbs: tuple[str, ...], due: Any) -> NextStep:
    """What happens next with an order, and whether the reader (who has `verbs`) does it."""
    duty = duty_of(facts.state, facts.turn, facts.delivery)
    office = facts.buyer_role if duty.office == "buyer" else duty.office
    waits = facts.state in WAITING
    return NextStep(
        duty.verb, OFFICES[office], duty.what, duty.verb in verbs, due if waits else None
    )


def _part(view: Any, row: dict[str, Any], part: str, names: tuple[str, ...]) -> Any:
    """The delivery or the payment, or None while there is none."""
    if row[f"{part}__{names[0]}"] is None:
        return None
    values = {name: row[f"{part}__{name}"] for name in names}
    return view(*("" if v is None and n.endswith("__name") else v for n, v in values.items()))


def _story(order: UUID) -> tuple[tuple[MomentView, ...], tuple[OfferView, ...]]:
    """What happened, and the rounds of the negotiation, each in its order."""
    moments, offers = [], []
    for row in STORY.rows(order, order):
        at, side, person, note, verb, reason, turn, prices, total, _ = row
        if turn:
            offers.append(OfferView(turn, side, tuple(prices), total, note, person, at))
        else:
            why = REASONS.get(reason, "")
            moments.append(MomentView(at, verb, HAPPENED[verb], side, person or "", why, note))
    return tuple(moments), tuple(offers)


def _line(actor: Actor, *row: Any) -> LineView:
    company, state, *reference = row[len(LINE) :]
    is_open = is_open_to(actor, company, state)
    own: tuple[Any, ...] = (*row[: len(LINE)], is_open, ReferenceView(*reference))
    return LineView(*own)


def _addendum(row: dict[str, Any]) -> AddendumView | None:
    if row["addendum__version"] is None:
        return None
    version, side, deliver_by, clauses, at = (row[f"addendum__{name}"] for name in ADDENDUM)
    return AddendumView(version, side, deliver_by, tuple(clauses), at)


def _document(told: dict[str, Any]) -> DocumentView:
    """A paper as the database tells it in JSON."""
    signatures = tuple(
        SignatureView(**one | {"signed_at": datetime.fromisoformat(one["signed_at"])})
        for one in told["signatures"]
    )
    known = {"id": UUID(told["id"]), "made_at": datetime.fromisoformat(told["made_at"])}
    return DocumentView(**told | known | {"signatures": signatures})


# What a verb signs: the kind of document, and the name of the deed.
SIGNS = {
    "sign": ("sp", "purchasing.order.sign"),
    "accept": ("sp", "purchasing.order.accept"),
    "hand_over": ("bast", "purchasing.delivery.hand_over"),
    "confirm_handover": ("bast", "purchasing.delivery.confirm_handover"),
}


def _to_sign(verbs: tuple[str, ...], documents: tuple[DocumentView, ...]) -> ToSign | None:
    for verb in verbs:
        kind, deed = SIGNS.get(verb, ("", ""))
        papers = [paper for paper in documents if paper.kind == kind]
        if papers:
            return ToSign(papers[-1].id, papers[-1].sha256, deed)
    return None
