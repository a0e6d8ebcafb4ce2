"""The keys of this server, all together: who signs, what is published, what is verified."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from gapura.sso.protocol.encoding import to_json
from gapura.sso.protocol.jose import (
    OUR_ALGORITHMS,
    KeyState,
    SigningKey,
    read,
    sign,
)

# Tokens whose signature was verified once and is remembered by this ring.
_REMEMBERED = 2048


class NoSigner(Exception):
    """No current key for that algorithm: `gapura` makes them before it serves."""


@dataclass(frozen=True, eq=False)
class Ring:
    """What is there now; a new ring replaces it when keys change.

    One key an algorithm is `current`. Keys that are `next` or `past` are published and verify as
    well, so that no client meets a kid it cannot have read, or loses a token by a rotation.
    """

    keys: tuple[SigningKey, ...]
    _signers: dict[str, SigningKey] = field(init=False, repr=False)
    _published: bytes = field(init=False, repr=False)
    _verified: Callable[[str, tuple[str, ...]], dict[str, Any]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if len({key.kid for key in self.keys}) != len(self.keys):
            raise ValueError("two keys with one kid")
        current = [key for key in self.keys if key.state is KeyState.CURRENT]
        signers = {key.algorithm: key for key in current}
        if len(signers) != len(current):
            raise ValueError("two current keys for one algorithm")
        set_ = object.__setattr__
        set_(self, "_signers", signers)
        set_(self, "_published", to_json({"keys": [key.public.published() for key in self.keys]}))
        set_(self, "_verified", lru_cache(_REMEMBERED)(self._verify))

    def signer(self, algorithm: str) -> SigningKey:
        """The key that signs now.

        :raises NoSigner: there is none.
        """
        try:
            return self._signers[algorithm]
        except KeyError:
            raise NoSigner(algorithm) from None

    def sign(self, claims: Mapping[str, Any], *, typ: str, algorithm: str = "ES256") -> str:
        """A token of ours."""
        return sign(claims, self.signer(algorithm), typ=typ)

    def verify(self, token: str, *, typ: Collection[str]) -> dict[str, Any]:
        """The claims of a token that we signed; times and audience are the caller's (jwt.py).

        :raises jose.BadToken: not ours, or of another kind; `unknown_kid` may be a key that this
            process has not read yet.
        """
        return dict(self._verified(token, tuple(typ)))

    def _verify(self, token: str, typ: tuple[str, ...]) -> dict[str, Any]:
        return read(
            token, keys=[key.public for key in self.keys], algorithms=OUR_ALGORITHMS, typ=typ
        )

    def knows(self, kid: str) -> bool:
        """Whether a key of that name is here."""
        return any(key.kid == kid for key in self.keys)

    def jwks(self) -> bytes:
        """The document behind `jwks_uri` (RFC 7517 5): made once, public members only."""
        return self._published
