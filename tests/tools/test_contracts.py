"""The contracts of the house catch what they are there for, and let the rest through."""

import grimp
import pytest
from importlinter import ContractCheck

from tools.contracts import Fronts, Furniture, Pure

SESSION = {"root_packages": ["gapura"]}
ROOMS = ["access", "accounts", "not_built_yet"]


def house(*imports: tuple[str, str]) -> grimp.ImportGraph:
    graph = grimp.ImportGraph()
    names = {"gapura", "gapura.access", "gapura.accounts", "gapura.reports", "gapura.web"}
    for module in names | {f"gapura.{end}" for pair in imports for end in pair}:
        graph.add_module(module)
    for importer, imported in imports:
        graph.add_import(importer=f"gapura.{importer}", imported=f"gapura.{imported}")
    return graph


def fronts(graph: grimp.ImportGraph) -> ContractCheck:
    options = {
        "rooms": ROOMS,
        "front": ["services", "queries"],
        "readers": ["reports"],
        "also": ["access.protocol", "access.store <- web"],
    }
    return Fronts("fronts", SESSION, options).check(graph, verbose=False)


def furniture(graph: grimp.ImportGraph) -> ContractCheck:
    options = {"rooms": ROOMS, "order": ["services", "models", "permissions | events"]}
    return Furniture("furniture", SESSION, options).check(graph, verbose=False)


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("web.page", "access.services"),
        ("web.page", "access.services.requests"),
        ("web.page", "access"),
        ("reports.roles", "access.models"),
        ("access.services", "access.models"),
        ("reports.roles", "access.protocol.words"),
        ("web.page", "access.store"),
    ],
)
def test_a_front_is_open_to_everyone_and_models_to_reports(importer: str, imported: str) -> None:
    assert fronts(house((importer, imported))).kept


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("web.page", "access.models"),
        ("access.services", "accounts.rules"),
        ("reports.roles", "access.rules"),
        ("web", "accounts.models"),
        ("reports.roles", "access.store"),
        ("web.page", "accounts.protocol"),
    ],
)
def test_what_is_not_the_front_stays_closed(importer: str, imported: str) -> None:
    check = fronts(house((importer, imported)))
    assert check.metadata["pairs"] == [(f"gapura.{importer}", f"gapura.{imported}")]


@pytest.mark.parametrize(
    ("importer", "imported", "kept"),
    [
        ("access.services", "access.models", True),
        ("access.models", "access.services", False),
        ("access.models", "access.services.requests", False),
        ("access.permissions", "access.events", False),
        ("access.services.a", "access.services.b", True),
        ("access.roles", "access.services", True),
        ("access.permissions", "accounts.models", True),
    ],
)
def test_furniture_looks_down_only(importer: str, imported: str, kept: bool) -> None:
    assert furniture(house((importer, imported))).kept is kept


@pytest.mark.parametrize(
    ("imported", "kept"),
    [
        ("gapura.access.protocol.words", True),
        ("gapura.kernel.texts", True),
        ("json", True),
        ("cryptography", True),
        ("gapura.kernel.clock", False),
        ("gapura.access.models", False),
        ("django", False),
    ],
)
def test_a_pure_package_knows_nobody(imported: str, kept: bool) -> None:
    graph = house()
    for module in ("gapura.access.protocol", "gapura.access.protocol.reading", imported):
        graph.add_module(module)
    graph.add_import(importer="gapura.access.protocol.reading", imported=imported)
    options = {
        "package": "gapura.access.protocol",
        "allowed": ["gapura.kernel.texts", "cryptography"],
    }
    assert Pure("pure", SESSION, options).check(graph, verbose=False).kept is kept
