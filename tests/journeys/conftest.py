"""One running product for each worker, and personas who are signed in there."""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.phone import Phone
from tests.journeys.stage import Stage, on_stage
from tests.journeys.visitor import Mode, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SignedIn = Callable[[str], Any]


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Server, worker and mail catcher as the demo starts them."""
    folder = tmp_path_factory.mktemp("stage") / "data"
    with on_stage(folder, os.environ["GAPURA_DATABASE_URL"]) as running:
        yield running


@pytest.fixture(scope="session")
def signed_in(stage: Stage, chrome: "Browser") -> SignedIn:
    """A persona's cookies after a sign-in by form and app; once a worker: codes work once."""
    states: dict[str, Any] = {}

    def state_of(username: str) -> Any:
        if username not in states:
            person = stage.personas[username]
            with visiting(chrome, stage, Mode("id", False, 1280)) as visitor:
                code = Phone(person["totp_secret"]).code()
                visitor.sign_in(username, person["password"], code)
                states[username] = visitor.page.context.storage_state()
        return states[username]

    return state_of


@pytest.fixture(scope="session")
def product(stage: Stage, chrome: "Browser", signed_in: SignedIn) -> str:
    """A product that a supplier has uploaded and the curator has put into the catalog."""
    name, mode = "Meja kerja kayu jati 120 cm", Mode("id", False, 1280)
    with visiting(chrome, stage, mode, signed_in("penyedia")) as supplier:
        supplier.open("/catalog/upload")
        supplier.fill("Name of the product", name)
        supplier.page.get_by_label(supplier.t("Category"), exact=True).select_option(index=1)
        supplier.fill("Price for one piece, in rupiah", "1500000")
        supplier.press("Save the product")
        supplier.reads("The product is saved. A curator checks it before it is shown.")
        address = supplier.page.url.removeprefix(stage.url)
    with visiting(chrome, stage, mode, signed_in("kurator")) as curator:
        curator.open(address)
        curator.press("Put into the catalog")
    return address
