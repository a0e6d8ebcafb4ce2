"""The tree as C2SP tlog-tiles: the addresses of tiles, and the statements that read them."""

import re
from dataclasses import dataclass

WIDTH = 256
HEIGHT = 8
# No tree is larger. A number beyond the database's own would make it compare all leaves by value.
LARGEST = 2**62
TILES = "/log/tile/"
CHECKPOINT = "/log/checkpoint"
KEY = "/log/key"

# Only under a signed checkpoint: what is not signed yet is nobody's to build on.
_SIZE = "coalesce((SELECT size FROM audit_checkpoint ORDER BY number DESC LIMIT 1), 0)"
LEAVES = f"""
    SELECT hash FROM audit_leaf WHERE index >= %s::bigint AND index < %s::bigint
       AND index < {_SIZE} ORDER BY index
"""  # noqa: S608 - constants only
NODES = f"""
    SELECT hash FROM audit_node WHERE level = %s::smallint
       AND index >= %s::bigint AND index < %s::bigint AND index < ({_SIZE} >> %s::integer)
     ORDER BY index
"""  # noqa: S608 - constants only
# The newest note and all its cosignatures, the oldest first.
NEWEST = """
    SELECT c.note, s.line FROM (
        SELECT number, note FROM audit_checkpoint ORDER BY number DESC LIMIT 1) c
    LEFT JOIN audit_cosignature s ON s.number = c.number ORDER BY s.at, s.witness
"""
_PATH = re.compile(r"(0|[1-9][0-9]?)/((?:x[0-9]{3}/)*)([0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")
# A tree of 2**62 leaves has tiles of this number of path elements at most.
_MOST_ELEMENTS = 7


@dataclass(frozen=True, slots=True)
class Tile:
    """`width` hashes of the tree's level 8 * `level`, from `index` * 256 on."""

    level: int
    index: int
    width: int

    @property
    def first(self) -> int:
        """The number of its first hash within its level."""
        return self.index * WIDTH

    @property
    def statement(self) -> tuple[str, list[int]]:
        """What reads its hashes, in order; fewer rows than `width`: there is no such tile."""
        last = self.first + self.width
        if self.level == 0:
            return LEAVES, [self.first, last]
        level = self.level * HEIGHT
        return NODES, [level, self.first, last, level]


def read_tile(path: str) -> Tile | None:
    """The tile at `<L>/<N>[.p/<W>]`; None for any other text."""
    found = _PATH.fullmatch(path) if len(path) <= 60 else None
    if found is None:
        return None
    level, before, last, width = found.groups()
    elements = [*re.findall(r"[0-9]{3}", before), last]
    # A number is written with as few elements as it needs.
    if len(elements) > _MOST_ELEMENTS or (len(elements) > 1 and elements[0] == "000"):
        return None
    wide = int(width) if width else WIDTH
    if int(level) >= HEIGHT or wide > WIDTH or (width and wide == WIDTH):
        return None
    tile = Tile(int(level), int("".join(elements)), wide)
    return tile if tile.first << HEIGHT * tile.level < LARGEST else None


def address(tile: Tile) -> str:
    """The path of a tile as `read_tile` reads it."""
    digits = f"{tile.index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    path = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
    return f"{tile.level}/{path}" + (f".p/{tile.width}" if tile.width < WIDTH else "")
