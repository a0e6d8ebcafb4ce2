"""Django's form tokens, made quickly: one call for randomness a text, not one for each letter."""

import secrets
from typing import Any

from django.http import HttpRequest
from django.middleware import csrf
from django.template.backends.utils import csrf_input
from django.utils.safestring import SafeString

_LETTERS = csrf.CSRF_ALLOWED_CHARS.encode()
_COUNT, _LENGTH = len(_LETTERS), csrf.CSRF_SECRET_LENGTH
# Of 256 bytes each letter gets as many; the rest is left out, else some would come more often.
_FAIR = 256 - 256 % _COUNT
_LETTER_OF = bytes(_LETTERS[byte % _COUNT] for byte in range(256))
_UNFAIR = bytes(range(_FAIR, 256))
_PLACE_OF = bytes(max(0, _LETTERS.find(byte)) for byte in range(256))


def random_letters() -> str:
    """As many random letters and digits as a secret has."""
    found = b""
    while len(found) < _LENGTH:
        found += secrets.token_bytes(_LENGTH + 16).translate(_LETTER_OF, _UNFAIR)
    return found[:_LENGTH].decode()


def masked(secret: str) -> str:
    """The secret as a form carries it: a new mask, and the secret moved on by that."""
    mask = random_letters()
    places, steps = (text.encode().translate(_PLACE_OF) for text in (secret, mask))
    moved = zip(places, steps, strict=True)
    return mask + bytes(_LETTERS[(here + by) % _COUNT] for here, by in moved).decode()


def hidden_field(request: HttpRequest) -> SafeString:
    """What every form that changes something carries."""
    return csrf_input(request)


# The middleware takes the names from there.
_untyped: Any = csrf
_untyped._get_new_csrf_string = random_letters
_untyped._mask_cipher_secret = masked
