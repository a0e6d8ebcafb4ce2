"""Files that prove one entry without the log: C2SP tlog-proof, as text."""

import base64
from dataclasses import dataclass
from uuid import UUID

from gapura.audit.tree.cosignatures import decoded
from gapura.audit.tree.tiles import LARGEST as LARGEST_TREE

HEADER = "c2sp.org/tlog-proof@v1"
LARGEST = 32 * 1024
_MOST_HASHES = 63
_OURS = "gapura-receipt/v1"


class BadProofFile(ValueError):
    """A text that is no such file."""


@dataclass(frozen=True, slots=True)
class ProofFile:
    """What such a file says. `event` and `leaf` come from its unsigned extra data, if there."""

    index: int
    proof: tuple[bytes, ...]
    note: str
    event: UUID | None = None
    leaf: bytes = b""


def write(file: ProofFile) -> str:
    """The text of the file."""
    lines = [HEADER]
    if file.event is not None:
        extra = f"{_OURS}\n{file.event}\n{_encoded(file.leaf)}\n"
        lines.append(f"extra {_encoded(extra.encode())}")
    lines += [f"index {file.index}", *map(_encoded, file.proof)]
    return "\n".join(lines) + f"\n\n{file.note}"


def read(content: bytes) -> ProofFile:
    """What the file says; nothing of it is checked yet but its form.

    :raises BadProofFile: for any other text.
    """
    try:
        head, gap, note = content.decode().replace("\r\n", "\n").partition("\n\n")
    except ValueError:
        raise BadProofFile("not UTF-8") from None
    lines = head.split("\n")
    if len(content) > LARGEST or not gap or lines.pop(0) != HEADER:
        raise BadProofFile("no proof file")
    extra = lines.pop(0).removeprefix("extra ") if lines and lines[0].startswith("extra ") else ""
    index = lines.pop(0).removeprefix("index ") if lines and lines[0].startswith("index ") else ""
    if not (index.isascii() and index.isdigit() and len(index) <= 19) or str(int(index)) != index:
        raise BadProofFile("no index")
    if int(index) >= LARGEST_TREE:
        raise BadProofFile("no tree is as large")
    proof = tuple(decoded(line) for line in lines)
    if len(proof) > _MOST_HASHES or any(len(step) != 32 for step in proof):
        raise BadProofFile("no inclusion proof")
    return ProofFile(int(index), proof, note, *_extra(extra))


def _extra(text: str) -> tuple[UUID | None, bytes]:
    """What we put there ourselves; nothing for the extra data of others."""
    try:
        mark, event, leaf, _ = decoded(text).decode().split("\n")
        return (UUID(event), decoded(leaf)) if mark == _OURS else (None, b"")
    except ValueError:
        return None, b""


def _encoded(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
