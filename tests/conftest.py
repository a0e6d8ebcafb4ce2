"""What every test run needs: the engine, settings, browser, and marks set by themselves."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from gapura.ops.postgres import Cluster
from gapura.ops.schema_state import drawn_alone
from tests.engine import start_engine
from tests.environment import ENVIRONMENT
from tests.folders import RunFolder
from tests.joined_updates import refuse_joined_updates
from tests.quickness import (
    collect_seldom,
    draw_without_constants,
    empty_quickly,
    hash_quickly,
    keep_prepared,
    look_once_for_statics,
)
from tools.browser import MISSING, find_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The windows first: what they replace is taken by its name in what the others import.
pytest_plugins = ["tests.windows", "tests.order", "tests.personas", "tests.simulator"]

KEPT = {"GAPURA_CHROME"}
DATABASE = {"db", "transactional_db", "live_server"}
BROWSER = {"chrome", "page"}
NOT_RUN = f"NOT RUN: {MISSING}"

_engine = pytest.StashKey[Cluster]()


def _set_up_django() -> tuple[str, RunFolder | None]:
    """Settings without an engine yet: a folder's own conftest imports models before pytest starts.

    Answers the database somebody gave, and the run's data folder. Workers inherit both.
    """
    import django

    given, folder = "", None
    if "PYTEST_XDIST_WORKER" not in os.environ:
        given = os.environ.get("GAPURA_DATABASE_URL", "")
        for name in [n for n in os.environ if n.startswith("GAPURA_") and n not in KEPT]:
            del os.environ[name]
        folder = RunFolder()
        os.environ.update(ENVIRONMENT | {"GAPURA_DATA_DIR": str(folder.path)})
    os.environ["DJANGO_SETTINGS_MODULE"] = "gapura.config.settings"
    hash_quickly()
    keep_prepared()
    look_once_for_statics()
    draw_without_constants()
    refuse_joined_updates()
    django.setup()
    empty_quickly()
    from tests.first_rows import keep  # needs its models

    keep()
    return given, folder


_given, _folder = _set_up_django()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """The tables are made as `gapura migrate` makes them."""
    with drawn_alone():
        yield


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--postgres",
        default="",
        help="major version of the PostgreSQL to start (else GAPURA_DATABASE_URL, else the wheel)",
    )
    parser.addoption(
        "--accept-pictures",
        action="store_true",
        help="tests/journeys/test_guides.py makes the pictures of the guides anew",
    )


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def _is_hand_out(config: pytest.Config) -> bool:
    """True in the process that only hands tests out to workers."""
    return not _is_worker(config) and bool(getattr(config.option, "numprocesses", None))


def pytest_configure(config: pytest.Config) -> None:
    """Start the engine, or take the given one, before anything connects.

    Each worker has an engine of its own: the log is sealed up to the oldest open transaction of
    the whole engine, so one worker's long transaction would hold up the other's sealing.
    """
    if config.option.help or config.option.collectonly:
        return
    version = config.getoption("--postgres")
    address = os.environ["GAPURA_DATABASE_URL"] if _is_worker(config) else _given
    if version or address in {"", ENVIRONMENT["GAPURA_DATABASE_URL"]}:
        if _is_hand_out(config):
            return
        config.stash[_engine], address = start_engine(version or "wheel")
    os.environ["GAPURA_DATABASE_URL"] = address
    _use(address)


def _use(address: str) -> None:
    from django.conf import settings

    from gapura.config.settings import database

    settings.DATABASES["default"].update(database(address))


def pytest_unconfigure(config: pytest.Config) -> None:
    if engine := config.stash.get(_engine, None):
        engine.discard()
    if _folder:
        _folder.discard()


def pytest_report_header(config: pytest.Config) -> list[str]:
    engine = config.stash.get(_engine, None)
    return [
        f"engine: {engine.binaries if engine else _given or 'one for each worker'}",
        f"browser: {find_chromium() or MISSING}",
    ]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Set the marks that follow from the fixtures; without a browser its tests say NOT RUN."""
    has_browser = find_chromium() is not None
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & BROWSER:
            item.add_marker("browser")
        if fixtures & DATABASE or item.get_closest_marker("django_db"):
            item.add_marker("pg")
        if item.get_closest_marker("browser") and not has_browser:
            item.add_marker(pytest.mark.skip(reason=NOT_RUN))


def pytest_collection_finish() -> None:
    """All tests and what they import are there."""
    collect_seldom()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A run whose browser tests could not run is not green."""
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = terminal.stats.get("skipped", []) if terminal else []
    if exitstatus == 0 and any(NOT_RUN in str(report.longrepr) for report in skipped):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def chrome() -> Iterator["Browser"]:
    """One Chromium for the whole worker; make a context of your own in it."""
    from playwright.sync_api import sync_playwright

    # Root can't have Chromium's sandbox; the rest keeps it from talking to anyone but us.
    flags = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    flags += ["--disable-quic", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    # Its loop runs in this thread until the end, and Django must not mind.
    beside = mock.patch.dict(os.environ, {"DJANGO_ALLOW_ASYNC_UNSAFE": "1"})
    with sync_playwright() as playwright, beside:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        yield browser
        browser.close()
