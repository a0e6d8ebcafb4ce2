"""Draws appointment letters: small honest one-page PDFs, the same bytes for the same words."""

from collections.abc import Sequence
from dataclasses import dataclass

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_WIDE, _HIGH, _MARGIN = 595, 842, 72
_REGULAR, _BOLD = "R", "B"
_WRAP = 78


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the letter: font size in points, bold or not, space above it in points."""

    text: str
    size: float = 11
    bold: bool = False
    gap: float = 5


def letter_pdf(agency: str, number: str, about: str, body: Sequence[str], signer: str) -> bytes:
    """A letter with head, number, subject, paragraphs and signer; it says that it is a sample."""
    head = [Line(line.upper(), 13, bold=True, gap=3) for line in _wrapped(agency, 50)]
    paragraphs = [
        Line(line, gap=10 if first else 3)
        for text in body
        for first, line in _marked(_wrapped(text, _WRAP))
    ]
    lines = [
        *head,
        Line("SURAT KEPUTUSAN", 12, bold=True, gap=26),
        Line(f"Nomor: {number}", gap=6),
        Line(f"tentang {about}", gap=6),
        *paragraphs,
        Line("Ditetapkan dan ditandatangani oleh", gap=40),
        Line(signer, bold=True, gap=40),
        Line("Contoh untuk peragaan. Bukan dokumen resmi.", 9, gap=60),
    ]
    return _pdf(_drawn(lines))


def biodata_pdf(told: Sequence[tuple[str, str]]) -> bytes:
    """An identity document without a face, from labels and values; it says it is a sample."""
    lines = [
        Line("DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL CONTOH", 13, bold=True),
        Line("BIODATA PENDUDUK WARGA NEGARA INDONESIA", 12, bold=True, gap=26),
        *(Line(f"{label}: {value}", gap=12) for label, value in told),
        Line("Contoh untuk peragaan. Bukan dokumen resmi.", 9, gap=60),
    ]
    return _pdf(_drawn(lines))


def _marked(lines: list[str]) -> list[tuple[bool, str]]:
    return [(place == 0, line) for place, line in enumerate(lines)]


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def _drawn(lines: Sequence[Line]) -> bytes:
    """The page's drawing: every line at its own place below the one before."""
    y, parts = float(_HIGH - _MARGIN), []
    for line in lines:
        y -= line.gap + line.size
        font = _BOLD if line.bold else _REGULAR
        text = line.text.encode("cp1252", "replace")
        for sign in (b"\\", b"(", b")"):
            text = text.replace(sign, b"\\" + sign)
        place = f"BT /{font} {line.size:g} Tf {_MARGIN} {y:g} Td (".encode()
        parts.append(place + text + b") Tj ET")
    return b"\n".join(parts)


def _pdf(drawing: bytes) -> bytes:
    fonts = b"<</%s 5 0 R/%s 6 0 R>>" % (_REGULAR.encode(), _BOLD.encode())
    font = b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R/Lang(id)>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R/Resources<</Font%s>>>>"
        % (_WIDE, _HIGH, fonts),
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(drawing), drawing),
        font % b"Helvetica",
        font % b"Helvetica-Bold",
    )
    out, offsets = bytearray(_HEADER), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)
