"""A database with people and keys that the doors' own connections see, for a whole module."""

from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pytest_django import DjangoDbBlocker

from gapura.api.doors.oauth import keys
from gapura.sso.protocol.jose import SigningKey
from gapura.sso.protocol.ring import Ring
from tests.personas import copy_of_personas


@pytest.fixture(scope="session")
def ring() -> Ring:
    """One key of each algorithm."""
    first, second = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    made: dict[str, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey]
    made = {"ES256": ec.generate_private_key(ec.SECP256R1()), "PS256": first, "RS256": second}
    return Ring(tuple(SigningKey.of(key, kid=alg, algorithm=alg) for alg, key in made.items()))


@pytest.fixture(scope="module")
def _town(_persona_database: tuple[str, str], django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Whatever a module's tests commit is gone with the module."""
    yield
    with django_db_blocker.unblock():
        copy_of_personas(_persona_database)


@pytest.fixture
def town(_town: None, db: None, ring: Ring, monkeypatch: pytest.MonkeyPatch) -> None:
    """People who can sign in, and keys."""
    monkeypatch.setattr(keys, "read_ring", lambda: ring)
