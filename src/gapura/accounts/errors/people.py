"""What can be wrong with a person, name, username or text."""

from gapura.kernel.problems import Missing, Problem
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
