"""How orders go, as a table: which steps in which order, how often, and where they stand now."""

from dataclasses import dataclass

Hours = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Move:
    """One verb of an order or of its delivery; `by` takes it after some hours.

    `by` is buyer, ppk, seller, treasurer, arbiter or system.
    """

    verb: str
    by: str
    wait: Hours


@dataclass(frozen=True, slots=True)
class Course:
    """One way an order goes, so many times among 500; `lately` ones are still on their way."""

    share: int
    moves: tuple[Move, ...]
    lately: bool = False


_DRAFT = (Move("draft", "buyer", (0, 0)),)
_ASKED = (*_DRAFT, Move("submit", "buyer", (0.3, 4)))
_OFFERED = (*_DRAFT, Move("propose_price", "buyer", (0.3, 3)))
_ANSWERED = (*_OFFERED, Move("answer_offer", "seller", (2, 18)))
_AGREED = (*_ANSWERED, Move("agree", "buyer", (1, 16)))
_APPROVED = (Move("approve", "ppk", (2, 24)),)
_SIGNED = (*_APPROVED, Move("sign", "ppk", (0.1, 1)))
_TAKEN = (*_SIGNED, Move("accept", "seller", (3, 36)))
_SHIP = (Move("ship", "seller", (8, 40)),)
_RECEIVE = (Move("receive", "buyer", (16, 50)),)
_MISMATCH = (Move("report_mismatch", "buyer", (16, 40)),)
_HANDED = (Move("hand_over", "ppk", (1, 16)),)
_OVER = (*_HANDED, Move("confirm_handover", "seller", (2, 20)))
_PAID = (Move("pay", "treasurer", (4, 36)),)
_OUTSIDE = (Move("pay_outside", "treasurer", (3, 20)),)
_LAPSED = (Move("lapse", "system", (180, 190)),)
_ADDENDUM = (Move("propose_addendum", "ppk", (2, 12)),)
_CANCEL = (Move("request_cancel", "ppk", (4, 20)),)

COURSES = (
    # Over, some time in the year.
    Course(190, (*_ASKED, *_TAKEN, *_SHIP, *_RECEIVE, *_OVER, *_PAID)),
    Course(50, (*_AGREED, *_TAKEN, *_SHIP, *_RECEIVE, *_OVER, *_PAID)),
    Course(8, (*_ASKED, *_TAKEN, *_SHIP, *_MISMATCH, *_SHIP, *_RECEIVE, *_OVER, *_PAID)),
    Course(
        8,
        (
            *_ASKED, *_TAKEN, *_ADDENDUM, Move("accept_addendum", "seller", (2, 20)),
            *_SHIP, *_RECEIVE, *_OVER, *_PAID,
        ),
    ),
    Course(
        4,
        (
            *_ASKED, *_TAKEN, *_ADDENDUM, Move("decline_addendum", "seller", (2, 20)),
            *_SHIP, *_RECEIVE, *_OVER, *_PAID,
        ),
    ),
    Course(
        8,
        (
            *_ASKED, *_TAKEN, *_SHIP, *_RECEIVE, *_OVER, *_OUTSIDE,
            Move("confirm_payment", "treasurer", (8, 40)),
        ),
    ),
    Course(
        4,
        (
            *_ASKED, *_TAKEN, *_CANCEL, Move("refuse_cancel", "arbiter", (3, 30)),
            *_SHIP, *_RECEIVE, *_OVER, *_PAID,
        ),
    ),
    Course(12, (*_ASKED, Move("reject", "ppk", (2, 24)))),
    Course(5, (*_ASKED, *_APPROVED, Move("reject_signing", "ppk", (1, 10)))),
    Course(3, (*_ASKED, *_LAPSED)),
    Course(12, (*_ASKED, *_SIGNED, Move("decline", "seller", (3, 40)))),
    Course(6, (*_ASKED, *_SIGNED, *_LAPSED)),
    Course(6, (*_ASKED, *_TAKEN, *_CANCEL, Move("grant_cancel", "arbiter", (3, 30)))),
    Course(6, (*_DRAFT, Move("discard", "buyer", (1, 30)))),
    Course(10, (*_ANSWERED, Move("cancel_negotiation", "buyer", (1, 20)))),
    Course(4, (*_OFFERED, *_LAPSED)),
    # Still on their way: these are the work that everybody finds.
    Course(14, _DRAFT, lately=True),
    Course(10, _OFFERED, lately=True),
    Course(8, _ANSWERED, lately=True),
    Course(14, _ASKED, lately=True),
    Course(8, (*_ASKED, *_APPROVED), lately=True),
    Course(16, (*_ASKED, *_SIGNED), lately=True),
    Course(18, (*_ASKED, *_TAKEN), lately=True),
    Course(16, (*_ASKED, *_TAKEN, *_SHIP), lately=True),
    Course(6, (*_ASKED, *_TAKEN, *_SHIP, *_MISMATCH), lately=True),
    Course(10, (*_ASKED, *_TAKEN, *_SHIP, *_RECEIVE), lately=True),
    Course(8, (*_ASKED, *_TAKEN, *_SHIP, *_RECEIVE, *_HANDED), lately=True),
    Course(18, (*_ASKED, *_TAKEN, *_SHIP, *_RECEIVE, *_OVER), lately=True),
    Course(6, (*_ASKED, *_TAKEN, *_ADDENDUM), lately=True),
    Course(6, (*_ASKED, *_TAKEN, *_CANCEL), lately=True),
    Course(6, (*_ASKED, *_TAKEN, *_SHIP, *_RECEIVE, *_OVER, *_OUTSIDE), lately=True),
)  # fmt: skip
# What the persona of another agency buys: nobody at home may ever see it.
ABROAD_COURSES = (
    Course(1, (*_ASKED, *_SIGNED), lately=True),
    Course(1, (*_ASKED, *_TAKEN, *_SHIP), lately=True),
    Course(1, _DRAFT, lately=True),
)
USUAL = sum(course.share for course in COURSES)
