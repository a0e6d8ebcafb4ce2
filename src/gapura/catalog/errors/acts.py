"""Why an act on a product is not carried out: not there, overtaken, not allowed now."""

from typing import Any
from uuid import UUID

from gapura.kernel.problems import Busy, Missing, Overtaken, Problem
from gapura.kernel.texts import N_


class NoSuchProduct(Missing):
    """Not there, not listed, or another company's."""

    what = N_("This product does not exist, or it is not in the catalog.")
    todo = N_("Check the address, or search the catalog.")


class NoSuchPicture(Missing):
    """Not there, or of a product that the actor cannot see."""

    what = N_("This picture is not here.")
    todo = N_("Open it from the page of its product.")


class NoSuchClaim(Missing):
    """Not there, or of a product that the actor cannot see."""

    what = N_("This label is not here.")
    todo = N_("Open it from the page of its product.")


class NotOnTheList(Overtaken):
    """The unit has not chosen it, or a colleague took it off."""

    what = N_("This product is no longer on your unit's list.")
    todo = N_("Open the list again to see how it stands now.")


class OtherVersion(Overtaken):
    """What is in review is not what the curator looked at."""

    what = N_("This version is no longer the one in review, so nothing was decided.")
    todo = N_("Open the review again to see how the product stands now.")


class NothingToSubmit(Overtaken):
    """No draft is waiting: it was submitted already, or nothing was changed."""

    what = N_("There is no changed draft to submit.")
    todo = N_("Open the product again. Change it first if it is to be reviewed anew.")


class InReview(Overtaken):
    """A version that waits for the curator is not changed under the curator's eyes."""

    what = N_("This product is in review, so it cannot be changed now.")
    todo = N_("Wait for the curator's decision. Price and stock can be changed at any time.")


class AboutProduct(Overtaken):
    """One product stands in the way; `product` is its id and `name` its name."""

    def __init__(self, product: UUID, **values: Any) -> None:
        super().__init__(**values)
        self.product = product


class StockGone(AboutProduct):
    """Fewer pieces are free than asked for; values: name, left."""

    what = N_("%(name)s: only %(left)s are left, fewer than you asked for.")
    todo = N_("Take fewer, choose another product or ask the company when more will come.")


class NotForSale(AboutProduct):
    """Withdrawn, frozen or taken down in the meantime; value: name."""

    what = N_("%(name)s cannot be ordered any more: it is not in the catalog now.")
    todo = N_("Choose another product, or ask the company about it.")


class ReservedOtherwise(Overtaken):
    """The order holds another quantity already."""

    what = N_("This order has reserved its goods already, in another quantity.")
    todo = N_("Open the order again to see how it stands now.")


class StockMoved(Overtaken):
    """Orders took pieces since the company looked; value: available."""

    what = N_("Orders came in meanwhile: %(available)s are free now, so the stock was not changed.")
    todo = N_("Count again and enter how many can be sold now.")


class ProductTakenDown(Overtaken):
    """Nothing is changed on a product that was taken down."""

    what = N_("This product was taken down, so nothing can be changed on it.")
    todo = N_("Read the reason on the product's page. The helpdesk can explain it.")


class TooManyPrices(Busy):
    """The day's changes of price are used up; value: most."""

    what = N_("The price can be changed at most %(most)s times a day.")
    todo = N_("Change it again tomorrow.")


class CompanyNotActive(Problem):
    """Blacklisted, suspended or revoked: running orders go on, nothing new is offered."""

    what = N_("Your company's standing does not allow new offers.")
    todo = N_("Read the reason and its date on your company's page.")
    status = 403


class ClaimedAlready(Overtaken):
    """The same label waits for the curator."""

    what = N_("This label is waiting for the curator already.")
    todo = N_("Wait for the decision, then claim it anew if something has changed.")


class TooManyDrafts(Problem):
    """So many that nobody could look through them; value: most."""

    what = N_("Your company has %(most)s drafts that were never submitted.")
    todo = N_("Submit some of them, or turn one that you do not need into the new product.")


class ListFull(Problem):
    """So many that nobody could look through them."""

    what = N_("Your unit's list has %(most)s products already.")
    todo = N_("Take something off the list first.")
