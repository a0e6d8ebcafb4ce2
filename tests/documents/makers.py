"""Small writers of honest and hostile files: PDFs object by object, JPGs by Pillow."""

import struct
import zlib
from io import BytesIO

from PIL import Image

Objects = dict[int, bytes]
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_FONT = b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"


def stream(dictionary: bytes, data: bytes) -> bytes:
    """A stream object."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (dictionary, len(data), data)


def letter(catalog: bytes = b"", page: bytes = b"", **more: bytes) -> Objects:
    """The objects of a one-page letter; `catalog` and `page` add entries, `o5=` adds object 5."""
    words = b"BT /F 24 Tf 72 700 Td (Surat Keputusan 12/2026) Tj ET"
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R%s%s>>" % (_FONT, page),
        4: stream(b"", words),
    }
    return objects | {int(name[1:]): body for name, body in more.items()}


def pages(count: int, box: bytes = b"[0 0 595 842]") -> Objects:
    """A PDF of `count` empty pages."""
    kids = b" ".join(b"%d 0 R" % (3 + n) for n in range(count))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
    }
    page = b"<</Type/Page/Parent 2 0 R/MediaBox%s>>" % box
    return objects | {3 + n: page for n in range(count)}


def pdf(objects: Objects, trailer: bytes = b"") -> bytes:
    """A PDF with a plain cross-reference table."""
    out, offsets = bytearray(_HEADER), {}
    for number, body in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size, start = max(objects) + 1, len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d %05d %c \n" % (
            (offsets[number], 0, b"n") if number in offsets else (0, 65535, b"f")
        )
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (size, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def pdf_with_packed(objects: Objects, packed: Objects) -> bytes:
    """A PDF whose `packed` objects lie compressed in an object stream."""
    index = body = b""
    for number, item in packed.items():
        index += b"%d %d " % (number, len(body))
        body += item + b" "
    holder = max([*objects, *packed]) + 1
    entry = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(packed), len(index))
    objects = objects | {holder: stream(entry, zlib.compress(index + body))}
    out, rows = bytearray(_HEADER), {0: (0, 0, 255)}
    for number, item in objects.items():
        rows[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    rows |= {number: (2, holder, place) for place, number in enumerate(packed)}
    start, own = len(out), holder + 1
    rows[own] = (1, start, 0)
    table = b"".join(struct.pack(">BIB", *rows.get(n, (0, 0, 0))) for n in range(own + 1))
    entry = b"/Type/XRef/Size %d/W[1 4 1]/Root 1 0 R/Filter/FlateDecode" % (own + 1)
    out += b"%d 0 obj\n%s\nendobj\n" % (own, stream(entry, zlib.compress(table)))
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def jpg(width: int = 600, height: int = 800, exif: bytes = b"", progressive: bool = False) -> bytes:
    """A white JPG; a progressive one is decoded as a whole, at two bytes a sample."""
    out = BytesIO()
    image = Image.new("RGB", (width, height), "white")
    image.save(out, "JPEG", exif=exif, progressive=progressive)
    return out.getvalue()


def jpg_claiming(width: int, height: int) -> bytes:
    """A small JPG whose header claims other measures (pixel bomb)."""
    content = bytearray(jpg(16, 16))
    frame = content.index(b"\xff\xc0")
    content[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(content)


def zip_file() -> bytes:
    """An empty zip archive."""
    return b"PK\x05\x06" + bytes(18)
