"""Hostile and honest PDFs; each test is named for the attack."""

import hashlib
import time
import zlib
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from gapura.documents import errors, gate
from gapura.documents.limits import MEBIBYTE
from tests.documents import makers
from tests.documents.meeting import PDF, SCRIPT, refusal


def test_an_honest_letter_becomes_one_readable_picture() -> None:
    [page] = gate.examine(makers.pdf(makers.letter()), PDF)
    with Image.open(BytesIO(page.content)) as image:
        assert (image.format, image.size) == ("WEBP", (1100, 1557))
        assert (page.width, page.height) == image.size
        dark = sum(image.convert("L").histogram()[:100])
    assert dark > 1000, "the words are drawn"


def test_a_packed_but_honest_letter_passes() -> None:
    plain = makers.letter()
    packed = {2: plain.pop(2), 3: plain.pop(3)}
    assert len(gate.examine(makers.pdf_with_packed(plain, packed), PDF)) == 1


HARMLESS = {
    "link to a site": makers.letter(
        page=b"/Annots[<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://a.go.id/Launch/EF)>>>>]"
    ),
    "opens at its first page": makers.letter(b"/OpenAction<</S/GoTo/D[3 0 R/Fit]>>"),
    "signature field": makers.letter(
        b"/AcroForm<</SigFlags 3/Fields[5 0 R]>>",
        page=b"/Annots[5 0 R]",
        o5=b"<</FT/Sig/T(a)/Type/Annot/Subtype/Widget/Rect[0 0 90 90]/V 6 0 R>>",
        o6=b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/Contents<00>>>",
    ),
    "description in XMP": makers.letter(
        b"/Metadata 5 0 R", o5=makers.stream(b"/Type/Metadata/Subtype/XML", b"<x>/JavaScript</x>")
    ),
}


@pytest.mark.parametrize("habit", HARMLESS)
def test_what_honest_letters_hold_is_no_attack(habit: str) -> None:
    assert len(gate.examine(makers.pdf(HARMLESS[habit]), PDF)) == 1


def test_forty_pages_pass_and_forty_one_do_not() -> None:
    assert len(gate.examine(makers.pdf(makers.pages(40)), PDF)) == 40
    assert refusal(makers.pdf(makers.pages(41))) is errors.TooManyPages


ACTIVE = {
    "script at opening": makers.pdf(makers.letter(b"/OpenAction" + SCRIPT)),
    "script in the name tree": makers.pdf(
        makers.letter(b"/Names<</JavaScript<</Names[(a) 5 0 R]>>>>", o5=SCRIPT)
    ),
    "script spelled with escapes": makers.pdf(
        makers.letter(b"/OpenAction<</#53/J#61vaScr#69pt/JS(x)>>")
    ),
    "script packed in an object stream": makers.pdf_with_packed(
        makers.letter(b"/OpenAction 5 0 R"), {5: SCRIPT}
    ),
    "script type behind a reference": makers.pdf(
        makers.letter(b"/OpenAction<</S 5 0 R/JS(x)>>", o5=b"/JavaScript")
    ),
    "script type behind a comment": makers.pdf(
        makers.letter(b"/OpenAction<</S %/GoTo\n/JavaScript/JS(x)>>")
    ),
    "script when a page opens": makers.pdf(makers.letter(page=b"/AA<</O%s>>" % SCRIPT)),
    "script on a form field": makers.pdf(
        makers.letter(
            b"/AcroForm<</Fields[5 0 R]>>",
            o5=b"<</FT/Tx/T(a)/Type/Annot/Subtype/Widget/Rect[0 0 9 9]/AA<</K%s>>>>" % SCRIPT,
        )
    ),
    "program start": makers.pdf(makers.letter(b"/OpenAction<</S/Launch/F(cmd.exe)>>")),
    "program start by a link": makers.pdf(
        makers.letter(page=b"/Annots[<</Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(a.exe)>>>>]")
    ),
    "form that sends data": makers.pdf(makers.letter(b"/OpenAction<</S/SubmitForm/F(http://a)>>")),
    "jump to a file on another machine": makers.pdf(
        makers.letter(b"/OpenAction<</S/GoToR/F(\\\\\\\\host\\\\share)/D[0/Fit]>>")
    ),
    "form in XFA": makers.pdf(
        makers.letter(b"/AcroForm<</Fields[]/XFA 5 0 R>>", o5=makers.stream(b"", b"<xdp/>"))
    ),
    "film": makers.pdf(makers.letter(page=b"/Annots[<</Subtype/RichMedia/Rect[0 0 9 9]>>]")),
    "script in an object only another reader finds": makers.pdf(makers.letter(o9=SCRIPT)),
}


