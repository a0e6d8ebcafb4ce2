"""One running product for the relying parties that need a worker, too."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tests.journeys.stage import on_stage
from tests.peers.gapura import Gapura, on
from tests.peers.people import Surfer

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.plugin import DjangoDbBlocker

Surfing = Callable[[str], AbstractContextManager[Surfer]]


@pytest.fixture(scope="session")
def gapura(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: "DjangoDbBlocker",
) -> Iterator[Gapura]:
    """Server, worker, mail catcher and simulator as the demo starts them."""
    folder = tmp_path_factory.mktemp("peers") / "data"
    with django_db_blocker.unblock():
        connection.close()
        empty = connection.settings_dict["NAME"]
    with on_stage(folder, os.environ["GAPURA_DATABASE_URL"], empty) as running:
        yield on(running)


@pytest.fixture
def surfing(gapura: Gapura, chrome: "Browser") -> Surfing:
    """`with surfing("ppk") as person`: in a browser of their own, not signed in yet."""

    @contextmanager
    def surf(username: str) -> Iterator[Surfer]:
        context = chrome.new_context(locale="id-ID")
        context.set_default_timeout(15_000)
        try:
            yield Surfer(gapura.url, gapura.account(username), context.new_page())
        finally:
            context.close()

    return surf
