"""Fixtures of this room's tests: the places, an applicant, verifiers."""

import pytest

from gapura.accounts.models import Person
from tests.access import world


@pytest.fixture
def places(db: None) -> None:
    """Two agencies with their units."""
    world.places()


@pytest.fixture
def applicant(places: None) -> Person:
    """A civil servant who has confirmed the e-mail address and nothing else."""
    return world.person("applicant", state="contact_verified")


@pytest.fixture
def verifier(places: None) -> Person:
    """A verifier of agency T1."""
    return world.verifier()


@pytest.fixture
def colleague(places: None) -> Person:
    """Another verifier of agency T1."""
    return world.verifier()


@pytest.fixture
def outsider(places: None) -> Person:
    """The verifier of another agency."""
    return world.verifier("T2")


@pytest.fixture
def admin(places: None) -> Person:
    """A platform administrator."""
    return world.platform_admin()