@pytest.mark.parametrize("attack", ACTIVE)
def test_a_pdf_that_acts_by_itself_is_refused(attack: str) -> None:
    assert refusal(ACTIVE[attack]) is errors.Active


_FILE = makers.stream(b"/Type/EmbeddedFile", b"MZ")
CARRYING = {
    "attached": makers.letter(
        b"/Names<</EmbeddedFiles<</Names[(a.exe) 5 0 R]>>>>",
        o5=b"<</Type/Filespec/F(a.exe)/EF<</F 6 0 R>>>>",
        o6=_FILE,
    ),
    "pinned to a page": makers.letter(
        page=b"/Annots[<</Subtype/FileAttachment/Rect[0 0 9 9]/FS 5 0 R>>]",
        o5=b"<</Type/Filespec/F(a.exe)/EF<</F 6 0 R>>>>",
        o6=_FILE,
    ),
    "associated with the document": makers.letter(
        b"/AF[5 0 R]", o5=b"<</F(a)/EF<</F 6 0 R>>>>", o6=makers.stream(b"", b"MZ")
    ),
}


@pytest.mark.parametrize("attack", CARRYING)
def test_a_pdf_that_carries_a_file_is_refused(attack: str) -> None:
    assert refusal(makers.pdf(CARRYING[attack])) is errors.CarriesFiles


@pytest.mark.parametrize("password", ["for opening", "for rights only"])
def test_an_encrypted_pdf_is_refused(password: str) -> None:
    # RC4 of 40 bits; the key for the empty password is right in the second case only.
    if password == "for opening":
        user = b"11" * 32
    else:
        user = _user_entry_of_the_empty_password().hex().encode()
    entry = b"/Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>" % (b"00" * 32, user)
    content = makers.pdf(
        makers.letter(o9=b"<<%s>>" % entry), trailer=b"/Encrypt 9 0 R/ID[<00><00>]"
    )
    assert refusal(content) is errors.Encrypted


def _user_entry_of_the_empty_password() -> bytes:
    """ISO 32000-1 algorithms 2 and 4, for the document that the test above makes."""
    padding = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
    told = padding + bytes(32) + (0xFFFFFFFC).to_bytes(4, "little") + b"\0"
    return _rc4(hashlib.md5(told, usedforsecurity=False).digest()[:5], padding)


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def test_ten_thousand_pages_are_refused_before_any_is_drawn() -> None:
    begun = time.monotonic()
    assert refusal(makers.pdf(makers.pages(10_000))) is errors.TooManyPages
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("damage", ["%PDF-", "header only", "cut off", "noise", "no pages"])
def test_a_damaged_pdf_is_refused(damage: str) -> None:
    whole = makers.pdf(makers.letter())
    content = {
        "%PDF-": b"%PDF-",
        "header only": whole[:20],
        "cut off": whole[: len(whole) // 3],
        "noise": b"%PDF-1.7\n" + bytes(range(256)) * 40,
        "no pages": makers.pdf({1: b"<</Type/Catalog>>"}),
    }[damage]
    assert refusal(content) is errors.Broken


def test_a_flate_bomb_dies_alone() -> None:
    lines = b"0 0 m 9 9 l S\n" * 4_000_000
    bomb = makers.stream(b"/Filter/FlateDecode", zlib.compress(lines, 6))
    tight = replace(PDF, memory=256 * MEBIBYTE)
    assert refusal(makers.pdf(makers.letter(o4=bomb)), tight) is errors.TooComplex


def test_a_bomb_of_packed_objects_dies_alone() -> None:
    packed = {5: b"(" + b"a" * (40 * MEBIBYTE) + b")"}
    content = makers.pdf_with_packed(makers.letter(b"/X 5 0 R"), packed)
    assert len(content) < MEBIBYTE
    assert refusal(content) is errors.TooComplex


def test_a_page_ten_million_times_as_high_as_wide_is_drawn_within_bounds() -> None:
    content = makers.pdf(makers.pages(1, b"[0 0 1 10000000]"))
    [page] = gate.examine(content, PDF)
    assert page.width <= PDF.preview_width
    assert page.height <= PDF.preview_height
