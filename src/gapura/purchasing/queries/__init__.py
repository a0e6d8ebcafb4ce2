"""Reads of orders, scoped by who asks."""

from gapura.purchasing.queries.boards import PAGE, board, figures, offers_of
from gapura.purchasing.queries.erasing import Work, last_paper_day, running_work
from gapura.purchasing.queries.facts import is_ordered
from gapura.purchasing.queries.holding import Lapses, lapses_of
from gapura.purchasing.queries.leaving import LeftOrder, orders_left
from gapura.purchasing.queries.lists import BasketLine, BasketView, Board, Figures, OrderRow, Tab
from gapura.purchasing.queries.orders import order_for
from gapura.purchasing.queries.outcomes import Outcomes, outcomes, sold_since
from gapura.purchasing.queries.pricing import basket
from gapura.purchasing.queries.splitting import (
    SplitOrder,
    SplitPage,
    SplitView,
    possible_splitting,
    splits_around,
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
from gapura.purchasing.reasons import CANCEL_REASONS, CHANNELS, DECLINE_REASONS, REVIEW_REASONS
from gapura.purchasing.rules import (
    LEAST_REASON,
    LEAST_TEXT,
    LONGEST_CLAUSE,
    LONGEST_TEXT,
    METHODS,
    MOST_CLAUSES,
)
from gapura.purchasing.states import DELIVERY, ORDER
from gapura.purchasing.words import DELIVERY_NAMES, SIDES, STATE_NAMES

__all__ = [
    "CANCEL_REASONS", "CHANNELS", "DECLINE_REASONS", "DELIVERY", "DELIVERY_NAMES",
    "LEAST_REASON", "LEAST_TEXT",
    "LONGEST_CLAUSE", "LONGEST_TEXT", "METHODS", "MOST_CLAUSES", "ORDER", "PAGE",
    "REVIEW_REASONS", "SIDES", "STATE_NAMES", "AddendumView", "BasketLine", "BasketView", "Board",
    "DeliveryView", "DocumentView", "Figures", "Lapses", "LeftOrder", "LineView", "MomentView",
    "NextStep",
    "OfferView", "OrderRow", "OrderView", "Outcomes", "Party", "PaymentView",
    "ReferenceView", "SignatureView",
    "SplitOrder", "SplitPage", "SplitView", "Tab",
    "ToSign", "Work", "basket", "board", "figures", "is_ordered", "lapses_of",
    "last_paper_day", "offers_of", "order_for",
    "orders_left", "outcomes",
    "possible_splitting", "running_work", "sold_since", "splits_around",
]  # fmt: skip
