"""Session tokens: 256 random bits in the cookie, their SHA-256 in the database."""

import secrets
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
