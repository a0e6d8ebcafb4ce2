"""Our own import-linter contracts: fronts of rooms, the order of furniture, what is pure."""

import sys
from collections.abc import Iterator
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

PACKAGE = "gapura"


def _room_modules(graph: ImportGraph, rooms: list[str]) -> Iterator[tuple[str, str, set[str]]]:
    """Room, its full name and all its modules; rooms that are not built yet are left out."""
    for room in rooms:
        name = f"{PACKAGE}.{room}"
        if name in graph.modules:
            yield room, name, {name} | graph.find_descendants(name)


def _part(module: str, room: str) -> str:
    """The piece of furniture a module belongs to: `services` for `x.services.letters`."""
    return module.removeprefix(room).lstrip(".").split(".")[0]


class _Pairs(Contract):
    """A contract whose breaches are pairs of importer and imported module."""

    complaint = ""

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        pairs = sorted(set(self.breaches(graph)))
        return ContractCheck(kept=not pairs, metadata={"pairs": pairs})

    def breaches(self, graph: ImportGraph) -> Iterator[tuple[str, str]]:
        """Every import that breaks the contract."""
        raise NotImplementedError

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["pairs"]:
            output.print_error(f"{importer} imports {imported}: {self.complaint}")


class Fronts(_Pairs):
    """From outside a room only its front may be imported; `readers` may also see its models.

    `also` names what else is open, and to whom: `sso.protocol` to all, `sso.store <- api` to one.
    """

    complaint = "not part of that room's front"
    rooms: Any = fields.ListField(subfield=fields.StringField())
    front: Any = fields.SetField(subfield=fields.StringField())
    readers: Any = fields.SetField(
        subfield=fields.StringField(), required=False, default=frozenset[str]()
    )
    also: Any = fields.SetField(
        subfield=fields.StringField(), required=False, default=frozenset[str]()
    )

    def breaches(self, graph: ImportGraph) -> Iterator[tuple[str, str]]:
        readers = tuple(f"{PACKAGE}.{reader}" for reader in self.readers)
        for room, name, inside in _room_modules(graph, self.rooms):
            for imported in inside - {name}:
                part = _part(imported, name)
                if part in self.front:
                    continue
                to = self._open_to(f"{room}.{part}")
                for importer in graph.find_modules_that_directly_import(imported) - inside:
                    if part == "models" and importer.startswith(readers):
                        continue
                    if not importer.startswith(to):
                        yield importer, imported

    def _open_to(self, part: str) -> tuple[str, ...]:
        """The beginnings of the names of those who may import a part besides the front."""
        rows = (row.partition(" <- ") for row in self.also)
        return tuple(
            f"{PACKAGE}.{to}." if to else f"{PACKAGE}." for named, _, to in rows if named == part
        )


class Furniture(_Pairs):
    """Inside a room, files import only what stands in a lower line of `order`.

    A line may name several files (`a | b`), which do not know each other. Files that are not
    named are free.
    """

    complaint = "that stands higher in the room"
    rooms: Any = fields.ListField(subfield=fields.StringField())
    order: Any = fields.ListField(subfield=fields.StringField())

    def breaches(self, graph: ImportGraph) -> Iterator[tuple[str, str]]:
        line_of = {
            part.strip(): line for line, parts in enumerate(self.order) for part in parts.split("|")
        }
        for _room, name, inside in _room_modules(graph, self.rooms):
            for importer in inside:
                above = _part(importer, name)
                for imported in graph.find_modules_directly_imported_by(importer) & inside:
                    below = _part(imported, name)
                    if above == below or not {above, below} <= line_of.keys():
                        continue
                    if line_of[above] >= line_of[below]:
                        yield importer, imported


class Pure(_Pairs):
    """A package that imports itself, the standard library and what `allowed` names, no more."""

    complaint = "not allowed in a package that knows nobody"
    package: Any = fields.StringField()
    allowed: Any = fields.SetField(subfield=fields.StringField())

    def breaches(self, graph: ImportGraph) -> Iterator[tuple[str, str]]:
        inside = {self.package} | graph.find_descendants(self.package)
        known = inside | self.allowed | sys.stdlib_module_names
        for importer in inside:
            for imported in graph.find_modules_directly_imported_by(importer) - known:
                yield importer, imported
