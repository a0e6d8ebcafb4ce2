"""Why the gate does not take a file, in sentences; every refusal is a FileRefused."""

from gapura.documents.refusals import Why
from gapura.kernel.problems import Busy, Missing, Problem
from gapura.kernel.texts import N_


class FileRefused(Problem):
    """The file was not taken and nothing was kept of it."""

    code = "file_refused"


class EmptyFile(FileRefused):
    """0 bytes."""

    code = "empty_file"
    what = N_("The file is empty: it holds 0 bytes.")
    todo = N_("Check that the file opens on your device, then choose it again.")


class FileTooLarge(FileRefused):
    """More bytes than the purpose allows; values: size and limit in MB, as text."""

    code = "file_too_large"
    what = N_("The file is too large: %(size)s MB. We take at most %(limit)s MB.")
    todo = N_(
        "Scan it again in black and white or at 150 dpi, or leave out pages that do not matter."
    )


class WrongType(FileRefused):
    """The content is neither PDF nor JPG, whatever the name says."""

    code = "wrong_type"
    what = N_("The content of the file is neither a PDF nor a JPG, whatever its name says.")
    todo = N_("Save or scan the letter as PDF or JPG, then choose that file.")


class WrongEnding(FileRefused):
    """The name ends in something other than what the content is."""

    code = "wrong_ending"
    what = N_("The name of the file does not fit its content: the content is %(kind)s.")
    todo = N_("Check that this is the right file and save it with a name that ends in %(ending)s.")


class TwoFormats(FileRefused):
    """A polyglot: a second format in front of, inside or behind the first."""

    code = "two_formats"
    what = N_("The file holds data of a second kind besides the letter, so it is not safe to keep.")
    todo = N_("Print the letter to a new PDF or scan it again, then choose the new file.")


class Encrypted(FileRefused):
    """A PDF with a password or with locked rights."""

    code = "encrypted"
    what = N_("The PDF is locked with a password or protection, so nobody can check it.")
    todo = N_("Print it to a new PDF without protection, then choose the new file.")


class Active(FileRefused):
    """A PDF with scripts, program starts, sending forms, sound or film."""

    code = "active_content"
    what = N_(
        "The PDF holds commands that can act by themselves, such as a script or a program start."
    )
    todo = N_("Print the letter to a new PDF or scan it again, then choose the new file.")


class CarriesFiles(FileRefused):
    """A PDF with files attached."""

    code = "carries_files"
    what = N_("The PDF carries other files inside it, and those cannot be checked.")
    todo = N_("Remove the attachments or print the letter to a new PDF, then choose the new file.")


class TooManyPages(FileRefused):
    """More pages than the purpose allows; value: limit."""

    code = "too_many_pages"
    what = N_("The PDF has too many pages. We take at most %(limit)s.")
    todo = N_(
        "Keep only the pages that name you, your office and the dates, and the signature page."
    )


class TooManyPixels(FileRefused):
    """A picture with more pixels than we decode; value: limit in megapixels."""

    code = "too_many_pixels"
    what = N_("The picture is too large: it has more than %(limit)s million pixels.")
    todo = N_("Take the photo at a lower resolution, or scan the letter at 150 dpi.")


class Broken(FileRefused):
    """It cannot be opened."""

    code = "broken_file"
    what = N_("The file is damaged or cut off, so it cannot be opened.")
    todo = N_("Check that it opens on your device; if not, scan or save it again.")


class TooComplex(FileRefused):
    """Opening it took more memory or time than an honest letter needs."""

    code = "too_complex"
    what = N_("The file could not be opened with the memory and time that a letter needs.")
    todo = N_(
        "Print the letter to a new PDF or scan it again as simple pages, then choose the new file."
    )


class PictureTooLarge(FileTooLarge):
    """A picture of more bytes than the purpose allows; values: size and limit in MB, as text."""

    todo = N_("Save it smaller: 1,600 pixels on the longer side are enough.")


class NotAPicture(WrongType):
    """The content is neither JPG nor PNG, whatever the name says (an SVG named .jpg)."""

    code = "not_a_picture"
    what = N_("The content of the file is neither a JPG nor a PNG, whatever its name says.")
    todo = N_("Save the picture as JPG or PNG, then choose that file.")


class PictureTwoFormats(TwoFormats):
    """A polyglot that begins as a picture."""

    what = N_("The file holds data of a second kind besides the picture.")
    todo = N_("Open the picture in an editor, save it anew as JPG or PNG, and choose the new file.")


class PictureTooManyPixels(TooManyPixels):
    """Value: limit in megapixels."""

    todo = N_("Save it smaller: 1,600 pixels on the longer side are enough.")


class PictureTooComplex(TooComplex):
    """Opening it took more memory or time than an honest picture needs."""

    what = N_("The file could not be opened with the memory and time that a picture needs.")
    todo = N_("Open the picture in an editor, save it anew as JPG or PNG, and choose the new file.")


class PictureTooSmall(FileRefused):
    """Value: least, in pixels."""

    code = "picture_too_small"
    what = N_("The picture is too small: each side needs at least %(least)s pixels.")
    todo = N_("Take a new photo of the product, or choose a larger one.")


class QuotaReached(Busy):
    """The day's files or bytes of one person are used up; values: files, megabytes."""

    code = "quota_reached"
    what = N_("In 24 hours we take at most %(files)s files and %(megabytes)s MB from one person.")
    todo = N_("Try again tomorrow, or contact the administrator if you need more today.")


class GateBusy(Busy):
    """Too many files are being examined; value: seconds."""

    code = "gate_busy"
    what = N_("Other files are being checked just now, so yours has not been taken yet.")
    todo = N_("Send it again in %(seconds)s seconds.")


class NoSuchDocument(Missing):
    """No document, or no page, under this number."""

    code = "no_such_document"
    what = N_("This document is not here.")
    todo = N_("Open it from the page that names it.")


BY_CODE: dict[Why, type[FileRefused]] = {
    Why.ENCRYPTED: Encrypted,
    Why.ACTIVE: Active,
    Why.ATTACHMENTS: CarriesFiles,
    Why.TOO_MANY_PAGES: TooManyPages,
    Why.TOO_MANY_PIXELS: TooManyPixels,
    Why.BROKEN: Broken,
    Why.TOO_COMPLEX: TooComplex,
}
# What the general refusals are called where a picture is handed in.
FOR_PICTURES: dict[type[FileRefused], type[FileRefused]] = {
    FileTooLarge: PictureTooLarge,
    WrongType: NotAPicture,
    TwoFormats: PictureTwoFormats,
    TooManyPixels: PictureTooManyPixels,
    TooComplex: PictureTooComplex,
}
