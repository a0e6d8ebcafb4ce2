"""Fixtures of the request pages: the places of the access tests, an applicant, verifiers."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from gapura.accounts.models import Person


@pytest.fixture
def places(db: None) -> None:
    """Two agencies with their units."""
    from tests.access import world

    world.places()


@pytest.fixture
def applicant(places: None) -> "Person":
    """A civil servant who has confirmed the e-mail address and nothing else."""
    from tests.access import world

    return world.person("applicant", state="contact_verified")


@pytest.fixture
def verifier(places: None) -> "Person":
    """A verifier of agency T1."""
    from tests.access import world

    return world.verifier()


@pytest.fixture
def colleague(places: None) -> "Person":
    """Another verifier of agency T1."""
    from tests.access import world

    return world.verifier()


@pytest.fixture
def outsider(places: None) -> "Person":
    """The verifier of another agency."""
    from tests.access import world

    return world.verifier("T2")
