"""Tiles: their addresses, and a reader that knows nothing but the public doors."""

import asyncio
import base64
from hashlib import sha256
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from gapura.api.doors import pool
from gapura.audit.events import Event
from gapura.audit.services import Subject, checkpoint, compose, record_all, seal_all
from gapura.audit.tree.tiles import Tile, address, read_tile
from gapura.config.doors import below, doors
from gapura.kernel.actor import Actor
from tests.asgi import Answer, call, run, scope
from tests.audit.conftest import Note


@pytest.mark.parametrize(
    ("path", "tile"),
    [
        ("0/000", Tile(0, 0, 256)),
        ("1/x001/x234/067", Tile(1, 1_234_067, 256)),
        ("0/255.p/1", Tile(0, 255, 1)),
        ("7/000.p/255", Tile(7, 0, 255)),
    ],
)
def test_the_address_of_a_tile_reads_and_writes(path: str, tile: Tile) -> None:
    assert read_tile(path) == tile
    assert address(tile) == path


@pytest.mark.parametrize(
    "path",
    [
        "", "0", "0/", "0/0", "0/00", "0/0000", "00/000", "8/000", "64/000", "-1/000", "a/000",
        "0/x000/001", "0/001/002", "0/x001", "0/000.p/0", "0/000.p/256", "0/000.p/01", "0/000.p/",
        "0/000.p/999", "entries/000", "0/000/", "0/../000", "0/000\n", "0/\u0660\u0660\u0660",
        "0/" + "x001/" * 30 + "001",
        # Attack: numbers beyond the database's own, for which it reads the whole table.
        "0/" + "x999/" * 6 + "999", "0/x018/x014/x398/x509/x481/984", "7/064",
    ],
)  # fmt: skip
def test_what_is_no_tile_is_none(path: str) -> None:
    assert read_tile(path) is None


def ask(*paths: str, method: str = "GET") -> list[Answer]:
    async def all_of_them() -> list[Answer]:
        table = doors(dict)
        try:
            return [
                await call(table.get(path) or below(path) or pytest.fail(path), scope(method, path))
                for path in paths
            ]
        finally:
            await pool.close()

    return run(all_of_them())


class Reader:
    """Works out the root of a tree from full and partial tiles alone (RFC 6962 section 2.1)."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.asked: list[str] = []

    def hashes(self) -> list[bytes]:
        """The leaves' hashes, with each level above checked against the one below."""
        found = self._level(0, self.size)
        below, level = found, 1
        while len(below) >= 256:
            count = len(below) // 256
            above = self._level(level, count)
            assert above == [self.top(below[n * 256 : n * 256 + 256]) for n in range(count)]
            below, level = above, level + 1
        return found

    def _level(self, level: int, count: int) -> list[bytes]:
        paths = [f"/log/tile/{level}/{n:03d}" for n in range(count // 256)]
        if count % 256:
            paths.append(f"/log/tile/{level}/{count // 256:03d}.p/{count % 256}")
        replies = ask(*paths)
        assert [reply.status for reply in replies] == [200] * len(paths)
        assert all("immutable" in reply.headers["cache-control"] for reply in replies)
        raw = b"".join(reply.body for reply in replies)
        return [raw[at : at + 32] for at in range(0, len(raw), 32)]

    def top(self, hashes: list[bytes]) -> bytes:
        if len(hashes) == 1:
            return hashes[0]
        middle = 1
        while middle * 2 < len(hashes):
            middle *= 2
        left, right = self.top(hashes[:middle]), self.top(hashes[middle:])
        return sha256(b"\x01" + left + right).digest()


@pytest.fixture
def many(note: Note, happened: Event, budi: Actor) -> int:
    """A log of 600 entries under a checkpoint, and three more behind it."""
    entries = [
        compose(budi, happened, Subject("thing", str(n)), facts={"thing": "x"}) for n in range(600)
    ]
    with transaction.atomic():
        record_all(happened, entries)
    seal_all()
    checkpoint(now=True)
    note(3)
    seal_all()
    return len(entries)


def test_an_independent_reader_comes_to_the_signed_root(many: int) -> None:
    assert asyncio.iscoroutinefunction(doors(dict)["/log/checkpoint"])
    (reply,) = ask("/log/checkpoint")
    origin, size, root, *_ = reply.text.split("\n")
    assert (origin, int(size)) == ("localhost:8000", many)
    reader = Reader(int(size))
    assert base64.b64encode(reader.top(reader.hashes())).decode() == root
    beyond = ask(
        "/log/tile/0/002",
        "/log/tile/0/002.p/91",
        "/log/tile/1/000",
        "/log/tile/1/000.p/3",
        "/log/tile/2/000.p/1",
        "/log/tile/entries/000",
        "/log/tile/0/x999/x999/x999/x999/x999/999",
    )
    assert [reply.status for reply in beyond] == [404] * 7, "nothing that is not signed yet"


def test_before_the_first_checkpoint_there_is_nothing(note: Note) -> None:
    note()
    seal_all()
    replies = ask("/log/checkpoint", "/log/tile/0/000.p/1", "/log/key")
    assert [reply.status for reply in replies] == [404, 404, 200]
    assert replies[2].text.startswith("# localhost:8000+")
    assert "quorum none" in replies[2].text
    assert [r.status for r in ask("/log/checkpoint", "/log/tile/0/000", method="POST")] == [405] * 2


def test_a_tile_is_one_statement(sealed: list[UUID]) -> None:
    for tile in (Tile(0, 0, 11), Tile(1, 0, 1)):
        sql, values = tile.statement
        with CaptureQueriesContext(connection) as queries, connection.cursor() as cursor:
            cursor.execute(sql, values)
        assert len(queries) == 1
