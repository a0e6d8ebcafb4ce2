"""Typed form fields: what a person may type, what it becomes, and what is said when it is wrong."""

import re
import unicodedata
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy as later
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

Text = Any  # str or a lazy translation; Django's stubs name no public type for "either"

MISSING = _("Fill in %(label)s.")
TOO_LONG = ngettext_lazy(
    "%(label)s can have at most %(limit)s character. You typed %(count)s.",
    "%(label)s can have at most %(limit)s characters. You typed %(count)s.",
    "limit",
)
TOO_SHORT = ngettext_lazy(
    "%(label)s needs at least %(limit)s character. You typed %(count)s.",
    "%(label)s needs at least %(limit)s characters. You typed %(count)s.",
    "limit",
)
UNSEEN = _(
    "%(label)s contains characters that cannot be seen. They may have come along when you copied "
    "the text. Type it by hand."
)
DIRECTION = _(
    "%(label)s contains marks that turn the direction of text. They can make it read differently "
    "from what it is. Type it by hand."
)
OTHER_DIGITS = _("%(label)s contains digits of another script. Use the digits 0 to 9.")
NOT_DIGITS = _("%(label)s can only have digits. Remove letters and signs.")
WRONG_LENGTH = _("%(label)s has %(lengths)s digits. You typed %(count)s.")

CODE = _("Code")
PASSWORD = _("Password")

# Unicode TR36 and CVE-2021-42574: they make text read differently from what is stored.
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Joiners are kept out too: they make two names look alike; no name in a decree needs them.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2064\ufeff]"
)


def attributes(**pairs: Any) -> SafeString:
    """Fixed HTML attributes as ready text; None and False are left out."""
    given = ((k.replace("_", "-"), v) for k, v in pairs.items() if v not in (None, False, ""))
    return _joined(tuple(given))


@cache
def _joined(pairs: tuple[tuple[str, Any], ...]) -> SafeString:
    return format_html_join("", ' {}="{}"', pairs)


def about(message: Text, label: Text) -> Text:
    """`message` with the field's label in it, in the language of whoever reads it later."""
    return _about(message, label)


def _with_label(message: Text, label: Text) -> str:
    return str(message) % {"label": label}


# Made once: Django builds a whole class for every function that is put off.
_about = later(_with_label, str)


def unreadable(text: str, *, lines: bool) -> Text | None:
    """The message about characters that must not be in typed text, or None."""
    if BIDI.search(text):
        return DIRECTION
    allowed = "\n\t" if lines else ""
    hidden = any(unicodedata.category(c) in ("Cc", "Cs", "Co") and c not in allowed for c in text)
    return UNSEEN if hidden or INVISIBLE.search(text) else None


class Typed(forms.Field):
    """What all our fields share: a message for an empty answer and what the macros need.

    `kind` names the macro in shell/fields.html; `fixed` holds its ready attributes.
    """

    kind = "text"
    type = "text"
    css = ""
    fixed = SafeString("")
    default_missing: Text = MISSING

    def __init__(
        self, *, label: Text, hint: Text = "", missing: Text = None, **options: Any
    ) -> None:
        super().__init__(label=label, help_text=hint, **options)
        self.error_messages["required"] = missing or about(self.default_missing, label)

    def problem(self, message: Text, code: str, **values: Any) -> ValidationError:
        """An error that names this field."""
        return ValidationError(message, code=code, params={"label": self.label, **values})


