"""What others get to see of orders: small dataclasses, money in rupiah, moments in UTC."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from gapura.purchasing.rules import Facts


@dataclass(frozen=True, slots=True)
class Party:
    """One side: the unit of an agency (`code` of the unit) or a company; `person` may be empty."""

    code: str
    name: str
    within: str
    person: str
    role: str


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """Prices of like products when the order was drafted; None where there were none."""

    lowest: Decimal | None
    median: Decimal | None
    highest: Decimal | None
    count: int


@dataclass(frozen=True, slots=True)
class LineView:
    """One line. `unit` is a code of the catalog's words.UNITS; `version` the version's id.

    `base` before tax, `taxed` the part that is taxed at `tax_rate`, `amount` = base + tax.
    `version_number` is what the version's page takes; `open` when the product's page still opens
    for the reader.
    """

    number: int
    product: UUID
    version: UUID
    name: str
    unit: str
    quantity: Decimal
    list_price: Decimal
    agreed_price: Decimal
    base: Decimal
    taxed: Decimal
    tax_rate: Decimal
    tax: Decimal
    amount: Decimal
    version_number: int
    open: bool
    reference: ReferenceView


@dataclass(frozen=True, slots=True)
class SignatureView:
    """One confirmation; `method` is a code such as totp, `role` a role's code.

    `behalf` names for whom the signer stood in, as `plh:username`.
    """

    side: str
    person: str
    behalf: str
    role: str
    method: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A PDF of the order: `id` is what /documents/<id> takes; kind sp, addendum or bast."""

    id: UUID
    kind: str
    version: int
    sha256: str
    own_number: str
    made_at: datetime
    signatures: tuple[SignatureView, ...]


@dataclass(frozen=True, slots=True)
class OfferView:
    """One round; `prices` in the order of the lines, `total` with tax."""

    round: int
    side: str
    prices: tuple[Decimal, ...]
    total: Decimal
    note: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MomentView:
    """One line of the timeline; `what` is a message id, `reason` one or empty."""

    at: datetime
    verb: str
    what: str
    side: str
    person: str
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class AddendumView:
    """An addendum that waits for an answer; `side` proposed it."""

    version: int
    side: str
    deliver_by: date
    clauses: tuple[str, ...]
    proposed_at: datetime


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """How far the goods are; `state` is one of states.DELIVERY, `late_days` calendar days."""

    state: str
    courier: str
    tracking: str
    shipped_at: datetime | None
    received_at: datetime | None
    received_by: str
    late_days: int
    note: str
    handed_over_at: datetime | None


@dataclass(frozen=True, slots=True)
class PaymentView:
    """The payment; `channel` is a code of reasons.CHANNELS, `paper` its number at the treasury."""

    channel: str
    amount: Decimal
    paid_on: date
    paper: str
    evidence: UUID
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NextStep:
    """What happens next: `verb` by `who` (message ids in `who` and `what`), before `due`.

    `mine` when the reader may do it now. An order at its end has no verb.
    """

    verb: str
    who: str
    what: str
    mine: bool
    due: datetime | None


@dataclass(frozen=True, slots=True)
class ToSign:
    """What the reader signs next: the order document, its digest, the deed's name."""

    document: UUID
    digest: str
    deed: str


@dataclass(frozen=True, slots=True)
class OrderView:
    """One order in full, as the reader sees it. `state_name` and `delivery_name` are message ids.

    `verbs` are the steps the reader may take now. `late` when the deadline is over but the order
    has not been tidied up yet: then nothing can be done with it any more. `facts` is what the
    rules look at, for pages that say why a step is not the reader's.
    """

    id: UUID
    reference: str
    state: str
    state_name: str
    method: str
    zone: str
    turn: str
    buyer: Party
    ppk: Party | None
    seller: Party
    rup_codes: tuple[str, ...]
    mak: str
    budget: Decimal
    delivery_address: str
    deliver_by: date
    base: Decimal
    tax: Decimal
    total: Decimal
    due_at: datetime | None
    late: bool
    created_at: datetime
    submitted_at: datetime | None
    approved_at: datetime | None
    sent_at: datetime | None
    accepted_at: datetime | None
    ended_at: datetime | None
    changed_at: datetime
    split_reason: str
    lines: tuple[LineView, ...]
    clauses: tuple[str, ...]
    documents: tuple[DocumentView, ...]
    offers: tuple[OfferView, ...]
    moments: tuple[MomentView, ...]
    addendum: AddendumView | None
    delivery: DeliveryView | None
    payment: PaymentView | None
    next: NextStep
    verbs: tuple[str, ...]
    to_sign: ToSign | None
    facts: Facts
