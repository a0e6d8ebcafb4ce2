"""What can be wrong with a letter, a place or a company, each with its reason and its way out."""

from gapura.kernel.problems import Missing, Overtaken, Problem
from gapura.kernel.texts import N_


class NoSuchAgency(Missing):
    """No agency under this code."""

    what = N_("This agency is not in the list.")
    todo = N_("Type part of its name and choose it from the list.")


class NoSuchUnit(Missing):
    """No unit under this code."""

    what = N_("This unit is not in the list.")
    todo = N_("Choose a unit from the list of your agency.")


class NoSuchCompany(Missing):
    """No company under this code."""

    what = N_("This company is not in the list.")
    todo = N_("Check the code of the company.")


class NoSuchLetter(Missing):
    """Not there, or not this actor's to see."""

    what = N_("This appointment letter does not exist, or you may not see it.")
    todo = N_("Go back to where you came from.")


class AgencyClosed(Problem):
    """Closed on or before today."""

    what = N_("%(name)s has been closed.")
    todo = N_("Choose the agency that took over its work.")


class UnitClosed(Problem):
    """Closed on or before today."""

    what = N_("%(name)s has been closed.")
    todo = N_("Choose the unit that took over its work.")


class UnitElsewhere(Problem):
    """A unit of another agency."""

    what = N_("This unit does not belong to the agency you chose.")
    todo = N_("Choose a unit from the list of this agency.")


class ClosedBefore(Overtaken):
    """It already has a closing date."""

    what = N_("This has already been closed.")
    todo = N_("Open the page again to see the date.")


class CodeTaken(Problem):
    """Another company has the code."""

    what = N_("Another company already has this code.")
    todo = N_("Check the code, or use the company that is in the list.")


class CompanyMalformed(Problem):
    """The code or the name of a company has no usable form."""

    what = N_("A company has a code of 2 to 20 capital letters and digits, and a name.")
    todo = N_("Enter both, for example C001 and PT Maju Bersama.")


class NibMalformed(Problem):
    """Not thirteen digits."""

    what = N_("A business number (NIB) has 13 digits.")
    todo = N_("Copy it from the NIB document of OSS. It may begin with 0.")


class CompanyThere(Overtaken):
    """Another company holds the business number; `company` is its code."""

    what = N_("A company with this business number is registered already.")
    todo = N_("Ask its administrators to admit you instead.")

    def __init__(self, company: str) -> None:
        super().__init__()
        self.company = company


class NothingLookedUp(Overtaken):
    """No fitting answer of the authorities, or one that is too old."""

    what = N_("There is no answer of the authorities about your business number, or it is too old.")
    todo = N_("Enter the business number again. What you uploaded is kept.")


class AddressMissing(Problem):
    """Too short or too long an address."""

    what = N_("Enter the business address, %(least)s to %(most)s characters.")
    todo = N_("Write street, number, village and district.")


class PaperMissing(Problem):
    """A paper that the company's form requires, or one that is not the person's own."""

    what = N_("This document is missing.")
    todo = N_("Add it as PDF or JPG.")


class NoSuchPaper(Missing):
    """No such kind, none of it yet, or another company's."""

    what = N_("This document does not exist, or you may not see it.")
    todo = N_("Go back to your company's page.")


class StandingOverlaps(Problem):
    """The same is recorded for some of these days."""

    what = N_("The same is already recorded for some of these days.")
    todo = N_("Lift the present record first, or choose other days.")


class NoSuchStanding(Missing):
    """Nothing of the kind is recorded."""

    what = N_("Nothing of this kind is recorded for the company.")
    todo = N_("Open the page again to see how it stands now.")


class NumberMissing(Problem):
    """Empty, or more than 100 characters. Styles differ: the number's form is never judged."""

    what = N_("Enter the number of the letter, at most 100 characters.")
    todo = N_("Copy it as it stands at the head of the letter, for example 821/045/BKD/2026.")


class SignerMissing(Problem):
    """No usable name."""

    what = N_("Enter who signed the letter.")
    todo = N_("Copy the name from under the signature.")


class PositionMissing(Problem):
    """No usable position."""

    what = N_("Enter the position of whoever signed the letter.")
    todo = N_("Copy it from above the signature, for example Kepala Dinas Kesehatan.")


class SignedLater(Problem):
    """Signed after today."""

    what = N_("The letter cannot be signed on a day that is still to come.")
    todo = N_("Check the date at the foot of the letter.")


class SignedLongAgo(Problem):
    """Signed more than ten years ago."""

    what = N_("This letter was signed more than %(years)s years ago.")
    todo = N_("Check the year, or ask your agency for a newer letter.")


class EndsBeforeStart(Problem):
    """The last day comes before the first."""

    what = N_("The last day of the appointment comes before its first day.")
    todo = N_("Check both dates in the letter.")


class EndedAlready(Problem):
    """The last day is past."""

    what = N_("By these dates the appointment has already ended.")
    todo = N_("Check the last day in the letter, or ask your agency for a new letter.")


class LastsTooLong(Problem):
    """More than ten years, or a start more than ten years from today."""

    what = N_("An appointment lasts at most %(years)s years and begins within that time.")
    todo = N_("Check the years of both dates in the letter.")


class DocumentMissing(Problem):
    """No file, or somebody else's."""

    what = N_("The file of this letter is missing.")
    todo = N_("Add the letter as PDF or JPG.")


class LetterEnded(Overtaken):
    """Revoked already."""

    what = N_("This appointment letter was already revoked.")
    todo = N_("Open the page again to see when and by whom.")


class LetterThere(Problem):
    """A living letter of the register has the same number and day."""

    what = N_("The register already holds a letter with this number and date.")
    todo = N_("Open it from the list of letters, or check the number and the date.")


class YearOut(Problem):
    """No usable budget year, or dates beyond it."""

    what = N_("The budget year does not fit the dates of the letter.")
    todo = N_("Enter the year the letter names, or leave it empty when it names none.")


class NotInForce(Overtaken):
    """A letter that has to be checked and living, and is not."""

    what = N_("This letter is not checked, or it has ended.")
    todo = N_("Open the letter again to see how it stands now.")


class ReasonMissing(Problem):
    """Too short or too long a reason."""

    what = N_("Give a reason of %(least)s to %(most)s characters.")
    todo = N_("Write it so that the people concerned understand it.")


class NoSuchDifference(Missing):
    """Not there, settled, another company's, or not one that may be taken over."""

    what = N_("This difference is settled already, or it cannot be settled here.")
    todo = N_("Open your company's page again to see how it stands now.")


class NoSuchChange(Missing):
    """Not there, applied, canceled, or another agency's."""

    what = N_("This change is not there, or it has happened already.")
    todo = N_("Open the unit's page again to see how it stands now.")
