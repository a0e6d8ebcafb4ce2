"""What can be wrong with a person's data, each said with its reason and its way out."""

from gapura.kernel.problems import Missing, Overtaken, Problem
from gapura.kernel.texts import N_


class NoSuchPerson(Missing):
    """Nobody there, or nobody this actor may know of."""

    what = N_("This account does not exist, or you may not see it.")
    todo = N_("Check the address of the page, or go back to where you came from.")


class KindUnknown(Problem):
    """The person type is none of the four."""

    what = N_("Choose what describes you.")
    todo = N_("Choose PNS, PPPK, TNI/Polri or other citizen.")


class LanguageUnknown(Problem):
    """Neither `id` nor `en`."""

    what = N_("This language is not available.")
    todo = N_("Choose Bahasa Indonesia or English.")


class AgencyNeeded(Problem):
    """This person type belongs to an agency."""

    what = N_("Choose your agency.")
    todo = N_("Type part of its name and choose it from the list.")


class AgencyNotForCitizens(Problem):
    """A citizen has no home agency."""

    what = N_("Other citizens do not belong to an agency.")
    todo = N_("Leave the agency empty, or change what describes you.")


class TextTooLong(Problem):
    """Longer than `limit` characters."""

    what = N_("This text has more than %(limit)s characters.")
    todo = N_("Shorten it to %(limit)s characters.")


class TextUnsafe(Problem):
    """Control, bidi or zero-width characters: they make a text read as something it is not."""

    what = N_("This text holds invisible characters, which we cannot accept.")
    todo = N_("Type it by hand instead of pasting it.")


class ReasonTooShort(Problem):
    """A reason others will read must say something."""

    what = N_("The reason is too short.")
    todo = N_("Write at least %(least)s characters, so that the person understands the decision.")


class NameTooShort(Problem):
    """Fewer than two characters."""

    what = N_("Enter your full name.")
    todo = N_("Write it as on your identity card, at least 2 letters.")


class NameHasSigns(Problem):
    """Digits or signs that no name has."""

    what = N_("A name has letters, spaces, full stops, commas, hyphens and apostrophes only.")
    todo = N_("Write your name as on your identity card, for example Siti Aminah, S.E.")


class UsernameLength(Problem):
    """Not 2 to 32 characters."""

    what = N_("A username has 2 to 32 characters.")
    todo = N_("Choose another one, for example siti.aminah.")


class UsernameSigns(Problem):
    """Something else than a-z 0-9 . _ -"""

    what = N_("A username has letters a to z, digits, full stops, underscores and hyphens only.")
    todo = N_("Choose one that begins and ends with a letter or digit, for example siti.aminah.")


class UsernameIsNumber(Problem):
    """Only digits: it could be somebody's NIK or NIP."""

    what = N_("A username cannot be a number such as a NIK or NIP, because others can see it.")
    todo = N_("Choose one with letters, for example siti.aminah.")


class UsernameReserved(Problem):
    """A name that would pass for the service or a role."""

    what = N_("This username is reserved, because people could take you for the service itself.")
    todo = N_("Choose another one, for example your own name.")


class UsernameTaken(Problem):
    """Someone has it. Usernames are public, so this tells nothing secret."""

    what = N_("This username is already taken.")
    todo = N_("Choose another one, for example with your birthplace behind it.")


class EmailMalformed(Problem):
    """Not name@domain."""

    what = N_("This is not an e-mail address.")
    todo = N_("Enter one address, for example siti@instansi.go.id.")


class EmailTooLong(Problem):
    """More than 254 characters, or 64 before the @ (RFC 5321)."""

    what = N_("This e-mail address is too long.")
    todo = N_("Enter an address of at most 254 characters, with at most 64 before the @.")


class EmailLookalike(Problem):
    """Letters of another script that look like Latin ones (UTS 39)."""

    what = N_("This e-mail address holds letters of another script that only look like a to z.")
    todo = N_("Type the address by hand on your own keyboard instead of pasting it.")


class EmailUnchanged(Problem):
    """The new address is the present one."""

    what = N_("This already is your e-mail address.")
    todo = N_("Enter another address, or leave it as it is.")


class EmailTaken(Overtaken):
    """Shown only to who has proven to read mail at the address."""

    what = N_("This e-mail address already belongs to an account.")
    todo = N_("Sign in with that account, or use another e-mail address.")


class NoChangeWaiting(Overtaken):
    """There is no new address to confirm."""

    what = N_("There is no new e-mail address waiting to be confirmed.")
    todo = N_("Enter the new address again.")


class PhoneMalformed(Problem):
    """Not a telephone number."""

    what = N_("This is not a telephone number.")
    todo = N_("Enter a mobile number such as 0812 3456 7890, or +62 and the number.")


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


class IdentityTaken(Overtaken):
    """For the verifier: another verified account has this NIK or NIP."""

    what = N_("Another verified account has the same NIK or NIP, so this one was not verified.")
    todo = N_("Do not approve. Ask the platform administrator to compare the two accounts.")


class IdentityIsFixed(Overtaken):
    """Name and numbers do not change while they are being checked or once they are verified."""

    what = N_("Name and numbers cannot be changed while they are being checked or once verified.")
    todo = N_("If they are wrong, ask for a new check of your identity on your profile page.")
