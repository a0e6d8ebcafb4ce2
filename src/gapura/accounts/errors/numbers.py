"""What can be wrong with NIK, NIP and NRP, and where they contradict each other."""

from gapura.kernel.problems import Problem
from gapura.kernel.texts import N_


class NumberHasLetters(Problem):
    """Something else than the digits 0 to 9."""

    what = N_("%(number)s has digits 0 to 9 only.")
    todo = N_("Type the number with the digits of your keyboard, without letters.")


class NumberLength(Problem):
    """Too short or too long."""

    what = N_("%(number)s has %(length)s digits; you entered %(entered)s.")
    todo = N_("Check the number on your card and enter all digits.")


class NikRegion(Problem):
    """The first two digits are no province, or a level is 00."""

    what = N_("The first six digits of this NIK name no province, regency and district.")
    todo = N_("Check the first digits on your identity card.")


class NikDate(Problem):
    """Digits 7 to 12 are no calendar date of the past."""

    what = N_("Digits 7 to 12 of this NIK are no date of birth.")
    todo = N_("Check them on your identity card: day, month, year. For women the day is 40 higher.")


class NikSerial(Problem):
    """Serial 0000 is never given out."""

    what = N_("This NIK ends in 0000, which is never given out.")
    todo = N_("Check the last four digits on your identity card.")


class NipNeeded(Problem):
    """This person type has a staff number."""

    what = N_("Enter your %(number)s.")
    todo = N_("It is on your appointment decree and on your staff card.")


class NipNotForCitizens(Problem):
    """A citizen has none."""

    what = N_("Other citizens have no NIP.")
    todo = N_("Leave it empty, or change what describes you.")


class NipDate(Problem):
    """The first eight digits are no date of birth."""

    what = N_("The first eight digits of this number are no date of birth.")
    todo = N_("Check them: year, month and day of birth.")


class NipStart(Problem):
    """The start of service is impossible."""

    what = N_("Digits 9 to 14 of this number do not say when your service began.")
    todo = N_("Check them on your appointment decree.")


class NipSex(Problem):
    """The sex digit is neither 1 nor 2."""

    what = N_("Digit 15 of this number must be 1 (man) or 2 (woman).")
    todo = N_("Check it on your staff card.")


class NipSerial(Problem):
    """Serial 000 is never given out."""

    what = N_("This number ends in 000, which is never given out.")
    todo = N_("Check the last three digits on your staff card.")


class NipIsPppk(Problem):
    """A PPPK's number given by someone who chose PNS."""

    what = N_("This is the number of a PPPK, but you chose PNS.")
    todo = N_("Choose PPPK, or check the number.")


class NipIsPns(Problem):
    """A PNS's number given by someone who chose PPPK."""

    what = N_("This is the NIP of a PNS, but you chose PPPK.")
    todo = N_("Choose PNS, or check the number.")


class NrpMalformed(Problem):
    """Not 5 to 20 letters and digits."""

    what = N_("An NRP has 5 to 20 letters or digits.")
    todo = N_("Check it on your membership card.")


class RegionUnlisted(Problem):
    """Warning: the regency is not in today's list; it may have been split or renamed."""

    what = N_("The NIK's regency %(region)s is not in today's list of regions.")
    todo = N_("This can be right if the region was split later. Compare with the identity card.")


class BirthDatesDiffer(Problem):
    """Warning: NIK and NIP name different birth dates."""

    what = N_("NIK and %(number)s name different dates of birth.")
    todo = N_("Check both numbers. If both are right, go on: the verifier will compare them.")


class SexesDiffer(Problem):
    """Warning: NIK and NIP name different sexes."""

    what = N_("NIK and %(number)s differ on man or woman.")
    todo = N_("Check both numbers. If both are right, go on: the verifier will compare them.")


class StartUnlikely(Problem):
    """Warning: the age at the start of service is unusual, or the start lies ahead."""

    what = N_("By this number, your service began at the age of %(age)s.")
    todo = N_("Check the number. If it is right, go on: the verifier will compare it.")


class NrpDateUnlikely(Problem):
    """Warning: the eight digits do not begin with year and month of the birth date in the NIK."""

    what = N_("This NRP does not begin with the year and month of birth in the NIK.")
    todo = N_("Check both numbers. If both are right, go on: the verifier will compare them.")
