"""What can go wrong with products."""

from gapura.kernel.problems import Missing, Overtaken, Problem
from gapura.kernel.texts import N_


class NoSuchProduct(Missing):
    """Not there, not listed, or another company's."""

    what = N_("This product does not exist, or it is not in the catalog.")
    todo = N_("Check the address, or search the catalog.")


class NotOnTheList(Overtaken):
    """The unit has not chosen it, or a colleague took it off."""

    what = N_("This product is no longer on your unit's list.")
    todo = N_("Open the list again to see how it stands now.")


class WrongQuantity(Problem):
    """Nothing, less than nothing or beyond the column."""

    what = N_("The quantity must be a whole number from 1 to 100,000.")
    todo = N_("Type digits only, for example 12.")


class ListFull(Problem):
    """So many that nobody could look through them."""

    what = N_("Your unit's list has %(most)s products already.")
    todo = N_("Take something off the list first.")


class WrongPrice(Problem):
    """Nothing, less than nothing or beyond the limit."""

    what = N_("The price must be more than zero and less than one trillion rupiah.")
    todo = N_("Type whole rupiah, for example 1500000.")


class WrongName(Problem):
    """Too short or too long to find again."""

    what = N_("The product's name must have between 3 and 200 characters.")
    todo = N_("Give brand, kind and size, for example: A4 paper 80 gsm, 500 sheets.")


class NameInUse(Problem):
    """The company has a product of that name with another price or category."""

    what = N_("Your company already has a product with this name.")
    todo = N_("Tell the two apart in the name, for example by size or color.")


class NoSuchCategory(Problem):
    """The form was changed on its way."""

    what = N_("Choose a category from the list.")
    todo = N_("Pick the one that fits the product best.")
