"""What can go wrong with orders, said for the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gapura.kernel.problems import Missing, Overtaken, Problem
from gapura.kernel.texts import N_


class NoSuchOrder(Missing):
    """Not there, another agency's, another company's, or somebody's draft."""

    what = N_("We cannot find this order.")
    todo = N_("Check the address, or open your list of orders.")


class NothingChosen(Problem):
    """The unit's list holds nothing of this company."""

    what = N_("Your unit's list has nothing to order from this company.")
    todo = N_("Choose goods in the catalog first, then make the order from the list.")


@dataclass(frozen=True, slots=True)
class Change:
    """One line whose product changed since the draft; prices in rupiah without tax."""

    name: str
    old: Decimal
    new: Decimal


class PriceChanged(Overtaken):
    """Prices or descriptions changed since the draft; `changes` says which, old and new."""

    what = N_("Prices or descriptions changed since you drafted this order: %(names)s.")
    todo = N_("Compare the old with the new, take over what is valid now, then send it again.")

    def __init__(self, changes: Sequence[Change]) -> None:
        super().__init__(names=", ".join(change.name for change in changes))
        self.changes = tuple(changes)


class ProductGone(Overtaken):
    """Withdrawn, frozen or taken down meanwhile; value: name."""

    what = N_("%(name)s is not in the catalog any more, so the order cannot go on.")
    todo = N_("End this order and choose another product, or ask the company about it.")


class DraftChanged(Overtaken):
    """Somebody changed the draft after the page was read."""

    what = N_("The draft was changed while you were reading it, so it was not sent.")
    todo = N_("Read what it says now, then send it again.")


class AddendumChanged(Overtaken):
    """Another addendum waits than the one that was read."""

    what = N_("Another addendum than the one you read waits for an answer. Nothing was changed.")
    todo = N_("Read the addendum that waits now, then answer it.")


class CompanyNotActive(Overtaken):
    """Blacklisted, suspended or revoked today; value: company."""

    what = N_("%(company)s may not take new orders at present, so the order cannot go on.")
    todo = N_("End this order and choose another supplier. Orders that are running go on.")


class AboveCeiling(Problem):
    """More than a procurement officer may order; values: total, ceiling, basis."""

    what = N_("This order comes to %(total)s with tax. A PP orders up to %(ceiling)s.")
    todo = N_(
        "Above that the commitment officer (PPK) of your unit makes the order. "
        "Legal basis: %(basis)s."
    )


class BelowCeiling(Problem):
    """So small that two officers share the work; values: total, ceiling, basis."""

    what = N_("This order comes to %(total)s with tax. Up to %(ceiling)s the PP makes the order.")
    todo = N_(
        "Ask the procurement officer (PP) of your unit to draft it; you review it. "
        "Legal basis: %(basis)s."
    )


class SplittingUnexplained(Problem):
    """Orders that look like one need; values: count, days, total, ceiling, basis."""

    what = N_(
        "With this one, %(count)s orders of your unit within %(days)s days come to %(total)s, "
        "more than the %(ceiling)s up to which a PP orders."
    )
    todo = N_(
        "Say in a sentence or two why this is not one need in several orders, or ask the "
        "commitment officer (PPK) to make one order of it. Legal basis: %(basis)s."
    )


class TooManyHeld(Problem):
    """The unit holds too much of one product in orders that wait; values: most, name, basis."""

    what = N_(
        "%(most)s orders of your unit that hold %(name)s are waiting for an answer, and more may "
        "not hold it at once, so that other units can order it too."
    )
    todo = N_(
        "Have the waiting orders reviewed, signed or ended first; then send this one. "
        "Rule: %(basis)s."
    )


class OverBudget(Problem):
    """More than the budget line has; values: total, budget."""

    what = N_("This order comes to %(total)s with tax, and the budget line has %(budget)s.")
    todo = N_("Order less, negotiate the price, or correct the amount of the budget line.")


class TooLate(Overtaken):
    """Its time was over before this came; value: due (a moment, in the unit's zone)."""

    what = N_("The time to answer was over at %(due)s, so this was not carried out.")
    todo = N_("The order has ended. A new order can be made from the catalog.")


class OfferChanged(Overtaken):
    """A colleague answered meanwhile."""

    what = N_("There is a newer offer than the one you answered.")
    todo = N_("Open the order again and read the newest offer.")


class NothingToSign(Overtaken):
    """The record has not been prepared yet."""

    what = N_("There is no handover record to sign yet.")
    todo = N_("Enter your unit's number of the record first; then it can be read and signed.")


class AlreadyPaid(Overtaken):
    """There is one payment per order."""

    what = N_("This order is paid already. Nothing was changed.")
    todo = N_("Open the order again to see the payment.")


class NoSuchEvidence(Problem):
    """Not uploaded by this person, or uploaded for something else."""

    what = N_("The paper that proves the payment is missing.")
    todo = N_("Add a PDF or JPG of it, for example the SP2D or the transfer receipt.")


class EvidenceUsed(Problem):
    """The same file, byte by byte, proves another payment."""

    what = N_("This paper already proves another payment, and one paper proves one payment.")
    todo = N_("Add the paper of this payment. Nothing was noted.")


class ChannelTooSmall(Problem):
    """Petty cash and card have a limit; values: channel, most, basis."""

    what = N_("This way of paying is for amounts below %(most)s.")
    todo = N_("Choose direct payment (LS). Legal basis: %(basis)s.")


class WrongRup(Problem):
    """Not a number from the procurement plan."""

    what = N_("The plan code (RUP) must be 6 to 12 digits; several are divided by a semicolon.")
    todo = N_("Copy it from SiRUP, for example 52345678.")


class WrongMoney(Problem):
    """Nothing, less than nothing, cents, or beyond the column."""

    what = N_("The amount must be whole rupiah, more than zero and less than one quadrillion.")
    todo = N_("Type digits only, for example 150000000.")


class WrongPrices(Problem):
    """Not one sane price for each line; value: most."""

    what = N_("Each price must be whole rupiah, more than zero and not above the listed price.")
    todo = N_("Negotiation lowers prices. Type one price for each line.")


class WrongDay(Problem):
    """The day is not possible there."""

    what = N_("This day is not possible here.")
    todo = N_("The delivery is after today and within two years; a payment is not in the future.")


class WrongText(Problem):
    """Too short to act on or too long; values: least, most."""

    what = N_("The text must have between %(least)s and %(most)s characters.")
    todo = N_("Say it in a sentence or two.")


class WrongChoice(Problem):
    """The form was changed on its way."""

    what = N_("Choose one of the possibilities in the list.")
    todo = N_("Open the page again and choose.")


class TicksMissing(Problem):
    """The goods were not checked for function, quantity and time."""

    what = N_("Goods are received only when function, quantity and time were checked.")
    todo = N_("Check all three. If something does not match, report the mismatch instead.")


class DocumentChanged(Overtaken):
    """What was read is not what would be signed."""

    what = N_("The document has changed since you opened it, so it was not signed.")
    todo = N_("Open the order again, read the new document and sign that one.")