class TextField(Typed, forms.CharField):
    """One line of text (several with `lines`), trimmed and in Unicode's composed form (NFC).

    Lengths are counted in characters. NUL, control, invisible and direction marks are refused.
    """

    def __init__(
        self,
        *,
        label: Text,
        shortest: int = 0,
        longest: int = 200,
        lines: bool = False,
        rows: int = 5,
        autocomplete: str | None = None,
        inputmode: str | None = None,
        width: str = "",
        spelling: bool = False,
        type: str = "text",
        **options: Any,
    ) -> None:
        super().__init__(label=label, strip=False, **options)
        self.shortest, self.longest, self.lines, self.rows = shortest, longest, lines, rows
        self.type = type
        self.kind = "textarea" if lines else "text"
        self.css = f" govuk-input--width-{width}" if width else ""
        self.fixed = attributes(
            spellcheck=None if spelling or lines else "false",
            autocomplete=autocomplete,
            inputmode=inputmode,
            autocapitalize="none" if type == "email" or inputmode == "email" else None,
        )

    def to_python(self, value: Any) -> str:
        """Trim and compose; refuse what cannot be read back."""
        text = "" if value is None else str(value).replace("\r\n", "\n").replace("\r", "\n")
        text = text.strip()
        if len(text) > self.longest:
            raise self.problem(TOO_LONG, "long", limit=self.longest, count=len(text))
        if message := unreadable(text, lines=self.lines):
            raise self.problem(message, "unreadable")
        text = unicodedata.normalize("NFC", text)
        if text and len(text) < self.shortest:
            raise self.problem(TOO_SHORT, "short", limit=self.shortest, count=len(text))
        return text


class EmailField(TextField):
    """An address as typed; whether it is one is the accounts room's rule."""

    def __init__(self, *, label: Text, longest: int = 254, **options: Any) -> None:
        options.setdefault("autocomplete", "email")
        super().__init__(label=label, longest=longest, type="email", inputmode="email", **options)


class DigitsField(TextField):
    """A number kept as text: spaces, dots and dashes may be typed and are dropped.

    `lengths` are the allowed numbers of digits; empty allows any up to `longest`.
    """

    def __init__(
        self, *, label: Text, lengths: tuple[int, ...] = (), longest: int = 40, **options: Any
    ) -> None:
        options.setdefault("inputmode", "numeric")
        options.setdefault("width", "20")
        super().__init__(label=label, longest=longest, **options)
        self.lengths = lengths
        self.css += " govuk-input--extra-letter-spacing"

    def to_python(self, value: Any) -> str:
        """Only the digits 0 to 9, in an allowed number."""
        digits = re.sub(r"[\s.\-\u2010-\u2013]", "", super().to_python(value))
        if digits and not (digits.isascii() and digits.isdigit()):
            foreign = any(c.isdecimal() and not c.isascii() for c in digits)
            raise self.problem(OTHER_DIGITS if foreign else NOT_DIGITS, "digits")
        if digits and self.lengths and len(digits) not in self.lengths:
            lengths = "/".join(str(length) for length in self.lengths)
            raise self.problem(WRONG_LENGTH, "length", lengths=lengths, count=len(digits))
        return digits


class CodeField(DigitsField):
    """A one-time code of six digits; spaces are tolerated."""

    default_missing = _("Enter the code. It has 6 digits.")

    def __init__(self, *, label: Text = CODE, length: int = 6, **options: Any) -> None:
        options.setdefault("autocomplete", "one-time-code")
        super().__init__(label=label, lengths=(length,), width="", **options)
        self.css += " gp-input--code"


class PasswordField(Typed, forms.CharField):
    """A secret exactly as typed: never trimmed, never shown again; compared in form NFKC.

    `new` asks password managers for a fresh one. `check_url` gets the form while the person
    types and answers with the fragment that says how good the password is.
    """

    kind = "password"
    default_missing = _("Enter your password.")

    def __init__(
        self,
        *,
        label: Text = PASSWORD,
        longest: int = 1024,
        new: bool = False,
        check_url: str = "",
        **options: Any,
    ) -> None:
        super().__init__(label=label, strip=False, **options)
        self.longest, self.check_url = longest, check_url
        self.fixed = attributes(autocomplete="new-password" if new else "current-password")

    def to_python(self, value: Any) -> str:
        """NFKC, as the hash expects it (NIST SP 800-63B-4, 3.1.1.2)."""
        text = "" if value is None else str(value)
        if len(text) > self.longest:
            raise self.problem(TOO_LONG, "long", limit=self.longest, count=len(text))
        return unicodedata.normalize("NFKC", text)

    def validate(self, value: Any) -> None:
        """Only presence: what a password must be is the authentication room's rule."""
        forms.Field.validate(self, value)

    def run_validators(self, value: Any) -> None:
        """None here: a NUL in a password is for the authentication room to judge."""
