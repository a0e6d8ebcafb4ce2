"""One running product for each worker, and personas who are signed in there."""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from tests.journeys import selling
from tests.journeys.newcomer import Goods
from tests.journeys.phone import Phone
from tests.journeys.stage import Stage, on_stage
from tests.journeys.visitor import Mode, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.plugin import DjangoDbBlocker

SignedIn = Callable[[str], Any]
Phones = Callable[[str], Phone]


@pytest.fixture(scope="session")
def stage(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: "DjangoDbBlocker",
) -> Iterator[Stage]:
    """Server, worker, mail catcher and simulator as the demo starts them."""
    folder = tmp_path_factory.mktemp("stage") / "data"
    with django_db_blocker.unblock():
        connection.close()
        empty = connection.settings_dict["NAME"]
    with on_stage(folder, os.environ["GAPURA_DATABASE_URL"], empty) as running:
        yield running


@pytest.fixture(scope="session")
def phones(stage: Stage) -> Phones:
    """A persona's phone; one for all tests, because each code works once."""
    known: dict[str, Phone] = {}

    def phone_of(username: str) -> Phone:
        secret = stage.personas[username]["totp_secret"]
        return known.setdefault(username, Phone(secret, stage.forget_codes))

    return phone_of


@pytest.fixture(scope="session")
def signed_in(stage: Stage, chrome: "Browser", phones: Phones) -> SignedIn:
    """A persona's cookies after a sign-in by form and app; once a worker."""
    states: dict[str, Any] = {}

    def state_of(username: str) -> Any:
        if username not in states:
            person = stage.personas[username]
            with visiting(chrome, stage, Mode("id", False, 1280)) as visitor:
                visitor.sign_in(username, person["password"], phones(username).code())
                states[username] = visitor.page.context.storage_state()
        return states[username]

    return state_of


@pytest.fixture(scope="session")
def product(
    stage: Stage, chrome: "Browser", signed_in: SignedIn, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """A product that a supplier has uploaded and the curator has put into the catalog."""
    goods, mode = Goods("persona"), Mode("id", False, 1280)
    with visiting(chrome, stage, mode, signed_in("penyedia")) as supplier:
        address = selling.upload(supplier, goods, tmp_path_factory.mktemp("goods"))
    with visiting(chrome, stage, mode, signed_in("kurator")) as curator:
        selling.review(curator, goods)
    return address
