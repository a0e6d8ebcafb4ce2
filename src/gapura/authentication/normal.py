"""What is left of a password when its decoration is taken off: digits, signs, look-alikes."""

import re
import unicodedata

SHORTEST = 3
LOOKED_AT = 128
# Letters of other alphabets that look like Latin ones, and the digits and signs written for them.
_ALIKE = str.maketrans(
    "\u0430\u0435\u0456\u043e\u0440\u0441\u0443\u0445\u043a\u043c\u0442\u0432\u043d\u0455"
    "\u0458\u0501\u051b\u0261\u0131\u03bf\u03b1\u03b5\u03c1\u03c5\u03bd\u03ba\u03c4",
    "aeiopcyxkmtbhsjdqgioaepuvkt",
)
_LEET = (
    str.maketrans("0123456789@$!€|+", "oizeasgtbgasieit"),
    str.maketrans("0123456789@$!€|+", "olzeasgtbgaslelt"),
)
_HEAD = re.compile(r"^[\W\d_]+")
_TAIL = re.compile(r"[\W\d_]+$")
_SEPARATORS = re.compile(r"[\W_]+")
_REPEATED = re.compile(r"(.{3,}?)\1+", re.DOTALL)
_COUNTING = "012345678901234567890"
# So much decoration is a pattern; more of it, unforeseeable, is a secret of its own.
_FREE_DIGITS, _FREE_SIGNS = 4, 3


def normal_forms(text: str) -> tuple[str, ...]:
    """Every form in which a password is looked up: itself, then ever less decorated.

    `P3ng4d44n!2026`, `pengadaan 12`, `naadagnep` and `PengadaanPengadaan` all have `pengadaan`.
    """
    whole = _folded(text[:LOOKED_AT])
    forms = [whole]
    for shorn in (whole, _shorn(whole)):
        for plain in (shorn, *(shorn.translate(leet) for leet in _LEET)):
            bare = _SEPARATORS.sub("", plain)
            forms += [bare, _once(bare)]
    forms += [form[::-1] for form in forms]
    return tuple(dict.fromkeys(form for form in forms if len(form) >= SHORTEST))


def base_form(word: str) -> str:
    """The one form under which a word of a list is kept."""
    return _SEPARATORS.sub("", _folded(word))


def _folded(text: str) -> str:
    """NFKC without capitals, accents and letters that only look Latin."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    apart = unicodedata.normalize("NFKD", folded)
    bare = "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")
    return unicodedata.normalize("NFKC", bare).translate(_ALIKE)


def _shorn(text: str) -> str:
    """Without what stands before and after the letters, where that can be foreseen."""
    for edge in (_TAIL, _HEAD):
        found = edge.search(text)
        if found and _foreseeable(found[0]):
            text = text[: found.start()] + text[found.end() :]
    return text


def _foreseeable(edge: str) -> bool:
    digits = "".join(sign for sign in edge if sign.isdigit())
    signs = {sign for sign in edge if not sign.isdigit()}
    if len(signs) > _FREE_SIGNS:
        return False
    return (
        len(digits) <= _FREE_DIGITS
        or digits in _COUNTING
        or digits in _COUNTING[::-1]
        or len(set(digits)) == 1
        or _is_date(digits)
        or _REPEATED.fullmatch(digits) is not None
    )


def _is_date(digits: str) -> bool:
    """Like 17081945, 170845 or 19450817."""
    if len(digits) == 6:
        return 1 <= int(digits[:2]) <= 31 and 1 <= int(digits[2:4]) <= 12
    if len(digits) != 8:
        return False
    orders = ((digits[:2], digits[2:4], digits[4:]), (digits[6:], digits[4:6], digits[:4]))
    return any(
        1 <= int(day) <= 31 and 1 <= int(month) <= 12 and year[:2] in {"19", "20"}
        for day, month, year in orders
    )


def _once(text: str) -> str:
    """The block that a text repeats, or the text."""
    found = _REPEATED.fullmatch(text)
    return found[1] if found else text
