"""Tokens: 256 random bits with their owner, their SHA-256 in the database.

A session's token is the cookie. A service token can be recognized where it does not belong: it
begins with `gpr_` and ends in a checksum, so a scanner of repositories and logs finds it without
asking anybody, and a mistyped one is refused without a look into the database.
"""

import re
import secrets
import string
from binascii import crc32
from hashlib import sha256

# token_urlsafe(32) has 43 characters; anything much longer is not ours and is not hashed.
_LONGEST = 64


def new_token() -> str:
    """A value for the session cookie. No salt or slow hash is needed for 256 random bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a token; an empty text, which fits no row, for what cannot be one."""
    if len(token) > _LONGEST:
        return ""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


PREFIX = "gpr_"
_SIGNS = string.digits + string.ascii_uppercase + string.ascii_lowercase
# 62 ** 43 is just over 2 ** 256; the checksum is a CRC-32.
_RANDOM, _CHECK = 43, 6
_SERVICE_TOKEN = re.compile(rf"{PREFIX}[0-9A-Za-z]{{{_RANDOM + _CHECK}}}")


def new_service_token() -> str:
    """A token for a program: prefix, 256 random bits, checksum."""
    body = PREFIX + _in_62(secrets.randbits(256), _RANDOM)
    return body + _checksum(body)


def is_service_token(text: str) -> bool:
    """It has the form and the checksum; whether it was ever issued is another question."""
    if _SERVICE_TOKEN.fullmatch(text) is None:
        return False
    return _checksum(text[:-_CHECK]) == text[-_CHECK:]


def _checksum(body: str) -> str:
    return _in_62(crc32(body.encode()), _CHECK)


def _in_62(number: int, width: int) -> str:
    signs = []
    for _ in range(width):
        number, rest = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[rest])
    return "".join(reversed(signs))
