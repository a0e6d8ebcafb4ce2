"""The kinds of file the gate knows by their first bytes, and signs of a second kind. No Django."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: how it begins, how its name may end, and the ending we give it."""

    name: str
    media_type: str
    extension: str
    endings: tuple[str, ...]
    magic: bytes


PDF = Kind("pdf", "application/pdf", ".pdf", (".pdf",), b"%PDF-")
JPG = Kind("jpg", "image/jpeg", ".jpg", (".jpg", ".jpeg", ".jpe", ".jfif"), b"\xff\xd8\xff")
PNG = Kind("png", "image/png", ".png", (".png",), b"\x89PNG\r\n\x1a\n")
KINDS = {kind.name: kind for kind in (PDF, JPG, PNG)}
PREVIEW_MEDIA_TYPE = "image/webp"
# What a picture becomes: nothing of the file that was handed in is kept.
WEBP = Kind("webp", PREVIEW_MEDIA_TYPE, ".webp", (".webp",), b"RIFF")
# What we make for programs; nobody hands one in.
JSON = Kind("json", "application/json", ".json", (".json",), b"{")

# Formats that a reader accepts away from offset 0, and where: tar, DICOM, ISO 9660 (three places).
_FOREIGN_MARKS = (
    (257, b"ustar"),
    (128, b"DICM"),
    (0x8001, b"CD001"),
    (0x8801, b"CD001"),
    (0x9001, b"CD001"),
)
_ZIP_END = b"PK\x05\x06"
_ZIP_END_SIZE = 22
_ZIP_COMMENT_LIMIT = 0xFFFF
# PDF readers look for the header in the first 1024 bytes (ISO 32000-1, implementation note 13).
_PDF_HEADER_WINDOW = 1024


def kind_of(content: bytes) -> Kind | None:
    """The kind whose mark stands at the very first byte, or None."""
    return next((kind for kind in KINDS.values() if content.startswith(kind.magic)), None)


def _ends_as_zip(content: bytes) -> bool:
    at = content.rfind(_ZIP_END, -(_ZIP_END_SIZE + _ZIP_COMMENT_LIMIT))
    while at >= 0:
        comment = int.from_bytes(content[at + 20 : at + 22], "little")
        if at + _ZIP_END_SIZE + comment == len(content):
            return True
        at = content.rfind(_ZIP_END, 0, at)
    return False


def holds_second_format(content: bytes, kind: Kind) -> bool:
    """Whether another program would read these bytes as something else too (a polyglot)."""
    if any(content[at : at + len(mark)] == mark for at, mark in _FOREIGN_MARKS):
        return True
    if kind is not PDF and PDF.magic in content[:_PDF_HEADER_WINDOW]:
        return True
    if kind is PDF:
        _, end, rest = content.rpartition(b"%%EOF")
        if end and rest.strip(b"\0\t\n\f\r "):
            return True
    return _ends_as_zip(content)
