"""What a buyer types into a draft besides the goods, and what can be wrong with it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gapura.accounts.queries import free_text_problem
from gapura.kernel.problems import FieldProblems, Problem
from gapura.purchasing.errors import WrongChoice, WrongDay, WrongMoney, WrongRup, WrongText
from gapura.purchasing.rules import LONGEST_DELIVERY, METHODS, is_money, rup_codes

_MAK, _ADDRESS = 300, 500


@dataclass(frozen=True, slots=True)
class Terms:
    """What a buyer types besides the goods."""

    rup_code: str
    mak: str
    budget: Decimal
    delivery_address: str
    deliver_by: date
    method: str


def values(terms: Terms, codes: tuple[str, ...]) -> dict[str, object]:
    """The columns of an order."""
    return {
        "rup_codes": list(codes),
        "mak": terms.mak,
        "budget": terms.budget,
        "delivery_address": terms.delivery_address,
        "deliver_by": terms.deliver_by,
        "method": terms.method,
    }


def check_terms(terms: Terms, today: date) -> tuple[str, ...]:
    """The codes of the plan, when all fields are in order.

    :raises FieldProblems: what is wrong with which.
    """
    codes = rup_codes(terms.rup_code)
    soon = today < terms.deliver_by <= today + LONGEST_DELIVERY
    found: dict[str, Problem | None] = {
        "rup_code": None if codes else WrongRup(),
        "mak": _text_problem(terms.mak, _MAK),
        "budget": None if is_money(terms.budget) else WrongMoney(),
        "delivery_address": _text_problem(terms.delivery_address, _ADDRESS),
        "deliver_by": None if soon else WrongDay(),
        "method": None if terms.method in METHODS else WrongChoice(),
    }
    problems = {field: problem for field, problem in found.items() if problem is not None}
    if problems:
        raise FieldProblems(problems)
    return codes or ()


def _text_problem(text: str, most: int) -> Problem | None:
    if not 5 <= len(text) <= most:
        return WrongText(least=5, most=most)
    return free_text_problem(text.replace("\n", " ").replace("\r", " "), most)
