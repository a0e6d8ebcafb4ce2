"""What the house holds: modules, machines, permissions, events and pages, found by walking it."""

import ast
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import gapura
from gapura.audit.events import Event
from gapura.config.urls import all_pages
from gapura.kernel.states import Machine
from gapura.web.shell.pages import Page

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(gapura.__file__).parent
Function = ast.FunctionDef | ast.AsyncFunctionDef
# Starting points that do something when they are imported.
NOT_IMPORTED = ("gapura.config.asgi",)


@dataclass(frozen=True)
class Source:
    """One Python file of the product, parsed."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Its path from the package, as people write it."""
        return self.path.relative_to(PACKAGE).as_posix()

    @property
    def room(self) -> str:
        """The folder it lies in."""
        return self.name.split("/")[0]


@cache
def sources() -> tuple[Source, ...]:
    """Every file of the product but migrations, which are generated."""
    files = [f for f in sorted(PACKAGE.rglob("*.py")) if "migrations" not in f.parts]
    return tuple(_parsed(file) for file in files)


def _parsed(file: Path) -> Source:
    text = file.read_text(encoding="utf-8")
    return Source(file, text, ast.parse(text))


@cache
def modules() -> tuple[ModuleType, ...]:
    """Every module of the product, imported."""
    names = [m.name for m in pkgutil.walk_packages(gapura.__path__, "gapura.")]
    wanted = [n for n in names if n not in NOT_IMPORTED and ".migrations" not in n]
    return tuple(import_module(name) for name in wanted)


@cache
def machines() -> dict[str, Machine]:
    """Every state table, by its name."""
    values = (value for module in modules() for value in vars(module).values())
    found = {id(value): value for value in values if isinstance(value, Machine)}
    return {machine.name: machine for machine in found.values()}


@cache
def events() -> dict[str, Event]:
    """Every event that a room declares, by name."""
    rooms = [m for m in modules() if m.__name__.endswith(".events")]
    found = [e for m in rooms for e in vars(m).values() if isinstance(e, Event)]
    return {event.name: event for event in sorted(found, key=lambda event: event.name)}


@cache
def permissions() -> dict[str, str]:
    """Every permission that a `Can` names, with the module that does."""
    modules()
    enums = (m.Can for m in modules() if m.__name__.endswith(".permissions") and hasattr(m, "Can"))
    return {str(can): enum.__module__ for enum in enums for can in _members(enum)}


def _members(enum: type[StrEnum]) -> Iterator[StrEnum]:
    yield from enum


def event_constant(name: str) -> str:
    """The name of the constant that holds an event."""
    for module in modules():
        if module.__name__.endswith(".events"):
            for constant, value in vars(module).items():
                if getattr(value, "name", None) == name and constant.isupper():
                    return constant
    raise LookupError(name)


def page_name(page: Page) -> str:
    """What the page is called where addresses are made."""
    return page.name or page.view.__name__


@cache
def pages() -> dict[str, Page]:
    """Every page, by name."""
    return {page_name(page): page for page in all_pages()}


@cache
def functions(tree: ast.AST) -> tuple[Function, ...]:
    """Every function and method in a tree."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return tuple(node for node in ast.walk(tree) if isinstance(node, kinds))


@cache
def texts_given(tree: ast.AST) -> frozenset[object]:
    """Every constant that is handed to a call in a tree."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    given = (v for call in calls for v in (*call.args, *(k.value for k in call.keywords)))
    return frozenset(value.value for value in given if isinstance(value, ast.Constant))


def called(node: ast.Call) -> str:
    """The bare name of what is called: `move` for `move(...)` and for `moves.move(...)`."""
    target = node.func
    if isinstance(target, ast.Attribute):
        return target.attr
    return target.id if isinstance(target, ast.Name) else ""


@cache
def words_in(tree: ast.AST) -> frozenset[str]:
    """Every name, attribute and text in a tree."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=word) | ast.Attribute(attr=word):
                found.add(word)
            case ast.Constant(value=str(word)):
                found.add(word)
    return frozenset(found)
