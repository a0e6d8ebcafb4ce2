"""What is wrong with what somebody filled in."""

from gapura.kernel.problems import Problem
from gapura.kernel.texts import N_


class WrongQuantity(Problem):
    """Nothing, less than nothing or beyond the column."""

    what = N_("The quantity must be a whole number from 1 to 100,000.")
    todo = N_("Type digits only, for example 12.")


class WrongStock(Problem):
    """Less than nothing, a part of what cannot be divided, or beyond the limit."""

    what = N_("The stock must be a number from 0 to 1,000,000,000, whole for whole pieces.")
    todo = N_("Type digits only, for example 250.")


class WrongPrice(Problem):
    """Nothing, less than nothing, a fraction or beyond the limit."""

    what = N_("The price must be more than zero and less than one trillion rupiah.")
    todo = N_("Type whole rupiah, for example 1500000.")


class SamePrice(Problem):
    """No change."""

    what = N_("This is the price already.")
    todo = N_("Type the new price, or leave it as it is.")


class WrongName(Problem):
    """Too short or too long to find again."""

    what = N_("The product's name must have between 3 and 200 characters.")
    todo = N_("Give brand, kind and size, for example: A4 paper 80 gsm, 500 sheets.")


class HasMarkup(Problem):
    """A sign by which pages are built: it does not belong into names and descriptions."""

    what = N_("The signs < and > cannot be used here.")
    todo = N_("Write in plain words, for example: less than 5 kg.")


class WrongDescription(Problem):
    """Too short to tell anything, or too long; values: least, most."""

    what = N_("The description must have between %(least)s and %(most)s characters.")
    todo = N_("Say what it is, what is in the package and what it is for.")


class NameInUse(Problem):
    """The company has a product of that name."""

    what = N_("Your company already has a product with this name.")
    todo = N_("Tell the two apart in the name, for example by size or color.")


class NoSuchCategory(Problem):
    """Unknown, or not of the third level."""

    what = N_("Choose a category of the third level from the list.")
    todo = N_("Pick the one that fits the product best.")


class CategoryNotYours(Problem):
    """None of the company's KBLI codes may sell in it; value: kblis."""

    what = N_("Your company's business fields (KBLI) do not include this category: %(kblis)s.")
    todo = N_("Choose another category, or add the KBLI to your NIB at OSS and check it again.")


class NoSuchUnit(Problem):
    """The form was changed on its way."""

    what = N_("Choose a unit of measure from the list.")
    todo = N_("Pick the unit in which the price is meant.")


class NoSuchCode(Problem):
    """The form was changed on its way."""

    what = N_("Choose one of the answers offered.")
    todo = N_("Pick the one that fits.")


class AttributeMissing(Problem):
    """A property that every product of the category has."""

    what = N_("This property is needed in this category.")
    todo = N_("Fill it in.")


class NoSuchAttribute(Problem):
    """The category was changed after the form was opened."""

    what = N_("Some of these properties do not belong to this category.")
    todo = N_("Open the form again: it shows the properties of the chosen category.")


class NoSuchOption(Problem):
    """Not one of the offered values."""

    what = N_("Choose one of the values offered.")
    todo = N_("Pick the one that fits the product.")


class WrongNumber(Problem):
    """Letters, signs, or a separator that could mean thousands or decimals."""

    what = N_("This must be a number without grouping, with at most four decimals.")
    todo = N_("Type for example 80 or 12,5. Do not group thousands: 1500, not 1.500.")


class TooManyPictures(Problem):
    """Value: most."""

    what = N_("A product has at most %(most)s pictures.")
    todo = N_("Remove one first.")


class PictureNeeded(Problem):
    """Nobody buys what cannot be seen."""

    what = N_("The product needs at least one picture before it is reviewed.")
    todo = N_("Add a clear picture of the product itself.")


class WrongPercent(Problem):
    """Value: most."""

    what = N_("The value must be more than 0 and at most %(most)s percent.")
    todo = N_("Type it as it stands in the certificate, for example 42,50.")


class NumberNeeded(Problem):
    """A certificate has a number."""

    what = N_("This label needs the number of its certificate.")
    todo = N_("Type it as it stands in the certificate.")


class DayNeeded(Problem):
    """A certificate has an end, and it lies ahead."""

    what = N_("This label needs the last day of its certificate, and not a past one.")
    todo = N_("Type the day as it stands in the certificate, or renew the certificate first.")


class EvidenceNeeded(Problem):
    """A label rests on a paper."""

    what = N_("This label needs its certificate as evidence.")
    todo = N_("Choose the certificate as PDF or JPG.")


class OnlyDomestic(Problem):
    """TKDN, BMP and PDN are for goods made here."""

    what = N_("Only products made in Indonesia can have this label.")
    todo = N_("Check the product's origin first.")


class NoSuchReason(Problem):
    """The form was changed on its way."""

    what = N_("Choose a reason from the list.")
    todo = N_("Pick the one that fits best and explain it in the note.")


class NoteLength(Problem):
    """Too short to help, or too long; values: least, most."""

    what = N_("The note must have between %(least)s and %(most)s characters.")
    todo = N_("Say what is wrong and how it can be put right.")
